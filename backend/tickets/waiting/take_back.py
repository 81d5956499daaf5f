"""An answer that has not left is taken back: its author has it again as they wrote it."""

from uuid import UUID

from backend.actor import Actor, require_admin, require_staff
from backend.clock import now
from backend.database import row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.tenants.events import CompanyChanged
from backend.tickets.change import lock_ticket_by_id
from backend.tickets.events import ReplyTakenBack
from backend.tickets.tables import WaitingReply
from backend.tickets.waiting.hold import MOST_SECONDS
from backend.tickets.waiting.kept import Draft, draft_of, waiting_reply
from backend.wrapping import CannotUnseal


async def take_back(actor: Actor, reply_id: UUID) -> tuple[int, Draft]:
    """The ticket's number and the answer, whole; nothing of it has left, and nothing will.

    Raises:
        Refusal: `reply_has_left`; or it is not the actor's.
    """
    ticket_id = await require_own(actor, reply_id)
    async with transaction():
        ticket = await lock_ticket_by_id(actor, ticket_id, even_merged=True)
        waits = await waiting_reply(reply_id)
        if waits is None:
            raise Refusal("reply_has_left", "id")
        at = now()
        try:
            draft = await draft_of(waits)
        except CannotUnseal:
            draft = Draft(
                body=waits["body"], status=waits["status"], secrets=(), attachments=tuple(waits["attachments"])
            )
        await rows(
            "update timers set cancelled_at = $3 where tenant_id = $1 and ticket_id = $4 and reply_id = $2 "
            "and done_at is null and cancelled_at is null",
            actor.tenant_id,
            reply_id,
            at,
            ticket.id,
        )
        await WaitingReply.update(
            {"state": "taken_back", "stopped_because": None, "body": None, "sealed": None, "ended_at": at}
        ).where(WaitingReply.tenant_id == actor.tenant_id, WaitingReply.id == reply_id)
        await record(actor, ReplyTakenBack(ticket_id=ticket.id, number=ticket.number, reply_id=reply_id))
    return ticket.number, draft


async def require_own(actor: Actor, reply_id: UUID) -> UUID:
    """The ticket of an answer that the actor wrote. A lead may act where its author is gone from the staff.

    Raises:
        Refusal: not on the staff; not there, or another's.
    """
    require_staff(actor)
    found = await row("select ticket_id, author_id, stopped_because from waiting_replies where id = $1", reply_id)
    if found is None:
        raise Refusal("not_found", "id")
    orphan = found["stopped_because"] == "author_gone" and actor.leads
    if found["author_id"] != actor.account_id and not orphan:
        raise Refusal("not_found", "id")
    ticket_id: UUID = found["ticket_id"]
    return ticket_id


async def set_reply_wait(actor: Actor, seconds: int) -> None:
    """Say how long answers wait; those that wait already keep their time. None: they leave at once.

    Raises:
        Refusal: not an admin, or a number that is not offered.
    """
    require_admin(actor)
    if not 0 <= seconds <= MOST_SECONDS:
        raise Refusal("out_of_range", "seconds", least=0, most=MOST_SECONDS)
    async with transaction():
        await rows("update tenants set reply_wait_seconds = $2 where id = $1", actor.tenant_id, seconds)
        await record(actor, CompanyChanged(what="reply_wait"))
