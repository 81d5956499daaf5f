"""What happened: one row in the transaction of the change is history, audit trail and source of effects at once.

An event names its consumers; each becomes a row of `deliveries` in the same transaction, which the relay works off
until the consumer has done its effect. `backend/jobs/consumers.py` says what runs for which name.
"""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from backend.actor import Actor
from backend.clock import now
from backend.database import DB, row, rows
from backend.ids import new_id

LIVE = "live"
"""The consumer that tells the screens; every event that somebody may be looking at has it."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all events. `ticket_id` is the ticket whose history it belongs to; the other fields are its data."""

    consumers: ClassVar[tuple[str, ...]] = (LIVE,)
    ticket_id: UUID | None = None


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it is read back: who did it and when, with its data as plain values."""

    tenant_id: UUID
    id: UUID
    type: str
    at: Any
    actor_kind: str
    actor_id: UUID | None
    ticket_id: UUID | None
    data: dict[str, Any]


async def record(actor: Actor, event: Event) -> UUID:
    """Write the event and its deliveries in the open transaction, and wake the relay when that commits.

    Raises:
        RuntimeError: no transaction is open.
    """
    return (await record_all(actor, [event]))[0]


async def record_all(actor: Actor, events: Sequence[Event]) -> list[UUID]:
    """As `record`, for several at once: they cost one statement."""
    if DB.current_transaction.get() is None:
        raise RuntimeError("An event is written in the transaction of the change that it tells of.")
    if not events:
        return []
    ids = [new_id() for _ in events]
    effects = [(event_id, name) for event_id, event in zip(ids, events, strict=True) for name in event.consumers]
    await rows(
        """
        with happened as (
            insert into events (tenant_id, id, type, at, actor_kind, actor_id, ticket_id, data)
            select $1, id, type, $2, $3, $4, ticket_id, data
              from unnest($5::uuid[], $6::text[], $7::uuid[], $8::jsonb[]) as event (id, type, ticket_id, data)
        ), effects as (
            insert into deliveries (tenant_id, event_id, consumer)
            select $1, event_id, consumer from unnest($9::uuid[], $10::text[]) as effect (event_id, consumer)
        )
        select pg_notify('deliveries', '') where cardinality($9::text[]) > 0
        """,
        actor.tenant_id,
        now(),
        actor.kind,
        actor.account_id,
        ids,
        [type(each).__name__ for each in events],
        [each.ticket_id for each in events],
        [_data(each) for each in events],
        [event_id for event_id, _ in effects],
        [name for _, name in effects],
    )
    return ids


async def get_event(event_id: UUID) -> StoredEvent | None:
    """An event of the bound tenant."""
    found = await row("select * from events where id = $1", event_id)
    return stored(found) if found else None


def _data(event: Event) -> str:
    data = {name: value for name, value in msgspec.to_builtins(event).items() if name != "ticket_id"}
    return msgspec.json.encode(data).decode()


def stored(found: Any) -> StoredEvent:
    """A row of `events` as a value."""
    return StoredEvent(
        tenant_id=found["tenant_id"],
        id=found["id"],
        type=found["type"],
        at=found["at"],
        actor_kind=found["actor_kind"],
        actor_id=found["actor_id"],
        ticket_id=found["ticket_id"],
        data=msgspec.json.decode(found["data"]),
    )
