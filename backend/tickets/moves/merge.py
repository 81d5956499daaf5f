"""Merge a ticket into another: its messages go on there, in one timeline, and it is closed with a link to it."""

from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.tickets.change import LockedTicket, lock_ticket, write_changes
from backend.tickets.lifecycle.decide import Changes, MergedAway, StatusNotOffered, decide
from backend.tickets.moves.carry import carry, said_on, secrets_of
from backend.tickets.moves.events import TicketsMerged, both_sides
from backend.tickets.moves.kept import Watched, keep_move
from backend.tickets.moves.proofs import still_required
from backend.tickets.moves.waiting import status_of, waits


async def merge_tickets(actor: Actor, source: int, target: int) -> None:
    """Merge `source` into `target`, which waits from now on since the earlier of the two and is as urgent as the more
    urgent one; assignee, department and level stay the target's.

    Raises:
        Refusal: not on the staff, not there, the same ticket, one that was merged already, of different clients, or a
            target that is closed.
    """
    require_staff(actor)
    async with transaction():
        from_, into = await lock_both(actor, source, target)
        if from_.merged_into is not None:
            raise Refusal("ticket_merged", "source")
        if into.merged_into is not None:
            raise Refusal("ticket_merged", "target")
        _require_one_client(from_, into)
        if into.meaning == "closed":
            raise Refusal("merge_into_closed", "target")
        at = now()
        move_id = new_id()
        watched = [(each.id, await Watched.begin(each.id)) for each in (from_, into)]
        messages, secrets = [each.id for each in await said_on(from_.id)], await secrets_of(from_.id)
        # Before the source is closed, which would destroy its secrets.
        await carry(actor, messages, secrets, to=into.id)
        await close_merged(actor, from_, into.id)
        await _take_over(actor, from_, into)
        await keep_move(actor, "merge", move_id, from_.id, into.id, at, messages, secrets, watched)
        for ticket, side in both_sides(from_, into):
            await record(
                actor,
                TicketsMerged(
                    ticket_id=ticket.id, number=ticket.number, side=side, move_id=move_id, from_number=source,
                    to_number=target, messages=len(messages),
                ),
            )  # fmt: skip


async def lock_both(actor: Actor, one: int, other: int) -> tuple[LockedTicket, LockedTicket]:
    """Lock two tickets in the order of their numbers, also where one is merged, so that no two verbs wait for each other.

    Raises:
        Refusal: one is not there, or both are the same.
    """
    if one == other:
        raise Refusal("merge_itself", "target")
    found: dict[int, LockedTicket] = {}
    for number in sorted((one, other)):
        try:
            found[number] = await lock_ticket(actor, number, even_merged=True)
        except Refusal:
            raise Refusal("not_found", "source" if number == one else "target") from None
    return found[one], found[other]


async def close_merged(actor: Actor, ticket: LockedTicket, into: UUID) -> None:
    """Close a ticket whose messages are elsewhere by now; its timers stop."""
    at = now()
    try:
        changes = decide(ticket.state, MergedAway(), ticket.policy, at, ticket.calendar)
    except StatusNotOffered:
        raise Refusal("status_not_offered", "source") from None
    await write_changes(actor, ticket, changes, at, merged_into=into)


async def _take_over(actor: Actor, from_: LockedTicket, into: LockedTicket) -> None:
    at = now()
    waited = [each for each in (from_.waiting_since, into.waiting_since) if each is not None]
    changes = Changes(status=status_of(into), waiting_since=into.waiting_since)
    if from_.waiting_since is not None:
        changes = waits(into, min(waited), at, has_more=True)
    await write_changes(
        actor, into, changes, at, urgency=min(from_.urgency, into.urgency),
        required_level=still_required(from_.level, from_.required_level, into.required_level),
    )  # fmt: skip


def _require_one_client(from_: LockedTicket, into: LockedTicket) -> None:
    """Nobody gets to read what is another client's, and nobody loses sight of their own."""
    if from_.client_id is not None and from_.client_id == into.client_id:
        return
    if from_.requester_id != into.requester_id or None not in (from_.client_id, into.client_id):
        raise Refusal("merge_other_client", "target")
    if from_.client_id is not None:
        raise Refusal("merge_other_way", "target")
