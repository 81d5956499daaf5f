"""Live updates: each tells that something changed, with the ticket as the reader may see it now.

The ticket is read again for each reader, so that a permission that was lost shows nothing any more.
"""

from collections.abc import AsyncGenerator
from uuid import UUID

import strawberry
from strawberry import ID

from backend.actor import require_staff
from backend.errors import Refusal
from backend.graphql.context import Info, id_of
from backend.graphql.types.company import CompanyType
from backend.graphql.types.tickets import Ticket, tickets_of
from backend.live import FellBehind, LiveEvent
from backend.tenants.queries import get_company
from backend.tickets.queries import get_ticket, tickets_of_ids

RESYNC = "Resync"
"""The type of a change that says: more passed than could be told, look at everything again."""

INTERNAL = frozenset(
    {
        "NoteAdded", "AccountNamed", "ProofAsked", "ProofRefused", "ProofLocked", "ProofLockLifted", "WentOnWithoutProof",
    }
)  # fmt: skip
"""What the client's side does not even hear of: a guest who names an account would hear whether there is one."""


@strawberry.type(
    description="A ticket changed. `ticket` is null where it is not the reader's to see; type Resync: read again."
)
class TicketChange:
    number: int
    ticket: Ticket | None
    type: str


@strawberry.type
class Subscription:
    @strawberry.subscription(description="Whatever happens to one ticket.")
    async def ticket_changed(self, info: Info, number: int) -> AsyncGenerator[TicketChange, None]:
        found = await get_ticket(info.context.actor, number)
        if found is None:
            raise Refusal("not_found", "number")
        ticket_id: UUID = found["id"]
        async for change in _changes(info):
            if change is None:
                yield TicketChange(number=number, ticket=None, type=RESYNC)
            elif change.ticket_id == ticket_id:
                yield await _change_of(info, change)

    @strawberry.subscription(description="Whatever happens to tickets of a department, or of all; for staff.")
    async def queue_changed(self, info: Info, department_id: ID | None = None) -> AsyncGenerator[TicketChange, None]:
        require_staff(info.context.actor)
        wanted = id_of(department_id) if department_id else None
        async for change in _changes(info):
            if change is None:
                yield TicketChange(number=0, ticket=None, type=RESYNC)
            elif change.ticket_id is not None:
                told = await _change_of(info, change)
                if wanted is None or _concerns(told, change, wanted):
                    yield told

    @strawberry.subscription(description="Whatever happens to the reader's own tickets.")
    async def my_tickets_changed(self, info: Info) -> AsyncGenerator[TicketChange, None]:
        if info.context.actor.account_id is None:
            raise Refusal("sign_in_needed")
        async for change in _changes(info):
            if change is None:
                yield TicketChange(number=0, ticket=None, type=RESYNC)
            elif change.ticket_id is not None:
                told = await _change_of(info, change)
                if told.ticket is not None:
                    yield told

    @strawberry.subscription(description="Brand, language, departments or rules of the company changed.")
    async def company_changed(self, info: Info) -> AsyncGenerator[CompanyType, None]:
        async for change in _changes(info):
            if change is None or change.type in ("CompanyChanged", "DepartmentChanged", "KindChanged", "MemberChanged"):
                yield CompanyType.of(await get_company(), info.context.environment)


async def _changes(info: Info) -> AsyncGenerator[LiveEvent | None, None]:
    """The updates of the reader's tenant, for as long as the session stands; None where some may have been missed."""
    actor = info.context.actor
    is_first = True
    while True:
        # Who fell behind looks at everything again, so there is nothing to catch up on.
        async with info.context.hub.subscribe(actor.tenant_id, with_recent=is_first) as stream:
            is_first = False
            try:
                async for event in stream:
                    if actor.session_id is not None and not await info.context.still_signed_in():
                        return
                    if event.type not in INTERNAL or info.context.actor.is_staff:
                        yield event
            except FellBehind:
                yield None


async def _change_of(info: Info, change: LiveEvent) -> TicketChange:
    context = info.context
    context.fresh()
    found = await tickets_of_ids(context.actor, [change.ticket_id] if change.ticket_id else [])
    tickets = await tickets_of(info, list(found.values()))
    number = tickets[0].number if tickets else 0
    return TicketChange(number=number, ticket=tickets[0] if tickets else None, type=change.type)


def _concerns(told: TicketChange, change: LiveEvent, department_id: UUID) -> bool:
    """Whether a department's queue gains, holds or loses the ticket."""
    if told.ticket is not None and told.ticket.department.id == str(department_id):
        return True
    return str(department_id) in (change.data.get("from_department_id"), change.data.get("to_department_id"))
