"""One event to one consumer, once in effect: the effect and the note that it is done are one transaction."""

from collections.abc import Mapping
from uuid import UUID

from backend.clock import real_now
from backend.database import bind, row, rows, transaction
from backend.events import get_event
from backend.jobs.effects import Consumer


async def deliver(consumers: Mapping[str, Consumer], tenant_id: UUID, event_id: UUID, consumer: str) -> bool:
    """Hand an event to a consumer. Returns False when there is nothing to do: it is done, or someone is at it.

    Raises:
        KeyError: no consumer has this name.
    """
    with bind(tenant_id):
        async with transaction():
            open_delivery = await row(
                "select 1 from deliveries where tenant_id = $1 and event_id = $2 and consumer = $3 and done_at is null "
                "for update skip locked",
                tenant_id,
                event_id,
                consumer,
            )
            if open_delivery is None:
                return False
            event = await get_event(event_id)
            if event is None:
                raise LookupError(f"Event {event_id} has a delivery and does not exist.")
            await consumers[consumer](event)
            await rows(
                "update deliveries set done_at = $4, last_error = null "
                "where tenant_id = $1 and event_id = $2 and consumer = $3",
                tenant_id,
                event_id,
                consumer,
                real_now(),
            )
    return True


async def note_failure(tenant_id: UUID, event_id: UUID, consumer: str, error: BaseException, error_id: str) -> None:
    """Keep what went wrong for the operator: its kind and the id that the log has, never its words."""
    with bind(tenant_id):
        await rows(
            "update deliveries set last_error = $4 where tenant_id = $1 and event_id = $2 and consumer = $3 and done_at is null",
            tenant_id,
            event_id,
            consumer,
            f"{type(error).__name__} ({error_id})",
        )
