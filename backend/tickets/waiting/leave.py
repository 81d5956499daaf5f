"""An answer that waited leaves, under its ticket's lock: it becomes a message now, or says what stands against it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.actor import Actor
from backend.attachments.attach import require_attachable
from backend.clock import now
from backend.database import Row, row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import LockedTicket, lock_ticket_by_id
from backend.tickets.events import ReplyStopped
from backend.tickets.reply import Replied, answer
from backend.tickets.tables import WaitingReply
from backend.tickets.waiting.kept import draft_of, last_of_client, waiting_reply
from backend.tickets.waiting.take_back import require_own
from backend.wrapping import CannotUnseal


async def leave_when_due(system: Actor, ticket: LockedTicket, reply_id: UUID, at: datetime) -> None:
    """Its time is up; the caller has taken its timer and holds the ticket's lock, so that this happens once.

    Where the client's side wrote meanwhile it stays, and its author is asked. Whatever else has come in its way since
    (another status, a merge, an author who is gone) stops it too: it is never lost, and never sent differently.
    """
    waits = await waiting_reply(reply_id)
    if waits is None or waits["state"] != "waiting":
        return
    if await last_of_client(ticket.id, after_id=waits["after_id"]):
        await _stop(system, ticket, waits, "client_wrote")
        return
    author = await _author(waits)
    if author is None:
        await _stop(system, ticket, waits, "author_gone")
        return
    try:
        await _send(author, ticket, waits, at)
    except Refusal as refusal:
        await _stop(system, ticket, waits, refusal.code)


async def send_now(actor: Actor, reply_id: UUID) -> Replied:
    """Let an answer leave at once, whatever the client's side wrote meanwhile: its author has been asked.

    Raises:
        Refusal: it has left, is not the actor's, or cannot leave as it is.
    """
    ticket_id = await require_own(actor, reply_id)
    async with transaction():
        ticket = await lock_ticket_by_id(actor, ticket_id)
        waits = await waiting_reply(reply_id)
        author = await _author(waits) if waits is not None else None
        if waits is None or author is None:
            raise Refusal("reply_has_left", "id")
        at = now()
        await rows(
            "update timers set cancelled_at = $3 where tenant_id = $1 and ticket_id = $4 and reply_id = $2 "
            "and done_at is null and cancelled_at is null",
            actor.tenant_id,
            reply_id,
            at,
            ticket.id,
        )
        return await _send(author, ticket, waits, at)


async def _send(author: Actor, ticket: LockedTicket, waits: Row, at: datetime) -> Replied:
    if ticket.merged_into is not None:
        raise Refusal("ticket_merged", "number")
    try:
        draft = await draft_of(waits)
    except CannotUnseal:
        raise Refusal("secret_lost", "id") from None
    await require_attachable(author, draft.attachments)
    replied = await answer(
        author, ticket, draft.body, status=draft.status, idempotency_key=waits["idempotency_key"],
        without_proof=waits["without_proof"], secrets=draft.secrets, attachments=draft.attachments,
    )  # fmt: skip
    await _write(waits, {"state": "left", "stopped_because": None, "message_id": replied.message_id, "body": None,
                         "sealed": None, "ended_at": at})  # fmt: skip
    return replied


async def _stop(system: Actor, ticket: LockedTicket, waits: Row, because: str) -> None:
    await _write(waits, {"state": "stopped", "stopped_because": because})
    await record(system, ReplyStopped(ticket_id=ticket.id, number=ticket.number, reply_id=waits["id"], because=because))


async def _write(waits: Row, values: dict[Any, Any]) -> None:
    await WaitingReply.update(values).where(
        WaitingReply.tenant_id == waits["tenant_id"], WaitingReply.id == waits["id"]
    )


async def _author(waits: Row) -> Actor | None:
    """Whoever wrote it, with the rights of now; None where they are on the staff no more."""
    found = await row(
        "select a.name, a.email, coalesce(a.language, t.language) as language, m.role from accounts a "
        "join tenants t on t.id = a.tenant_id join members m on m.tenant_id = a.tenant_id and m.account_id = a.id "
        "where a.id = $1 and a.kind = 'member' and a.disabled_at is null",
        waits["author_id"],
    )
    if found is None:
        return None
    return Actor(tenant_id=waits["tenant_id"], kind="member", account_id=waits["author_id"], **dict(found))
