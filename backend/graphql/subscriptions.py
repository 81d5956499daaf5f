"""Live updates: each tells that something changed, with the ticket as the reader may see it now.

The ticket is read again for each reader, so that a permission that was lost shows nothing any more. What happens within
a moment is read together: a reader costs a few statements a second, however many events there are.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Sequence
from typing import Final
from uuid import UUID

import strawberry
from strawberry import ID

from backend.actor import require_staff
from backend.errors import Refusal
from backend.graphql.context import Info, id_of
from backend.graphql.types.company import CompanyType
from backend.graphql.types.queue import DepartmentCounts, counts_by_department
from backend.graphql.types.tickets import Ticket, tickets_of
from backend.live import FellBehind, LiveEvent
from backend.tenants.queries import get_company
from backend.tickets.pages import MOST_ROWS
from backend.tickets.queries import get_ticket, tickets_of_ids
from backend.tickets.queue.counts import department_counts
from backend.tickets.queue.place import places

RESYNC = "Resync"
"""The type of a change that says: more passed than could be told, look at everything again."""

INTERNAL = frozenset(
    {
        "NoteAdded", "ReplyWaits", "ReplyTakenBack", "ReplyStopped", "AccountNamed", "ProofAsked", "ProofRefused", "ProofLocked", "ProofLockLifted", "WentOnWithoutProof",
    }
)  # fmt: skip
"""What the client's side does not even hear of: a guest who names an account would hear whether there is one."""


PAUSE: Final = 0.2
"""Seconds between two looks at what has happened; the first is told at once."""

PLACE_PAUSE: Final = 2.0
"""As PAUSE, for a place in the queue: many clients may have theirs before them, and each answer moves all behind it."""

MANY: Final = 20
"""Of more changes than these in one moment, each ticket is told once, as it is now."""


@strawberry.type(
    description="A ticket changed. `ticket` is null where it is not the reader's to see; type Resync: read again. With the "
    "last change of a moment come the `counts` of the departments that it touched, in place of those known before."
)
class TicketChange:
    number: int
    ticket: Ticket | None
    type: str
    counts: list[DepartmentCounts] | None = None


@strawberry.type
class Subscription:
    @strawberry.subscription(description="Whatever happens to one ticket.")
    async def ticket_changed(self, info: Info, number: int) -> AsyncGenerator[TicketChange, None]:
        ticket_id = await _seen(info, number)
        async for changes in _changes(info, only=ticket_id):
            if changes is None:
                yield _resync(number)
            else:
                for each, _ in await _told(info, changes):
                    yield each

    @strawberry.subscription(description="The place of one ticket in its queue changed, whatever made it change.")
    async def place_changed(self, info: Info, number: int) -> AsyncGenerator[TicketChange, None]:
        ticket_id = await _seen(info, number)
        known: object = ()
        async for changes in _changes(info, pause=PLACE_PAUSE):
            if changes is None:
                yield _resync(number)
                continue
            place = (await places(info.context.actor, [ticket_id])).get(ticket_id)
            told = place and (place.department, place.ahead, place.usual)
            if told != known:
                known = told
                ticket = next(iter(await _read(info, [ticket_id])), None)
                yield TicketChange(number=number, ticket=ticket, type="PlaceChanged")

    @strawberry.subscription(description="Whatever happens to tickets of a department, or of all; for staff.")
    async def queue_changed(self, info: Info, department_id: ID | None = None) -> AsyncGenerator[TicketChange, None]:
        require_staff(info.context.actor)
        wanted = id_of(department_id) if department_id else None
        async for changes in _changes(info):
            if changes is None:
                yield _resync(0)
                continue
            told = await _told(info, changes)
            left = _left(changes)
            if wanted is not None:
                told = [(each, id_) for each, id_ in told if wanted in _departments(each, left[id_])]
            if told:
                # Read after the tickets: a count is never older than the rows that come with it.
                touched = {name for each, id_ in told for name in _departments(each, left[id_])}
                counted = await department_counts(info.context.actor, list(touched))
                told[-1][0].counts = counts_by_department(counted, touched)
            for each, _ in told:
                yield each

    @strawberry.subscription(description="Whatever happens to the reader's own tickets.")
    async def my_tickets_changed(self, info: Info) -> AsyncGenerator[TicketChange, None]:
        if info.context.actor.account_id is None:
            raise Refusal("sign_in_needed")
        async for changes in _changes(info):
            if changes is None:
                yield _resync(0)
            else:
                for each, _ in await _told(info, changes):
                    if each.ticket is not None:
                        yield each

    @strawberry.subscription(description="Brand, language, departments or rules of the company changed.")
    async def company_changed(self, info: Info) -> AsyncGenerator[CompanyType, None]:
        async for event in _events(info):
            if event is None or event.type in (
                "CompanyChanged",
                "DepartmentChanged",
                "KindChanged",
                "MemberChanged",
                "LifecycleChanged",
            ):
                yield CompanyType.of(await get_company(), info.context.environment)


