"""One click takes thanks back: they were a reply. The ticket waits since they were written, its place of before."""

from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import Row, row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import LockedTicket, lock_where_it_goes_on, write_changes
from backend.tickets.events import ClientReplied, StatusChanged
from backend.tickets.follow_up import follow_up_with
from backend.tickets.lifecycle.decide import ClientWrote, LeftUnanswered, decide
from backend.tickets.routing.route import route
from backend.tickets.thanks.events import ThanksWereReply


async def take_as_reply(actor: Actor, thanks_id: UUID) -> int:
    """Undo that a message was taken as thanks; returns the number of the ticket on which it is now.

    The ticket waits since the message was written, and people hear of it as they would have then. On one that is closed
    for good the message moves into a new, linked ticket. Where somebody has answered meanwhile nothing waits. Done twice,
    it is done once.

    Raises:
        Refusal: not on the staff, or there are no such thanks.
    """
    require_staff(actor)
    async with transaction():
        found = await _thanks(thanks_id)
        ticket = await lock_where_it_goes_on(actor, ticket_id=found["ticket_id"])
        found = await _thanks(thanks_id)  # Its ticket's lock was waited for: it may have moved, or be undone.
        if found["undone_at"] is not None:
            return ticket.number
        at = now()
        await rows(
            "update thanks set undone_at = $3, undone_by = $4 where tenant_id = $1 and id = $2",
            actor.tenant_id, thanks_id, at, actor.account_id,
        )  # fmt: skip
        answered = await value(
            "select exists (select 1 from messages where ticket_id = $1 and side = 'staff' and kind = 'message' and (at, id) > ($2, $3))",
            ticket.id, found["at"], thanks_id,
        )  # fmt: skip
        await record(
            actor,
            ThanksWereReply(ticket_id=ticket.id, number=ticket.number, message_id=thanks_id, reopened=not answered),
        )
        return ticket.number if answered else await _reopen(actor, ticket, found, at)


async def _thanks(thanks_id: UUID) -> Row:
    found = await row(
        """select m.id, m.ticket_id, m.at, m.author_id, m.channel, t.undone_at
             from thanks t join messages m on m.tenant_id = t.tenant_id and m.id = t.message_id where t.id = $1""",
        thanks_id,
    )
    if found is None:
        raise Refusal("not_found", "id")
    return found


async def _reopen(actor: Actor, ticket: LockedTicket, message: Row, at: datetime) -> int:
    since: datetime = message["at"]
    channel: Literal["portal", "email"] = message["channel"]
    changes = decide(ticket.state, ClientWrote(), ticket.policy, at, ticket.calendar)
    if changes.follow_up:
        made = await follow_up_with(actor, ticket, message["author_id"], message["id"], channel, since, at)
        return made.number
    if changes.refused:
        changes = decide(replace(ticket, waiting_since=None).state, LeftUnanswered(since), ticket.policy, at)
    changes = msgspec.structs.replace(changes, waiting_since=min(since, ticket.waiting_since or since))
    await write_changes(actor, ticket, changes, at, satisfied_at=None)
    await record(
        actor,
        ClientReplied(
            ticket_id=ticket.id, number=ticket.number, department_id=ticket.department_id, message_id=message["id"],
            channel=channel,
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
    return ticket.number
