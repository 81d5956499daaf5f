"""Reads of tickets: the door to their rows. What is not the actor's to see is not there."""

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias
from uuid import UUID

from backend.actor import Actor, require_staff
from backend.database import Row, row, rows, value
from backend.tickets.pages import ACTIVITY_PLACE, MOST_ROWS, QUEUE_PLACE, Page, page_of, page_size, place_of
from backend.tickets.rows import tickets_from

View: TypeAlias = Literal["waiting", "waiting_for_client", "on_hold", "solved", "closed", "all", "breach_near"]

_QUEUE_ORDER: Final = "queue_rank, queue_since, id"
_ACTIVITY_ORDER: Final = "last_activity_at desc, id desc"
_BREACH_ORDER: Final = "breach_at, id"
_VIEWS: Final[dict[str, str]] = {
    "waiting": "meaning in ('new', 'open')",
    "waiting_for_client": "meaning = 'waiting_for_client'",
    "on_hold": "meaning = 'on_hold'",
    "solved": "meaning = 'solved'",
    "closed": "meaning = 'closed'",
    "all": "true",
    "breach_near": "breach_at is not null",
}


async def get_ticket(actor: Actor, number: int) -> Row | None:
    """A ticket by its number, or None where it is not there or not the actor's to see."""
    seen, arguments = _seen_by(actor, 2)
    return await row(tickets_from(f"number = $1 and {seen}", "id", 1), number, *arguments)


async def tickets_of_ids(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Row]:
    """Those of the tickets of a page that the actor may see, by id."""
    if len(ids) > MOST_ROWS:
        raise ValueError("More tickets than a page has.")
    seen, arguments = _seen_by(actor, 2)
    found = await rows(tickets_from(f"id = any($1) and {seen}", "id", MOST_ROWS), list(ids), *arguments)
    return {each["id"]: each for each in found}


async def queue(
    actor: Actor,
    *,
    department_id: UUID | None = None,
    view: View = "waiting",
    mine: bool = False,
    unassigned: bool = False,
    category: str | None = None,
    first: int = 50,
    after: str | None = None,
) -> Page:
    """A page of the staff's queue: who waits in fair order (FIELD.md A4, C4), whose promise is in danger by when
    it is due (D3), other views by latest activity.

    Raises:
        Refusal: not on the staff, or a page or cursor that is not offered.
    """
    require_staff(actor)
    size = page_size(first)
    arguments: list[object] = []
    conditions = [_VIEWS[view]]
    if department_id is not None:
        conditions.append(f"department_id = {_next(arguments, department_id)}")
    if mine:
        conditions.append(f"assignee_id = {_next(arguments, actor.account)}")
    if unassigned:
        conditions.append("assignee_id is null")
    if category is not None:
        conditions.append(f"category = {_next(arguments, category)}")
    if view == "waiting":
        if after is not None:
            rank, since, last = place_of(after, *QUEUE_PLACE)
            conditions.append(
                f"(queue_rank, queue_since, id) > ({_next(arguments, rank)}, {_next(arguments, since)}, {_next(arguments, last)})"
            )
        found = await rows(tickets_from(" and ".join(conditions), _QUEUE_ORDER, size), *arguments)
        return page_of(found, first, "queue_rank", "queue_since", "id")
    if view == "breach_near":
        if after is not None:
            due, last = place_of(after, *ACTIVITY_PLACE)
            conditions.append(f"(breach_at, id) > ({_next(arguments, due)}, {_next(arguments, last)})")
        found = await rows(tickets_from(" and ".join(conditions), _BREACH_ORDER, size), *arguments)
        return page_of(found, first, "breach_at", "id")
    return await _by_activity(conditions, arguments, size, first, after)


async def my_tickets(actor: Actor, *, first: int = 25, after: str | None = None) -> Page:
    """A page of the tickets of the client's side, by latest activity; a guest has none to list (FIELD.md A2)."""
    size = page_size(first)
    if actor.account_id is None:
        return Page([], [], False)
    arguments: list[object] = []
    own = f"requester_id = {_next(arguments, actor.account_id)}"
    condition = f"({own} or client_id = {_next(arguments, actor.client_id)})" if actor.client_id else own
    return await _by_activity([condition], arguments, size, first, after)


async def client_tickets(actor: Actor, client_id: UUID, first: int) -> Sequence[Row]:
    """The latest tickets of a client, for the staff's panel beside a ticket."""
    require_staff(actor)
    return await rows(tickets_from("client_id = $1", _ACTIVITY_ORDER, min(page_size(first) - 1, 20)), client_id)


