"""Stop what a ticket would do by itself, and let it go on. A change of status ends the pause with the timers."""

from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import lock_ticket, state_with_timers, write_changes
from backend.tickets.lifecycle.decide import Changes, Paused, Resumed, StatusNotOffered, decide
from backend.tickets.timers.events import TimersPaused, TimersResumed


async def pause(actor: Actor, number: int) -> None:
    """Stop all that is pending. Raises: Refusal: not on the staff, not there, or nothing is pending."""
    require_staff(actor)
    async with transaction():
        ticket_id, _ = await _move(actor, number, Paused())
        await record(actor, TimersPaused(ticket_id=ticket_id, number=number))


async def resume(actor: Actor, number: int) -> None:
    """Let what was paused go on with the time that was left. Raises: Refusal: as `pause`, or nothing is paused."""
    require_staff(actor)
    async with transaction():
        ticket_id, changes = await _move(actor, number, Resumed())
        next_at = min((each.due_at for each in changes.timers or () if each.due_at is not None), default=None)
        await record(actor, TimersResumed(ticket_id=ticket_id, number=number, next_at=next_at))


async def _move(actor: Actor, number: int, happening: Paused | Resumed) -> tuple[UUID, Changes]:
    ticket = await lock_ticket(actor, number)
    at = now()
    try:
        changes = decide(await state_with_timers(ticket), happening, ticket.policy, at, ticket.calendar)
    except StatusNotOffered:
        raise Refusal("nothing_pending", "number") from None
    await write_changes(actor, ticket, changes, at)
    return ticket.id, changes
