"""Put off what a ticket would do by itself."""

from datetime import datetime, timedelta

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import lock_ticket, state_with_timers, write_changes
from backend.tickets.lifecycle.decide import LONGEST_SNOOZE, Snoozed, StatusNotOffered, decide
from backend.tickets.timers.events import TimersSnoozed


async def snooze(actor: Actor, number: int, *, hours: float | None = None, until: datetime | None = None) -> None:
    """Move all that is pending: by so many hours, or so that the next of it is due at that moment.

    Raises:
        Refusal: not on the staff, not there, nothing is pending, or a time that is past or more than a year away.
    """
    require_staff(actor)
    if (hours is None) == (until is None):
        raise Refusal("required", "hours")
    if until is not None and until.tzinfo is None:
        raise Refusal("snooze_wrong", "until")
    async with transaction():
        ticket = await lock_ticket(actor, number)
        state = await state_with_timers(ticket)
        at = now()
        due = [each.due_at for each in state.pending if each.due_at is not None]
        if not due:
            raise Refusal("nothing_pending", "number")
        by = until - max(min(due), at) if until is not None else timedelta(hours=_sensible(hours or 0))
        if not timedelta() < by <= LONGEST_SNOOZE:
            raise Refusal("snooze_wrong", "hours" if until is None else "until")
        try:
            changes = decide(state, Snoozed(by), ticket.policy, at, ticket.calendar)
        except StatusNotOffered:
            raise Refusal("nothing_pending", "number") from None
        await write_changes(actor, ticket, changes, at)
        next_at = min(each.due_at for each in changes.timers or () if each.due_at is not None)
        await record(actor, TimersSnoozed(ticket_id=ticket.id, number=number, next_at=next_at))


def _sensible(hours: float) -> float:
    if not 0 < hours <= LONGEST_SNOOZE / timedelta(hours=1):
        raise Refusal("snooze_wrong", "hours")
    return hours