async def follow_ups(actor: Actor, ticket_id: UUID) -> Sequence[Row]:
    """The tickets that replies to this closed one made."""
    seen, arguments = _seen_by(actor, 2)
    return await rows(tickets_from(f"follow_up_of = $1 and {seen}", "id", 50), ticket_id, *arguments)


async def split_off(actor: Actor, ticket_id: UUID) -> Sequence[Row]:
    """The tickets that were split off from this one, but those that went back."""
    seen, arguments = _seen_by(actor, 2)
    return await rows(
        tickets_from(f"split_from = $1 and merged_into is distinct from $1 and {seen}", "id", 50), ticket_id, *arguments
    )


async def merged_here(actor: Actor, ticket_id: UUID) -> Sequence[Row]:
    """The tickets that were merged into this one."""
    seen, arguments = _seen_by(actor, 2)
    return await rows(
        tickets_from(f"merged_into = $1 and split_from is distinct from $1 and {seen}", "id", 50), ticket_id, *arguments
    )


async def goes_on_in(actor: Actor, ticket_id: UUID) -> Row | None:
    """The ticket in which a merged one goes on, at the end of the chain; None where that is not the actor's to see."""
    seen, arguments = _seen_by(actor, 2)
    return await row(tickets_from(f"id = goes_on_in($1) and {seen}", "id", 1), ticket_id, *arguments)


async def number_going_on(ticket_id: UUID) -> int:
    """The number of the ticket in which one that the caller sees goes on."""
    number: int = await value("select number from tickets where id = goes_on_in($1)", ticket_id)
    return number


async def moves_to_undo(move_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of the moves that stand."""
    found = await rows("select id from ticket_moves where id = any($1) and undone_at is null", list(move_ids))
    return frozenset(each["id"] for each in found)


async def number_of_secret(secret_id: UUID) -> int:
    """The number of the ticket that a secret belongs to; the caller has just seen it."""
    number: int = await value(
        "select t.number from secrets s join tickets t on t.tenant_id = s.tenant_id and t.id = s.ticket_id where s.id = $1",
        secret_id,
    )
    return number


async def pending_timers(ticket_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """What will happen to these tickets by itself, soonest first; what is paused has no moment, and stands last."""
    found = await rows(
        "select id, ticket_id, step, action, due_at from timers where ticket_id = any($1) and done_at is null "
        "and cancelled_at is null and action not in ('destroy_secret', 'warn', 'breach', 'send_reply') order by due_at, step",
        list(ticket_ids),
    )
    timers: dict[UUID, list[Row]] = {each: [] for each in ticket_ids}
    for timer in found:
        timers[timer["ticket_id"]].append(timer)
    return timers


async def last_steps(ticket_ids: Sequence[UUID]) -> dict[UUID, Row]:
    """When somebody of the staff first took these tickets, and when they last began to wait for the client or were held."""
    found = await rows(
        """select ticket_id, min(at) filter (where type = 'TicketAssigned' and data ->> 'assignee_id' is not null) as taken_at,
                  max(at) filter (where type = 'StatusChanged' and data ->> 'meaning' = 'waiting_for_client') as asked_at,
                  max(at) filter (where type = 'StatusChanged' and data ->> 'meaning' = 'on_hold') as held_at
             from events
            where ticket_id = any($1) and (type = 'StatusChanged' or (type = 'TicketAssigned' and actor_kind = 'member'))
            group by ticket_id""",
        list(ticket_ids),
    )
    return {each["ticket_id"]: each for each in found}


async def _by_activity(
    conditions: list[str], arguments: list[object], size: int, first: int, after: str | None
) -> Page:
    if after is not None:
        at, last = place_of(after, *ACTIVITY_PLACE)
        conditions.append(f"(last_activity_at, id) < ({_next(arguments, at)}, {_next(arguments, last)})")
    found = await rows(tickets_from(" and ".join(conditions), _ACTIVITY_ORDER, size), *arguments)
    return page_of(found, first, "last_activity_at", "id")


def _seen_by(actor: Actor, number: int) -> tuple[str, list[object]]:
    """The condition that a ticket is the actor's to see; its arguments are numbered from `number`."""
    if actor.is_staff:
        return "true", []
    return f"(requester_id = ${number}::uuid or client_id = ${number + 1}::uuid)", [actor.account_id, actor.client_id]


def _next(arguments: list[object], value: object) -> str:
    arguments.append(value)
    return f"${len(arguments)}"
