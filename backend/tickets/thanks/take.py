"""The client's side only thanks: it is kept and shown, and neither reopens nor notifies (FIELD.md A10)."""

import asyncio
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from backend.actor import Actor
from backend.clock import now
from backend.database import rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.tickets.change import LockedTicket, lock_ticket, write_changes
from backend.tickets.events import StatusChanged
from backend.tickets.lifecycle.decide import ClientThanked as OnlyThanked
from backend.tickets.lifecycle.decide import ClientWrote, decide
from backend.tickets.thanks.events import ClientThanked
from backend.tickets.thanks.judge import Judgement, judge
from backend.tickets.thanks.tables import ThankYou

Channel = Literal["portal", "email"]
_MOST_NAMES: Final = 200


async def judged(text: str, *, attachments: int = 0) -> Judgement:
    """What the recogniser says of the raw text of a client, who may call the staff by name.

    A long text does not hold up others.
    """
    staff = await rows("select name from accounts where kind = 'member' order by id limit $1", _MOST_NAMES)
    return await asyncio.to_thread(judge, text, names=[each["name"] for each in staff], attachments=attachments)


async def only_thanks(ticket: LockedTicket, judgement: Judgement) -> bool:
    """Whether a message that was judged only thanks on this ticket.

    "Perfect, thanks" is an answer where the staff asked something and waits for it.
    """
    if not judgement.thanks:
        return False
    if not (judgement.agrees and ticket.meaning == "waiting_for_client"):
        return True
    asked: str | None = await value(
        "select body from messages where ticket_id = $1 and side = 'staff' and kind = 'message' order by at desc, id desc limit 1",
        ticket.id,
    )
    return "?" not in (asked or "")


async def keep_thanks(
    actor: Actor, ticket: LockedTicket, message_id: UUID | None, channel: Channel, at: datetime
) -> UUID:
    """Write down that a message of the ticket only thanks, or, without one, that all is fine. The caller holds the lock."""
    avoided = message_id is not None and _would_have_reopened(ticket, at)
    minutes: int = await value("select thanks_minutes from tenants")
    thanks_id = message_id or new_id()
    await ThankYou.insert(
        ThankYou(
            tenant_id=actor.tenant_id, id=thanks_id, ticket_id=ticket.id, message_id=message_id,
            author_id=actor.account, channel=channel, at=at, status=ticket.status, avoided=avoided,
            minutes=minutes if avoided else 0,
        )
    )  # fmt: skip
    await record(
        actor,
        ClientThanked(
            ticket_id=ticket.id, number=ticket.number, thanks_id=thanks_id, satisfied=message_id is None,
            avoided=avoided, channel=channel,
        ),
    )  # fmt: skip
    return thanks_id


async def say_all_fine(actor: Actor, number: int) -> None:
    """The button "Thanks, all fine": it never reopens, counts as satisfied, and closes where the lifecycle says so.

    Pressed again it changes nothing.

    Raises:
        Refusal: not there, not the client's side, or the ticket was merged or never answered.
    """
    if actor.is_staff:
        raise Refusal("not_allowed")
    async with transaction():
        ticket = await lock_ticket(actor, number)
        if ticket.first_responded_at is None:
            raise Refusal("not_answered_yet", "number")
        if ticket.satisfied_at is not None:
            return
        at = now()
        await keep_thanks(actor, ticket, None, "portal", at)
        changes = decide(ticket.state, OnlyThanked(satisfied=True), ticket.policy, at, ticket.calendar)
        await write_changes(actor, ticket, changes, at, satisfied_at=at)
        if changes.status.key != ticket.status:
            await record(
                actor,
                StatusChanged(
                    ticket_id=ticket.id, number=number, old_status=ticket.status, status=changes.status.key,
                    meaning=changes.status.meaning,
                ),
            )  # fmt: skip


def _would_have_reopened(ticket: LockedTicket, at: datetime) -> bool:
    """Whether a reply would have reopened the ticket, or opened another."""
    changes = decide(ticket.state, ClientWrote(), ticket.policy, at, ticket.calendar)
    return changes.follow_up or changes.status.key != ticket.status