async def _seen(info: Info, number: int) -> UUID:
    found = await get_ticket(info.context.actor, number)
    if found is None:
        raise Refusal("not_found", "number")
    ticket_id: UUID = found["id"]
    return ticket_id


async def _changes(
    info: Info, *, only: UUID | None = None, pause: float = PAUSE
) -> AsyncGenerator[list[LiveEvent] | None, None]:
    """What happens to tickets (or `only` to one), moment by moment, for as long as the session stands; None where some
    of it may have been missed."""
    signed_in = info.context.actor.session_id is not None
    async for events in _batches(info, pause):
        if events is None:
            yield None
            continue
        changes = [
            each
            for each in events
            if each.ticket_id is not None
            and only in (None, each.ticket_id)
            and (each.type not in INTERNAL or info.context.actor.is_staff)
        ]
        # What is no ticket's may be the end of the session: nothing else may come for a long time.
        may_have_ended = changes or any(each.ticket_id is None for each in events)
        if signed_in and may_have_ended and not await info.context.still_signed_in():
            return
        if not changes:
            continue
        yield changes


async def _events(info: Info) -> AsyncGenerator[LiveEvent | None, None]:
    """Every update by itself."""
    signed_in = info.context.actor.session_id is not None
    async for events in _batches(info, PAUSE):
        if signed_in and not await info.context.still_signed_in():
            return
        if events is None:
            yield None
        for event in events or ():
            yield event


async def _batches(info: Info, pause: float) -> AsyncGenerator[list[LiveEvent] | None, None]:
    """The updates of the reader's tenant; None where some may have been missed."""
    is_first = True
    while True:
        # Who fell behind looks at everything again, so there is nothing to catch up on.
        async with info.context.hub.subscribe(info.context.actor.tenant_id, with_recent=is_first) as stream:
            is_first = False
            looked_at = -pause
            try:
                while True:
                    batch = await stream.batch()
                    if (rest := looked_at + pause - time.monotonic()) > 0:
                        await asyncio.sleep(rest)
                        batch += stream.waiting()
                    looked_at = time.monotonic()
                    yield batch
            except FellBehind:
                yield None


async def _told(info: Info, changes: Sequence[LiveEvent]) -> list[tuple[TicketChange, UUID | None]]:
    """The changes with their tickets as the reader sees them now, and the ids of those; of many changes the last of
    each ticket."""
    last = changes if len(changes) <= MANY else list({each.ticket_id: each for each in changes}.values())
    read = await _read(info, dict.fromkeys(each.ticket_id for each in last if each.ticket_id))
    tickets: dict[UUID | None, Ticket] = {UUID(each.id): each for each in read}
    found = []
    for each in last:
        ticket = tickets.get(each.ticket_id)
        change = TicketChange(number=ticket.number if ticket else 0, ticket=ticket, type=each.type)
        found.append((change, each.ticket_id))
    return found


async def _read(info: Info, ids: Iterable[UUID]) -> list[Ticket]:
    context, wanted = info.context, list(ids)
    context.fresh()
    found = []
    for start in range(0, len(wanted), MOST_ROWS):
        page = await tickets_of_ids(context.actor, wanted[start : start + MOST_ROWS])
        found += await tickets_of(info, list(page.values()))
    return found


def _left(changes: Sequence[LiveEvent]) -> dict[UUID | None, set[UUID]]:
    """For each ticket the departments between which it went."""
    left: defaultdict[UUID | None, set[UUID]] = defaultdict(set)
    for each in changes:
        named = (each.data.get("from_department_id"), each.data.get("to_department_id"))
        left[each.ticket_id] |= {UUID(name) for name in named if name}
    return left


def _departments(told: TicketChange, left: set[UUID]) -> set[UUID]:
    """The departments whose queue gains, holds or loses the ticket."""
    return left | ({UUID(told.ticket.department.id)} if told.ticket else set())


def _resync(number: int) -> TicketChange:
    return TicketChange(number=number, ticket=None, type=RESYNC)
