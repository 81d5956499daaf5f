"""A member's answer waits a little before anything of it leaves, so that it can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

import asyncpg

from backend.actor import Actor, require_staff
from backend.attachments.attach import check_attachments, require_attachable
from backend.clock import now
from backend.database import row, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.secrets.guard import require_no_leak
from backend.secrets.seal import NewSecret
from backend.text import many_lines, one_line
from backend.tickets.change import LockedTicket, lock_where_it_goes_on
from backend.tickets.events import ReplyWaits
from backend.tickets.held_back import MOST_REASON
from backend.tickets.reply import Replied, answer, answered, usual_status
from backend.tickets.sealing import check_secrets
from backend.tickets.tables import Timer, WaitingReply
from backend.tickets.waiting.kept import last_of_client, seal_draft
from backend.tickets.write_message import MOST_BODY, idempotency_key_of, sent_before

MOST_SECONDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The answer that waits, or, where the company lets answers leave at once, the message that it became."""

    number: int
    reply_id: UUID | None
    replied: Replied | None


async def hold_reply(
    actor: Actor, number: int, body: str, *, status: str | None = None, idempotency_key: str | None = None,
    without_proof: str | None = None, secrets: Sequence[NewSecret] = (), send_anyway: bool = False,
    attachments: Sequence[UUID] = (), seen_id: UUID | None = None, answer_anyway: bool = False,
) -> Held:  # fmt: skip
    """Answer in public, after the company's wait: the client's side sees nothing of it until then, and no clock stops.

    `seen_id` is the last entry that the author has read. Where the client's side has written since, they are asked first,
    unless `answer_anyway`. The rest is as in `reply`; the same `idempotency_key` holds one answer.

    Raises:
        Refusal: as `reply`; `client_wrote` where the author has not seen the last message.
    """
    require_staff(actor)
    text = many_lines(body, "body", MOST_BODY)
    check_secrets(secrets)
    check_attachments(attachments)
    if not send_anyway:
        await require_no_leak(text, "body")
    key = idempotency_key_of(idempotency_key)
    if without_proof is not None:
        without_proof = one_line(without_proof, "withoutProof", MOST_REASON)
    for _ in range(2):
        try:
            async with transaction():
                ticket = await lock_where_it_goes_on(actor, number=number)
                if (before := await _before(actor, ticket, key)) is not None:
                    return before
                if seen_id is not None:
                    await _require_seen(ticket, seen_id, answer_anyway=answer_anyway)
                await require_attachable(actor, attachments)
                seconds: int = await value("select reply_wait_seconds from tenants")
                if seconds == 0:
                    replied = await answer(
                        actor,
                        ticket,
                        text,
                        status=status,
                        idempotency_key=key,
                        without_proof=without_proof,
                        secrets=secrets,
                        attachments=attachments,
                    )
                    return Held(number=ticket.number, reply_id=None, replied=replied)
                wanted = status or usual_status(actor, ticket)
                await answered(actor, ticket, wanted, without_proof, secrets, now(), tells=False)
                reply_id = await _write(actor, ticket, text, wanted, key, without_proof, secrets, attachments, seconds)
                return Held(number=ticket.number, reply_id=reply_id, replied=None)
        except asyncpg.UniqueViolationError as twice:
            # The same key came twice at once: the other one is found in the second round.
            if twice.constraint_name not in ("waiting_replies_once", "messages_once"):
                raise
    raise Refusal("already_there", "idempotencyKey")


async def _write(
    actor: Actor, ticket: LockedTicket, text: str, status: str, key: str | None, without_proof: str | None,
    secrets: Sequence[NewSecret], attachments: Sequence[UUID], seconds: int,
) -> UUID:  # fmt: skip
    at, reply_id = now(), new_id()
    leaves_at = at + timedelta(seconds=seconds)
    await WaitingReply.insert(
        WaitingReply(
            tenant_id=actor.tenant_id, id=reply_id, ticket_id=ticket.id, author_id=actor.account, body=text,
            sealed=await seal_draft(actor.tenant_id, reply_id, secrets), status=status, without_proof=without_proof,
            idempotency_key=key, after_id=await last_of_client(ticket.id), attachments=list(attachments), state="waiting", made_at=at,
            leaves_at=leaves_at,
        )
    )  # fmt: skip
    await Timer.insert(
        Timer(
            tenant_id=actor.tenant_id, id=new_id(), ticket_id=ticket.id, step=0, action="send_reply", due_at=leaves_at,
            attempts=0, reply_id=reply_id,
        )
    )  # fmt: skip
    await record(actor, ReplyWaits(ticket_id=ticket.id, number=ticket.number, reply_id=reply_id))
    return reply_id


async def _require_seen(ticket: LockedTicket, seen_id: UUID, *, answer_anyway: bool) -> None:
    """Raises: Refusal where the client's side has written since, or there is no such message."""
    if await row("select from messages where id = $1", seen_id) is None:
        raise Refusal("not_found", "seenId")
    if not answer_anyway and await last_of_client(ticket.id, after_id=seen_id):
        raise Refusal("client_wrote", "seenId")


async def _before(actor: Actor, ticket: LockedTicket, key: str | None) -> Held | None:
    """What came of the same key before."""
    if key is None:
        return None
    waits = await row(
        "select id, state from waiting_replies where author_id = $1 and idempotency_key = $2 and state <> 'taken_back'",
        actor.account,
        key,
    )
    if waits is not None and waits["state"] != "left":
        return Held(number=ticket.number, reply_id=waits["id"], replied=None)
    sent = await sent_before(actor.account, key)
    if sent is None:
        return None
    replied = Replied(number=ticket.number, message_id=sent[0], follow_up=False)
    return Held(number=ticket.number, reply_id=None, replied=replied)
