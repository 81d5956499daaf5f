"""Set a ticket's status without a message."""

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import lock_ticket, write_changes
from backend.tickets.events import StatusChanged
from backend.tickets.held_back import require_proof_for_status
from backend.tickets.lifecycle.decide import StatusNotOffered, StatusSet, decide
from backend.tickets.lifecycle.offered import who


async def set_status(actor: Actor, number: int, status: str, *, without_proof: str | None = None) -> None:
    """Set the status. The client is told by mail when that solves or closes the ticket.

    `without_proof` is why a lead goes on where the status is held back for want of proof.

    Raises:
        Refusal: not on the staff, not there, a status that the policy does not offer here, or one that is held back.
    """
    require_staff(actor)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        if status == ticket.status:
            return
        at = now()
        try:
            changes = decide(ticket.state, StatusSet(status, who(actor)), ticket.policy, at, ticket.calendar)
        except StatusNotOffered:
            raise Refusal("status_not_offered", "status") from None
        await require_proof_for_status(actor, ticket, "set_status", status, without_proof)
        await write_changes(actor, ticket, changes, at)
        await record(
            actor,
            StatusChanged(
                ticket_id=ticket.id, number=number, old_status=ticket.status, status=status,
                meaning=changes.status.meaning, tell_client=changes.status.meaning in ("solved", "closed"),
            ),
        )  # fmt: skip
