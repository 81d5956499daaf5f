"""What somebody writes on a ticket who does not belong to it: who gets copies, or a stranger whose mail the staff let in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backend.actor import Actor
from backend.clock import now
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.secrets.seal import NewSecret
from backend.text import many_lines
from backend.tickets.change import lock_where_it_goes_on, write_changes
from backend.tickets.events import ClientReplied, StatusChanged
from backend.tickets.lifecycle.decide import ClientWrote, decide
from backend.tickets.routing.route import route
from backend.tickets.sealing import seal_secrets
from backend.tickets.write_message import MOST_BODY, sent_before, write_message


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The message and its ticket."""

    number: int
    ticket_id: UUID
    message_id: UUID


async def write_for_outsider(
    actor: Actor, number: int, body: str, *, author_id: UUID, secrets: Sequence[NewSecret] = (), idempotency_key: str,
    mail_message_id: str | None, attachments: Sequence[UUID] = (),
) -> Written:  # fmt: skip
    """Write a mail as a message of the client's side at level none, by whoever may do so for its author.

    Raises:
        Refusal: no such ticket, it takes no message, or one goes into a new ticket: that would be somebody else's.
    """
    text = many_lines(body, "body", MOST_BODY)
    async with transaction():
        ticket = await lock_where_it_goes_on(actor, number=number)
        if (before := await sent_before(author_id, idempotency_key)) is not None:
            return Written(number=ticket.number, ticket_id=before[1], message_id=before[0])
        at = now()
        changes = decide(ticket.state, ClientWrote(), ticket.policy, at, ticket.calendar)
        if changes.refused or changes.follow_up:
            raise Refusal("message_refused", "number")
        message_id = await write_message(
            actor, ticket_id=ticket.id, author_id=author_id, subject=ticket.subject, body=text, at=at, side="client",
            channel="email", idempotency_key=idempotency_key, mail_message_id=mail_message_id,
            attachments=attachments,
        )  # fmt: skip
        await seal_secrets(
            actor, secrets, ticket_id=ticket.id, number=ticket.number, message_id=message_id, by=author_id, side="client",
            at=at,
        )  # fmt: skip
        await write_changes(actor, ticket, changes, at, satisfied_at=None)
        await record(
            actor,
            ClientReplied(
                ticket_id=ticket.id, number=ticket.number, department_id=ticket.department_id, message_id=message_id,
                channel="email",
            ),
        )  # fmt: skip
        if changes.status.key != ticket.status:
            await record(
                actor,
                StatusChanged(
                    ticket_id=ticket.id, number=ticket.number, old_status=ticket.status, status=changes.status.key,
                    meaning=changes.status.meaning,
                ),
            )  # fmt: skip
        await route(actor, ticket.id, ticket.number, "replied")
        return Written(number=ticket.number, ticket_id=ticket.id, message_id=message_id)
