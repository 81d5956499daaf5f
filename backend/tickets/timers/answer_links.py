"""The one-click answers in mails about timers: made with the mail, used once, by whoever it went to, signed in or not.

Opening such a link does nothing: mail scanners follow links. Only the button on the page behind it acts.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.accounts.links import Link, create_link, read_link, use_link
from backend.actor import Actor, system
from backend.clock import real_now
from backend.database import row, rows, transaction
from backend.errors import Refusal
from backend.tickets.change import get_policy, lock_ticket_by_id
from backend.tickets.lifecycle.offered import closing_step, may_close_now
from backend.tickets.timers.close_now import close_locked_now
from backend.tickets.timers.keep_open import keep_locked_open

PURPOSES: Final = ("keep_open", "close_now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The ids of the links that a mail brings; None where that answer is not offered."""

    keep_open: UUID | None
    close_now: UUID | None


NO_ANSWERS: Final = Answers(keep_open=None, close_now=None)


async def answer_links(tenant_id: UUID, ticket_id: UUID | None, account_id: UUID) -> Answers:
    """The links for a mail to this account, where the ticket would end by itself; inside the caller's transaction.

    Only who opened the ticket is asked.
    """
    found = await row(
        "select status, policy_id, requester_id from tickets t where id = $1 and exists (select from timers x "
        "where x.tenant_id = t.tenant_id and x.ticket_id = t.id and x.action = 'set_status' and x.due_at is not null "
        "and x.done_at is null and x.cancelled_at is null)",
        ticket_id,
    )
    if found is None or found["requester_id"] != account_id:
        return NO_ANSWERS
    policy = await get_policy(tenant_id, found["policy_id"])
    current = policy.status(found["status"])
    if current is None or closing_step(policy, current) is None:
        return NO_ANSWERS
    maker = system(tenant_id, "en", "a mail about a timer")
    keeps = await create_link(maker, "keep_open", account_id, ticket_id=ticket_id)
    closes = may_close_now(policy, current, "client")
    return Answers(
        keep_open=keeps,
        close_now=await create_link(maker, "close_now", account_id, ticket_id=ticket_id) if closes else None,
    )


async def answer_by_link(visitor: Actor, token: str) -> None:
    """Do what the link is for, once.

    The ticket must stand as it stood when the mail went out: what has changed its status since is not answered by it.

    Raises:
        Refusal: `link_expired`, whatever is wrong with the link; `answered_already`; `answered_too_late`, where the
            ticket has gone on since.
    """
    link = await read_link(visitor.tenant_id, token)
    if link is None or link.purpose not in PURPOSES or link.ticket_id is None or (link.expired and not link.used):
        raise Refusal("link_expired", "token")
    async with transaction():
        if link.used:
            raise Refusal("answered_already", "token")
        actor = await _recipient(visitor, link)
        ticket = await lock_ticket_by_id(actor, link.ticket_id)
        again = await read_link(visitor.tenant_id, token)
        if again is None or again.used:  # Two clicks at once: the other one was first.
            raise Refusal("answered_already", "token")
        if await _went_on(link):
            raise Refusal("answered_too_late", "token")
        await use_link(visitor.tenant_id, token, link.purpose, real_now())
        try:
            if link.purpose == "keep_open":
                await keep_locked_open(actor, ticket)
            else:
                await close_locked_now(actor, ticket)
        except Refusal:
            raise Refusal("answered_too_late", "token") from None


async def answered_too_late(link: Link) -> bool:
    """Whether the ticket has gone on since the mail of an unused link went out."""
    return link.purpose in PURPOSES and not link.expired and await _went_on(link)


async def _went_on(link: Link) -> bool:
    # Ids of events and links are in the order in which they were made.
    found = await rows(
        "select from events where ticket_id = $1 and type = 'StatusChanged' and id > $2 limit 1",
        link.ticket_id,
        link.id,
    )
    return bool(found)


async def _recipient(visitor: Actor, link: Link) -> Actor:
    """Whoever the mail went to, as an actor who may do this one thing."""
    account = await row(
        "select kind, name, email from accounts where id = $1 and disabled_at is null and kind in ('contact', 'guest')",
        link.account_id,
    )
    if account is None:
        raise Refusal("link_expired", "token")
    return Actor(
        tenant_id=visitor.tenant_id, kind=account["kind"], language=visitor.language, account_id=link.account_id,
        name=account["name"], email=account["email"], address=visitor.address, by_link=True,
    )  # fmt: skip
