"""For which ticket a mail is: by its signed reply address, else the mails that it answers, else the number in its subject.

Each is only what the mail says. Whether its sender belongs to that ticket is another question; all are asked of the tenant
that the mailbox belongs to, so a header never leads to another's ticket.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from backend.actor import Actor
from backend.database import Row, row
from backend.mailboxes.addresses import ReplyTag, holds
from backend.mailboxes.incoming.recipients import Mailbox
from backend.mailboxes.queries import ticket_answered
from backend.mailboxes.reading.read_mail import ReadMail
from backend.tickets.change import sees

NamedBy: TypeAlias = Literal["address", "thread", "subject"]

_NUMBER: Final = re.compile(r"\[#([0-9]{1,15})\]")
_MOST_IDS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The ticket that a mail names. `as_staff`: by an address that only a member has."""

    number: int
    named_by: NamedBy
    as_staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A ticket as far as a mail needs to know it."""

    ticket: Row
    belongs: Literal["client", "staff", "copy"] | None


async def named_ticket(mailbox: Mailbox, mail: ReadMail, actor: Actor) -> Named | None:
    """The ticket that the mail names, if any."""
    tag = mailbox.tag
    if tag is not None and _signed(tag, actor):
        number = await ticket_answered(tag.number, mail.answers)
        return Named(number=number, named_by="address", as_staff=tag.side == "staff")
    ids = [*mail.in_reply_to, *reversed(mail.references)][:_MOST_IDS]
    if ids:
        found = await row(
            """select t.number from unnest($1::text[]) with ordinality as asked (id, place)
                 join lateral (
                     select coalesce(m.ticket_id, o.ticket_id) as ticket_id from outgoing_mails o
                       left join messages m on m.tenant_id = o.tenant_id and m.id = o.ticket_message_id
                      where o.tenant_id = current_tenant() and o.mail_message_id = asked.id
                     union all
                     select m.ticket_id from messages m
                      where m.tenant_id = current_tenant() and m.mail_message_id = asked.id
                 ) known on true
                 join tickets t on t.tenant_id = current_tenant() and t.id = known.ticket_id
                order by asked.place limit 1""",
            ids,
        )
        if found is not None:
            return Named(number=found["number"], named_by="thread")
    # The number in the subject of another Countersign's mail is one of its own.
    for each in () if mail.mark else _NUMBER.findall(mail.subject):
        if await row("select 1 from tickets where number = $1", int(each)) is not None:
            return Named(number=int(each), named_by="subject")
    return None


async def place_of(named: Named, actor: Actor, *, authenticated: bool) -> Place | None:
    """The ticket in which the named one goes on, and as what the sender belongs to it; None where there is none.

    By a header or a number alone a member is believed only where the sender was authenticated: what the staff writes goes
    to the client, and anybody can write a member's address.
    """
    ticket = await row(
        "select id, number, meaning, client_id, requester_id, department_id from tickets "
        "where id = goes_on_in((select id from tickets where number = $1))",
        named.number,
    )
    if ticket is None:
        return None
    if actor.kind == "member":
        is_staff = named.as_staff or (named.named_by != "address" and authenticated)
        return Place(ticket=ticket, belongs="staff" if is_staff else None)
    if named.as_staff or actor.account_id is None:
        return Place(ticket=ticket, belongs=None)
    if sees(actor, client_id=ticket["client_id"], requester_id=ticket["requester_id"]):
        return Place(ticket=ticket, belongs="client")
    copy = await row(
        "select 1 from ticket_copies where ticket_id = $1 and account_id = $2 and removed_at is null",
        ticket["id"],
        actor.account_id,
    )
    return Place(ticket=ticket, belongs="copy" if copy else None)


def _signed(tag: ReplyTag, actor: Actor) -> bool:
    if tag.side == "staff" and actor.account_id is None:
        return False
    return holds(tag, actor.tenant_id, actor.account_id or actor.tenant_id)
