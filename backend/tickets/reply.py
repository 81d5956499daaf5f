"""Reply on a ticket: by the client's side or by the staff, on the screen or by mail; and internal notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import asyncpg

from backend.actor import Actor, require_staff
from backend.attachments.attach import check_attachments
from backend.clock import now
from backend.database import row, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.secrets.guard import require_no_leak
from backend.secrets.seal import NewSecret
from backend.text import many_lines
from backend.tickets.change import LockedTicket, lock_ticket, lock_where_it_goes_on, write_changes
from backend.tickets.events import ClientReplied, NoteAdded, StaffReplied, StatusChanged
from backend.tickets.follow_up import open_follow_up
from backend.tickets.held_back import require_proof_for_status
from backend.tickets.lifecycle.decide import Changes, ClientThanked, ClientWrote, StaffWrote, StatusNotOffered, decide
from backend.tickets.lifecycle.offered import reply_statuses, who
from backend.tickets.queue.first_response import note_first_response
from backend.tickets.routing.route import route
from backend.tickets.sealing import check_secrets, seal_secrets
from backend.tickets.thanks.judge import Judgement
from backend.tickets.thanks.take import judged, keep_thanks, only_thanks
from backend.tickets.write_message import MOST_BODY, idempotency_key_of, sent_before, write_message
from backend.verification.attestations import Attestation, attest_ticket, session_level
from backend.verification.methods import mail_level

Channel = Literal["portal", "email", "desk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """The message that was written and its ticket: a new one, linked to the old, where `follow_up` is true."""

    number: int
    message_id: UUID
    follow_up: bool


async def reply(
    actor: Actor, number: int, body: str, *, status: str | None = None, channel: Channel = "portal",
    idempotency_key: str | None = None, mail_message_id: str | None = None, authenticated: bool = False, without_proof: str | None = None,
    secrets: Sequence[NewSecret] = (), send_anyway: bool = False, judgement: Judgement | None = None,
    attachments: Sequence[UUID] = (),
) -> Replied:  # fmt: skip
    """Write in public on a ticket.

    Staff send an answer with a status (the policy's usual one where none is named); it clears the waiting. A client's
    message does what the policy says of the ticket's status (FIELD.md B6-B8): a nudge keeps the place in the queue,
    on a ticket that is closed for good it opens a linked one, and on one that was merged it goes to where that goes on. The same `idempotency_key` from the same author
    writes one message. `without_proof` is why a lead goes on where the status is held back for want of proof. `secrets`
    are sealed with it, `attachments` are files that were uploaded for it; `authenticated` says that a mail is from its sender. A text that holds one openly is refused, unless `send_anyway`.

    What a client writes and only thanks changes nothing and tells nobody (FIELD.md A10). `judgement` is what was found
    of a mail, whose text says more than what is kept of it.

    Raises:
        Refusal: not there, not the actor's to see, a text that cannot be kept or holds a secret, a status that is not
            offered or is held back.
    """
    text = many_lines(body, "body", MOST_BODY)
    check_secrets(secrets)
    if channel != "email":
        check_attachments(attachments)
    if not send_anyway:
        await require_no_leak(text, "body")
    idempotency_key = idempotency_key_of(idempotency_key)
    attestation = None
    if not actor.is_staff:
        by_mail = channel == "email"
        attestation = await mail_level(actor, authenticated=authenticated) if by_mail else await session_level(actor)
        judgement = judgement or await judged(text)
    for _ in range(2):
        try:
            async with transaction():
                ticket = await lock_where_it_goes_on(actor, number=number)
                if (before := await sent_before(actor.account, idempotency_key)) is not None:
                    return await _replied_before(number, *before)
                if actor.is_staff:
                    return await answer(
                        actor, ticket, text, status=status, channel="email" if channel == "email" else "desk",
                        idempotency_key=idempotency_key, mail_message_id=mail_message_id, without_proof=without_proof,
                        secrets=secrets, attachments=attachments,
                    )  # fmt: skip
                assert judgement is not None, "every text of a client is judged"
                return await _client(
                    actor,
                    ticket,
                    text,
                    channel,
                    idempotency_key,
                    mail_message_id,
                    attestation,
                    secrets,
                    judgement,
                    attachments,
                )
        except asyncpg.UniqueViolationError as twice:
            # The same key came twice at once: the other one wrote first, and is found in the second round.
            if twice.constraint_name != "messages_once":
                raise
    raise Refusal("already_there", "idempotencyKey")


async def add_note(
    actor: Actor, number: int, body: str, *, send_anyway: bool = False, attachments: Sequence[UUID] = ()
) -> UUID:
    """Leave a note that the client's side never sees. It neither answers nor changes the place in the queue.

    Raises:
        Refusal: not on the staff, not there, or a text that cannot be kept or holds a secret.
    """
    require_staff(actor)
    text = many_lines(body, "body", MOST_BODY)
    check_attachments(attachments)
    if not send_anyway:
        await require_no_leak(text, "body")
    async with transaction():
        ticket = await lock_ticket(actor, number)
        message_id = await write_message(
            actor, ticket_id=ticket.id, author_id=actor.account, subject=ticket.subject, body=text, at=now(),
            side="staff", kind="note", channel="desk", attachments=attachments,
        )  # fmt: skip
        await record(actor, NoteAdded(ticket_id=ticket.id, number=number, message_id=message_id))
    return message_id


async def answer(
    actor: Actor, ticket: LockedTicket, text: str, *, status: str | None, channel: Literal["email", "desk"] = "desk",
    idempotency_key: str | None = None, mail_message_id: str | None = None, without_proof: str | None = None,
    secrets: Sequence[NewSecret] = (), attachments: Sequence[UUID] = (),
) -> Replied:  # fmt: skip
    """A member's answer, under the lock that the caller holds. What it raises, it raises before it writes anything,
    but for an attachment that is not to be had: see `require_attachable`.

    Raises:
        Refusal: see `reply`.
    """
    at = now()
    changes = await answered(actor, ticket, status, without_proof, secrets, at)
    message_id = await write_message(
        actor, ticket_id=ticket.id, author_id=actor.account, subject=ticket.subject, body=text, at=at, side="staff",
        channel=channel, idempotency_key=idempotency_key, mail_message_id=mail_message_id, attachments=attachments,
    )  # fmt: skip
    # Sealed before the change: where a mail closes the ticket, what was masked in it is destroyed at once.
    await seal_secrets(
        actor, secrets, ticket_id=ticket.id, number=ticket.number, message_id=message_id, by=actor.account,
        side="staff", at=at,
    )  # fmt: skip
    await note_first_response(actor, ticket, at)
    await write_changes(actor, ticket, changes, at, first_responded_at=ticket.first_responded_at or at)
    await record(
        actor,
        StaffReplied(
            ticket_id=ticket.id, number=ticket.number, message_id=message_id, status=changes.status.key,
            meaning=changes.status.meaning,
        ),
    )  # fmt: skip
    await _record_status(actor, ticket, changes.status.key, changes.status.meaning)
    return Replied(number=ticket.number, message_id=message_id, follow_up=False)


async def answered(
    actor: Actor, ticket: LockedTicket, status: str | None, without_proof: str | None, secrets: Sequence[NewSecret],
    at: datetime, *, tells: bool = True,
) -> Changes:  # fmt: skip
    """What an answer with that status would change; `tells`: going on without proof is written into the history.

    Raises:
        Refusal: the status is not offered, held back for want of proof, or would destroy the secrets at once.
    """
    wanted = status or usual_status(actor, ticket)
    try:
        changes = decide(ticket.state, StaffWrote(wanted, who(actor)), ticket.policy, at, ticket.calendar)
    except StatusNotOffered:
        raise Refusal("status_not_offered", "status") from None
    if changes.status.meaning == "closed" and any(each.source != "mail" for each in secrets):
        raise Refusal("secret_and_closed", "status")
    await require_proof_for_status(actor, ticket, "reply", wanted, without_proof, tells=tells)
    return changes


def usual_status(actor: Actor, ticket: LockedTicket) -> str:
    current = ticket.policy.status(ticket.status)
    offered = reply_statuses(ticket.policy, current, who(actor)) if current is not None else ()
    return offered[-1] if offered else ticket.policy.usual_reply


async def _client(
    actor: Actor, ticket: LockedTicket, text: str, channel: Channel, key: str | None, mail: str | None,
    attestation: Attestation | None, secrets: Sequence[NewSecret], judgement: Judgement,
    attachments: Sequence[UUID],
) -> Replied:  # fmt: skip
    at = now()
    # Of a mail the judgement has seen what came with it.
    brings = bool(secrets) or (bool(attachments) and channel != "email")
    thanks = not brings and await only_thanks(ticket, judgement)
    happening = ClientThanked() if thanks else ClientWrote()
    changes = decide(ticket.state, happening, ticket.policy, at, ticket.calendar)
    source: Literal["portal", "email"] = "email" if channel == "email" else "portal"
    if changes.refused:
        raise Refusal("message_refused", "number")
    if changes.follow_up:
        made = await open_follow_up(actor, ticket, text, source, key, mail, attestation, at, attachments)
        await seal_secrets(
            actor, secrets, ticket_id=made.ticket_id, number=made.number, message_id=made.message_id, by=actor.account,
            side="client", at=at,
        )  # fmt: skip
        return Replied(number=made.number, message_id=made.message_id, follow_up=True)
    message_id = new_id()
    attested: UUID | None = None
    if attestation is not None:
        attested = (await attest_ticket(actor, attestation, ticket_id=None, message_id=message_id)).id
    await write_message(
        actor, ticket_id=ticket.id, author_id=actor.account, subject=ticket.subject, body=text, at=at, side="client",
        channel=source, level=attestation.level if attestation else "none", attestation_id=attested,
        idempotency_key=key, mail_message_id=mail,
        message_id=message_id, attachments=attachments,
    )  # fmt: skip
    if thanks:
        await keep_thanks(actor, ticket, message_id, source, at)
        return Replied(number=ticket.number, message_id=message_id, follow_up=False)
    if changes.status.meaning == "closed" and any(each.source != "mail" for each in secrets):
        raise Refusal("ticket_closed", "number")
    await seal_secrets(
        actor, secrets, ticket_id=ticket.id, number=ticket.number, message_id=message_id, by=actor.account,
        side="client", at=at,
    )  # fmt: skip
    await write_changes(actor, ticket, changes, at, satisfied_at=None)
    await record(
        actor,
        ClientReplied(
            ticket_id=ticket.id, number=ticket.number, department_id=ticket.department_id, message_id=message_id,
            channel=source,
        ),
    )  # fmt: skip
    await _record_status(actor, ticket, changes.status.key, changes.status.meaning)
    await route(actor, ticket.id, ticket.number, "replied")
    return Replied(number=ticket.number, message_id=message_id, follow_up=False)


async def _record_status(actor: Actor, ticket: LockedTicket, status: str, meaning: str) -> None:
    if status != ticket.status:
        await record(
            actor,
            StatusChanged(
                ticket_id=ticket.id, number=ticket.number, old_status=ticket.status, status=status, meaning=meaning
            ),
        )


async def _replied_before(number: int, message_id: UUID, ticket_id: UUID) -> Replied:
    found = await row(
        "select t.number, o.number = $2 as follow_up from tickets t "
        "left join tickets o on o.tenant_id = t.tenant_id and o.id = t.follow_up_of where t.id = $1",
        ticket_id,
        number,
    )
    assert found is not None, "the message was just found on this ticket"
    return Replied(number=found["number"], message_id=message_id, follow_up=bool(found["follow_up"]))
