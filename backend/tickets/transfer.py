"""Transfer a ticket to another department. It keeps its place in the queue, and the client is told (FIELD.md A7, D2)."""

from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import row, transaction
from backend.errors import Refusal
from backend.events import record
from backend.secrets.guard import require_no_leak
from backend.text import many_lines
from backend.tickets.change import lock_ticket, write_place
from backend.tickets.events import NoteAdded, TicketTransferred
from backend.tickets.held_back import require_proof_for_transfer
from backend.tickets.routing.route import route
from backend.tickets.write_message import MOST_BODY, write_message
from backend.verification.levels import highest


async def transfer(
    actor: Actor, number: int, department_id: UUID, note: str | None = None, *, without_proof: str | None = None
) -> None:
    """Move a ticket to another department; a note for the colleagues there may go with it.

    `waiting_since` stays as it is. Where the new department needs more proof, the ticket needs it too. `without_proof`
    is why a lead goes on where the transfer is held back for want of proof.

    Raises:
        Refusal: not on the staff, ticket or department not there, archived, the one where it is already, or held back;
            or the note holds a secret.
    """
    require_staff(actor)
    text = many_lines(note, "note", MOST_BODY) if note and note.strip() else None
    if text is not None:
        await require_no_leak(text, "note")
    async with transaction():
        ticket = await lock_ticket(actor, number)
        department = await row(
            "select id, archived_at, proof_level, holds_transfers from departments where id = $1 for share",
            department_id,
        )
        if department is None:
            raise Refusal("not_found", "departmentId")
        if department["archived_at"] is not None:
            raise Refusal("archived", "departmentId")
        if department_id == ticket.department_id:
            raise Refusal("already_there", "departmentId")
        await require_proof_for_transfer(
            actor, ticket, department_id, department["holds_transfers"], department["proof_level"], without_proof
        )
        at = now()
        await write_place(
            actor, ticket, at, department_id=department_id, last_activity_at=at,
            required_level=highest(ticket.required_level, department["proof_level"]),
        )  # fmt: skip
        await record(
            actor,
            TicketTransferred(
                ticket_id=ticket.id,
                number=number,
                from_department_id=ticket.department_id,
                to_department_id=department_id,
            ),
        )
        if text is not None:
            message_id = await write_message(
                actor, ticket_id=ticket.id, author_id=actor.account, subject=ticket.subject, body=text, at=at,
                side="staff", kind="note", channel="desk",
            )  # fmt: skip
            await record(actor, NoteAdded(ticket_id=ticket.id, number=number, message_id=message_id))
        await route(actor, ticket.id, number, "transferred")
