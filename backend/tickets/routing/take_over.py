"""Take over the unfinished work of a colleague who is away, and give it back when they return (FIELD.md A3)."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import Row, row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import LockedTicket, lock_ticket
from backend.tickets.events import TicketHandedBack, TicketTakenOver, WorkHandedBack, WorkTakenOver

MOST_AT_ONCE: Final = 500
FINISHED: Final = ("solved", "closed")
UNFINISHED: Final = "meaning in ('new', 'open', 'waiting_for_client', 'on_hold')"
AWAY: Final = """
    (exists (select from absences b where b.tenant_id = {of}.tenant_id and b.account_id = {of}.id
             and b.from_at <= {at} and (b.until_at is null or b.until_at > {at})) or {of}.disabled_at is not null)
"""
"""Whether an account is away at a moment: absent, or gone for good."""


async def take_over(actor: Actor, number: int) -> None:
    """Take one ticket over from who is away.

    Raises:
        Refusal: nobody of the staff's people, not there, finished, or who has it is not away.
    """
    require_staff(actor)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        owner = ticket.assignee_id
        if owner is None or owner == actor.account or not await is_away(owner) or not _unfinished(ticket):
            raise Refusal("not_away", "number")
        await _take(actor, [(ticket.id, number)], owner)


async def take_over_all(actor: Actor, member_id: UUID) -> Sequence[int]:
    """Take over all unfinished tickets of a member who is away, 500 at most at once. Returns their numbers.

    Raises:
        Refusal: not on the staff, no such member, or not away.
    """
    require_staff(actor)
    async with transaction():
        owner = await _account_of(member_id)
        if owner == actor.account or not await is_away(owner):
            raise Refusal("not_away", "memberId")
        found = await _locked(f"assignee_id = $1 and {UNFINISHED}", owner)
        await _take(actor, [(each["id"], each["number"]) for each in found], owner)
    return [each["number"] for each in found]


async def hand_back(actor: Actor, number: int) -> None:
    """Give a ticket that was taken over back to the one whose it was.

    Raises:
        Refusal: not on the staff, not there, not taken over, finished by now, or they are still away.
    """
    require_staff(actor)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        owner = ticket.taken_over_from
        if owner is None or not _unfinished(ticket):
            raise Refusal("not_taken_over", "number")
        if await is_away(owner):
            raise Refusal("still_away", "number")
        await _give_back(actor, owner, [(ticket.id, number, ticket.assignee_id or actor.account)])


async def hand_back_all(actor: Actor, member_id: UUID) -> Sequence[int]:
    """Give all unfinished tickets that were taken over from a member back to them. Returns their numbers.

    Raises:
        Refusal: not on the staff, no such member, or still away.
    """
    require_staff(actor)
    async with transaction():
        owner = await _account_of(member_id)
        if await is_away(owner):
            raise Refusal("still_away", "memberId")
        found = await _locked(f"taken_over_from = $1 and {UNFINISHED}", owner)
        await _give_back(actor, owner, [(each["id"], each["number"], each["assignee_id"] or owner) for each in found])
    return [each["number"] for each in found]


async def is_away(account_id: UUID) -> bool:
    """Whether a member is away now, or has left."""
    found: bool = await value(
        f"select {AWAY.format(of='a', at='$2')} from accounts a where a.id = $1",  # noqa: S608 (ours)
        account_id,
        now(),
    )
    return found


def _unfinished(ticket: LockedTicket) -> bool:
    return ticket.meaning not in FINISHED


async def _take(actor: Actor, tickets: Sequence[tuple[UUID, int]], owner: UUID) -> None:
    """What was taken over before goes back to the first who had it, not to who took it over and is away now too."""
    if not tickets:
        return
    taker = actor.account
    await rows(
        """update tickets set assignee_id = $2, assigned_because = null, last_activity_at = $4,
                  taken_over_from = nullif(coalesce(taken_over_from, $3), $2)
            where tenant_id = $1 and id = any($5)""",
        actor.tenant_id, taker, owner, now(), [each for each, _ in tickets],
    )  # fmt: skip
    for ticket_id, number in tickets:
        await record(actor, TicketTakenOver(ticket_id=ticket_id, number=number, assignee_id=taker, previous_id=owner))
    await record(actor, WorkTakenOver(from_id=owner, to_id=taker, numbers=tuple(number for _, number in tickets)))


async def _give_back(actor: Actor, owner: UUID, tickets: Sequence[tuple[UUID, int, UUID]]) -> None:
    if not tickets:
        return
    await rows(
        """update tickets set assignee_id = $2, assigned_because = null, taken_over_from = null, last_activity_at = $3
            where tenant_id = $1 and id = any($4)""",
        actor.tenant_id, owner, now(), [each for each, _, _ in tickets],
    )  # fmt: skip
    for ticket_id, number, holder in tickets:
        await record(actor, TicketHandedBack(ticket_id=ticket_id, number=number, assignee_id=owner, previous_id=holder))
    for holder in sorted({each for _, _, each in tickets}):
        numbers = tuple(number for _, number, each in tickets if each == holder)
        await record(actor, WorkHandedBack(from_id=holder, to_id=owner, numbers=numbers))


async def _account_of(member_id: UUID) -> UUID:
    found = await row("select account_id from members where id = $1", member_id)
    if found is None:
        raise Refusal("not_found", "memberId")
    account_id: UUID = found["account_id"]
    return account_id


async def _locked(condition: str, account_id: UUID) -> list[Row]:
    """Tickets under their locks, taken in the order of their numbers."""
    return await rows(
        f"select id, number, assignee_id from tickets where {condition} order by number limit {MOST_AT_ONCE} for no key update",  # noqa: S608 (ours)
        account_id,
    )
