"""What the worker does when it is woken. Each effect is done again until it has succeeded, so each is safe to repeat."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from backend.events import StoredEvent

Consumer: TypeAlias = Callable[[StoredEvent], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """`consumers` take events, by name, inside the transaction that notes it; the others get a tenant's id and a row's.

    `fire_timers` gets tickets of one tenant.
    """

    consumers: Mapping[str, Consumer]
    send_mail: Callable[[UUID, UUID], Awaitable[object]]
    fire_timers: Callable[[UUID, Sequence[UUID]], Awaitable[object]]
    work_webhook: Callable[[UUID, UUID], Awaitable[object]]
    sync_cards: Callable[[UUID, UUID], Awaitable[object]]
    process_mail: Callable[[UUID, UUID], Awaitable[object]]
