"""What happened: one row in the transaction of the change is history, audit trail and source of effects at once.

An event names its consumers; each becomes a row of `deliveries` in the same transaction, which the relay works off
until the consumer has done its effect. `backend/jobs/consumers.py` says what runs for which name.
"""

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
    if DB.current_transaction.get() is None:
        raise RuntimeError("An event is written in the transaction of the change that it tells of.")
    event_id = new_id()
    data = {name: value for name, value in msgspec.to_builtins(event).items() if name != "ticket_id"}
    await rows(
        """
        with event as (
            insert into events (tenant_id, id, type, at, actor_kind, actor_id, ticket_id, data)
            values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
        ), effects as (
            insert into deliveries (tenant_id, event_id, consumer)
            select $1, $2, consumer from unnest($9::text[]) as consumer
        )
        select pg_notify('deliveries', '') where cardinality($9::text[]) > 0
        """,
        actor.tenant_id,
        event_id,
        type(event).__name__,
        now(),
        actor.kind,
        actor.account_id,
        event.ticket_id,
        msgspec.json.encode(data).decode(),
        list(event.consumers),
    )
    return event_id


async def get_event(event_id: UUID) -> StoredEvent | None:
    """An event of the bound tenant."""
    found = await row("select * from events where id = $1", event_id)
    return stored(found) if found else None


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
