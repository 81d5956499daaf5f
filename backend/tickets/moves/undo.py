"""Undo a split or a merge: both tickets are as they were, and what came to pass since stays."""

from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import LADDER, LockedTicket, lock_ticket_by_id, write_changes
from backend.tickets.moves.carry import carry, find_under, said_on
from backend.tickets.moves.events import MergeUndone, SplitUndone, both_sides
from backend.tickets.moves.kept import (
    Columns,
    How,
    Move,
    columns_of,
    end_move,
    put_columns,
    require_latest,
    standing_move,
)
from backend.tickets.moves.merge import close_merged, lock_both
from backend.tickets.moves.waiting import unanswered_since, waits

LIFE: Final = ("status", "meaning", "waiting_since", "solved_at", "closed_at", "ladder_since")
"""The columns that go together with the timers: put back all at once, or not at all."""
CLOCKS: Final = ("clocks", "breach_at")
"""The columns of promises, which run on by themselves."""


async def undo_split(actor: Actor, number: int) -> int:
    """Undo the split that made the ticket with this number. Its messages go back, and it leads to where they are.

    Returns the number of the ticket to which they went.

    Raises:
        Refusal: not on the staff, not there, no split; something happened on it that would be lost, or stands upon it.
    """
    require_staff(actor)
    async with transaction():
        move, from_, to = await _locked(actor, "split", "to", number)
        await _require_nothing_to_lose(to)
        at = now()
        await _carry_back(actor, move)
        await find_under(actor, move.kept.messages, from_.subject)
        await close_merged(actor, to, from_.id)
        await _put_back(actor, from_, move, at, returned=to.waiting_since)
        await end_move(actor, move, at)
        for ticket, side in both_sides(from_, to):
            await record(
                actor,
                SplitUndone(
                    ticket_id=ticket.id, number=ticket.number, side=side, from_number=from_.number, to_number=to.number
                ),
            )
    return from_.number


async def undo_merge(actor: Actor, number: int) -> int:
    """Undo the merge of the ticket with this number into another. What was written since stays where it was written.

    Returns the number of the ticket from which they came.

    Raises:
        Refusal: not on the staff, not there, not merged, or something stands upon it.
    """
    require_staff(actor)
    async with transaction():
        move, from_, to = await _locked(actor, "merge", "from", number)
        at = now()
        await _carry_back(actor, move)
        await _put_back(actor, from_, move, at)
        await _put_back(actor, to, move, at)
        await end_move(actor, move, at)
        for ticket, side in both_sides(from_, to):
            await record(
                actor,
                MergeUndone(
                    ticket_id=ticket.id, number=ticket.number, side=side, from_number=from_.number, to_number=to.number
                ),
            )
    return to.number


async def _locked(
    actor: Actor, kind: Literal["split", "merge"], side: Literal["from", "to"], number: int
) -> tuple[Move, LockedTicket, LockedTicket]:
    """The move with both its tickets, locked in the order of their numbers."""
    move = await standing_move(kind, side, number)
    numbers = {each["id"]: each["number"] for each in await rows(
        "select id, number from tickets where id = any($1)", [move.from_id, move.to_id]
    )}  # fmt: skip
    from_, to = await lock_both(actor, numbers[move.from_id], numbers[move.to_id])
    await require_latest(move)
    return move, from_, to


async def _carry_back(actor: Actor, move: Move) -> None:
    await carry(actor, move.kept.messages, move.kept.secrets, to=move.from_id)


async def _require_nothing_to_lose(ticket: LockedTicket) -> None:
    """Raises: Refusal where people wrote or did something on the new ticket, or a timer acted."""
    found = await row(
        """select type from events where ticket_id = $1 and type not in ('TicketSplit', 'SecretViewed')
              and (actor_kind <> 'system' or type in ('StatusChanged', 'ReminderSent')) order by id limit 1""",
        ticket.id,
    )
    if found is None:
        return
    wrote = found["type"] in ("ClientReplied", "StaffReplied", "NoteAdded")
    raise Refusal("undo_would_lose_message" if wrote else "undo_would_lose", "number", number=ticket.number)


async def _put_back(
    actor: Actor, ticket: LockedTicket, move: Move, at: datetime, *, returned: datetime | None = None
) -> None:
    """The ticket as it was before the move; what was changed since stays. `returned` is since when messages waited that
    come back from a ticket of their own."""
    how = move.kept.how[ticket.id]
    is_now = await columns_of(ticket.id)
    fresh = await _written_since(ticket.id, move)
    lived_on = any(is_now[name] != how.after[name] for name in LIFE) or bool(fresh)
    wanted: Columns = {
        name: how.before[name]
        if _is_put_back(name, lived_on=lived_on, changed=is_now[name] != how.after[name])
        else is_now[name]
        for name in is_now
    }
    if wanted != how.before:
        wanted["last_activity_at"] = at.isoformat()
    await put_columns(actor, ticket.id, wanted)
    if lived_on:
        await _go_on_waiting(actor, ticket.id, how, is_now, fresh, returned, at)
    else:
        await _put_timers_back(actor, how, move.moved_at, at)


def _is_put_back(name: str, *, lived_on: bool, changed: bool) -> bool:
    if name in (*LIFE, *CLOCKS):
        return not lived_on
    return not changed


async def _go_on_waiting(
    actor: Actor, ticket_id: UUID, how: How, is_now: Columns, fresh: list[UUID], returned: datetime | None, at: datetime
) -> None:
    """A ticket that lived on since the move keeps its status; it waits for what is unanswered on it now."""
    ticket = await lock_ticket_by_id(actor, ticket_id, even_merged=True)
    waited_before = how.before["waiting_since"]
    since: datetime | None
    if is_now["waiting_since"] == how.after["waiting_since"]:
        new = unanswered_since(each for each in await said_on(ticket_id) if each.id in fresh)
        since = datetime.fromisoformat(waited_before) if waited_before else new
    else:
        again = returned if waited_before else None
        since = min((each for each in (ticket.waiting_since, again) if each is not None), default=None)
    await write_changes(actor, ticket, waits(ticket, since, at), at)


async def _put_timers_back(actor: Actor, how: How, moved_at: datetime, at: datetime) -> None:
    """The ladder that the move stopped goes on. Where a step is due by now, all wait for as long as they stood still."""
    await rows(
        "update timers set cancelled_at = $3 where tenant_id = $1 and id = any($2) and done_at is null and cancelled_at is null",
        actor.tenant_id,
        how.started,
        at,
    )
    is_late = await value(
        "select bool_or(due_at <= $2) from timers where id = any($1) and action = any($3)", how.stopped, at, LADDER
    )
    await rows(
        "update timers set cancelled_at = null, leased_until = null, "
        "due_at = due_at + case when action = any($4) then $3::interval else interval '0' end "
        "where tenant_id = $1 and id = any($2)",
        actor.tenant_id,
        how.stopped,
        at - moved_at if is_late else timedelta(),
        LADDER,
    )


async def _written_since(ticket_id: UUID, move: Move) -> list[UUID]:
    """What was said in public on a ticket since the move."""
    found = await rows(
        "select id from messages where ticket_id = $1 and kind = 'message' and id > $2 and id <> all($3) order by id",
        ticket_id,
        move.id,
        move.kept.messages,
    )
    return [each["id"] for each in found]
