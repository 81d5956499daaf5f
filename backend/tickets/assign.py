"""Give a ticket to a member, or to nobody."""

from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import lock_ticket
from backend.tickets.events import TicketAssigned
from backend.tickets.tables import Ticket


async def assign(actor: Actor, number: int, member_id: UUID | None) -> None:
    """Assign a ticket to a member of the staff (by the member's id), or with None to nobody: then rules seek nobody either.

    Raises:
        Refusal: not on the staff, the ticket or an active member is not there.
    """
    require_staff(actor)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        assignee: UUID | None = None
        if member_id is not None:
            assignee = await value(
                "select m.account_id from members m join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id "
                "where m.id = $1 and a.disabled_at is null",
                member_id,
            )
            if assignee is None:
                raise Refusal("not_found", "memberId")
        if assignee == ticket.assignee_id:
            return
        await Ticket.update(
            {
                Ticket.assignee_id: assignee, Ticket.assigned_because: None, Ticket.taken_over_from: None,
                Ticket.sought_as: None, Ticket.last_activity_at: now(),
            }
        ).where(Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket.id)  # fmt: skip
        await record(
            actor,
            TicketAssigned(ticket_id=ticket.id, number=number, assignee_id=assignee, previous_id=ticket.assignee_id),
        )
