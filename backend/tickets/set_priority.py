"""Set how urgent a ticket is."""

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import transaction
from backend.events import record
from backend.tickets.change import lock_ticket, write_place
from backend.tickets.events import PriorityChanged
from backend.tickets.priorities import URGENCY


async def set_priority(actor: Actor, number: int, priority: str) -> None:
    """Set how urgent a ticket is; it moves in the queue.

    Raises:
        Refusal: not on the staff, or not there.
    """
    require_staff(actor)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        urgency = URGENCY[priority]
        if urgency == ticket.urgency:
            return
        at = now()
        await write_place(actor, ticket, at, urgency=urgency, last_activity_at=at)
        await record(
            actor, PriorityChanged(ticket_id=ticket.id, number=number, old_urgency=ticket.urgency, urgency=urgency)
        )
