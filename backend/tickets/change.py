"""A ticket under its lock, and the writing of what `decide` says: the one place where status, timers and places change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from backend.actor import Actor
from backend.business_time import Calendar
from backend.database import Row, row, rows, value
from backend.errors import Refusal
from backend.ids import new_id
from backend.tenants.calendars import TERMS, Terms, calendar_of_version, terms_from, terms_of
from backend.tickets.lifecycle.decide import Changes, Pending, State
from backend.tickets.lifecycle.policy import Policy, stored_policy
from backend.tickets.promises.clocks import Standing
from backend.tickets.promises.keep import clocks_after, columns_of, set_promise_timers
from backend.tickets.sealing import destroy_secrets
from backend.tickets.tables import Ticket, Timer

LADDER: Final = ("remind", "set_status", "tag")
"""What the timers of a ladder do; a ticket has others, which stay when its status changes."""

_policies: dict[tuple[UUID, UUID], Policy] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedTicket:
    """A ticket whose row is locked until the transaction ends, with the hours of its department."""

    id: UUID
    number: int
    department_id: UUID
    kind_id: UUID | None
    client_id: UUID | None
    requester_id: UUID
    assignee_id: UUID | None
    policy_id: UUID
    subject: str
    status: str
    meaning: str
    urgency: int
    level: str
    required_level: str
    tags: list[str]
    category: str
    project_id: UUID | None
    taken_over_from: UUID | None
    waiting_since: datetime | None
    first_responded_at: datetime | None
    closed_at: datetime | None
    clocks: str | None
    merged_into: UUID | None
    satisfied_at: datetime | None
    policy: Policy
    terms: Terms
    calendar: Calendar

    @property
    def state(self) -> State:
        """What `decide` needs to know; whoever moves timers adds what is pending (`state_with_timers`)."""
        return State(status=self.status, waiting_since=self.waiting_since, closed_at=self.closed_at)

    @property
    def standing(self) -> Standing:
        return Standing(
            meaning=self.meaning, urgency=self.urgency, answered=self.first_responded_at is not None,
            waiting_since=self.waiting_since,
        )  # fmt: skip


_COLUMNS = [name for name in LockedTicket.__dataclass_fields__ if name not in ("policy", "terms", "calendar")]
_TERMS = TERMS.format(department="tickets.department_id")


def sees(actor: Actor, *, client_id: UUID | None, requester_id: UUID) -> bool:
    """Whether the actor may see a ticket: staff all, a contact those of the client, anyone their own."""
    if actor.is_staff:
        return True
    if actor.account_id is None:
        return False
    return requester_id == actor.account_id or (client_id is not None and client_id == actor.client_id)


def belongs(actor: Actor, client_id: UUID | None) -> bool:
    """Whether a ticket's client is the actor's to know of: the staff's, its own people's; a ticket of none has none.

    The requester of a ticket need not be of its client: a guest who asked in its name, or a contact who has left it.
    """
    return actor.is_staff or client_id is None or client_id == actor.client_id


async def lock_ticket(actor: Actor, number: int, *, even_merged: bool = False) -> LockedTicket:
    """Lock a ticket that the actor may see. One that was merged into another takes nothing, unless `even_merged`.

    Raises:
        Refusal: it is not there, or not the actor's to see; the two cannot be told apart. `ticket_merged`.
    """
    return _taking(await _lock(actor, "number = $1", number), even_merged)


async def lock_ticket_by_id(actor: Actor, ticket_id: UUID, *, even_merged: bool = False) -> LockedTicket:
    """As `lock_ticket`, by id."""
    return _taking(await _lock(actor, "id = $1", ticket_id), even_merged)


async def lock_where_it_goes_on(
    actor: Actor, *, number: int | None = None, ticket_id: UUID | None = None
) -> LockedTicket:
    """Lock the ticket in which the named one goes on: itself, or the last of those into which it was merged.

    Raises:
        Refusal: as `lock_ticket`.
    """
    named, wanted = ("number = $1", number) if ticket_id is None else ("id = $1", ticket_id)
    where = f"id = goes_on_in((select id from tickets where {named}))"  # noqa: S608 (one of the two above)
    while True:
        ticket = await _lock(actor, where, wanted)
        # A merge may have waited for the same lock, or been undone meanwhile: then it goes on elsewhere.
        if wanted in (ticket.number, ticket.id) and ticket.merged_into is None:
            return ticket
        if await value(f"select {where.removeprefix('id = ')} = $2", wanted, ticket.id):
            return ticket


def _taking(ticket: LockedTicket, even_merged: bool) -> LockedTicket:
    if ticket.merged_into is not None and not even_merged:
        raise Refusal("ticket_merged", "number")
    return ticket


async def _lock(actor: Actor, where: str, wanted: object) -> LockedTicket:
    found = await row(
        f"select {', '.join(_COLUMNS)}, {_TERMS} from tickets where {where} for no key update of tickets",  # noqa: S608
        wanted,
    )
    if found is None or not sees(actor, client_id=found["client_id"], requester_id=found["requester_id"]):
        raise Refusal("not_found", "number")
    return await _with_its_terms(actor, found)


async def lock_tickets(actor: Actor, ticket_ids: Sequence[UUID], *, wait: bool) -> dict[UUID, LockedTicket]:
    """Lock tickets that the actor may see, in the order of their numbers; the others are left out.

    Without `wait` those that somebody holds are left out too.
    """
    found = await rows(
        f"select {', '.join(_COLUMNS)}, {_TERMS} from tickets where id = any($1) order by number "  # noqa: S608 - names of columns
        f"for no key update of tickets {'' if wait else 'skip locked'}",
        list(ticket_ids),
    )
    return {
        each["id"]: await _with_its_terms(actor, each)
        for each in found
        if sees(actor, client_id=each["client_id"], requester_id=each["requester_id"])
    }


async def _with_its_terms(actor: Actor, found: Row) -> LockedTicket:
    terms = terms_from(found)
    return LockedTicket(
        **{name: found[name] for name in _COLUMNS},
        policy=await get_policy(actor.tenant_id, found["policy_id"]),
        terms=terms,
        calendar=await calendar_of_version(actor.tenant_id, terms),
    )


async def get_policy(tenant_id: UUID, policy_id: UUID) -> Policy:
    """A lifecycle policy of the bound tenant. Versions never change once written, so each is read once a process."""
    key = (tenant_id, policy_id)
    if key not in _policies:
        definition = await row("select definition from lifecycle_policies where id = $1", policy_id)
        if definition is None:
            raise Refusal("not_found")
        if len(_policies) >= 4096:
            _policies.clear()
        _policies[key] = stored_policy(definition["definition"])
    return _policies[key]


async def write_changes(
    actor: Actor, ticket: LockedTicket, changes: Changes, at: datetime, **further: Any
) -> LockedTicket:
    """Write what `decide` said, with further columns by name. Pending timers are replaced where it says so.

    Whoever closes the ticket, its secrets are destroyed here and now.
    """
    values: dict[Any, Any] = {"last_activity_at": at, **further}
    if changes.status.key != ticket.status:
        values |= {"status": changes.status.key, "meaning": changes.status.meaning}
        if changes.status.meaning in ("solved", "closed"):
            values[f"{changes.status.meaning}_at"] = at
        elif ticket.meaning in ("solved", "closed"):
            values |= {"solved_at": None, "closed_at": None}
    if changes.ladder_begins:
        values["ladder_since"] = at
    if changes.waiting_since != ticket.waiting_since:
        values["waiting_since"] = changes.waiting_since
    if changes.tag and changes.tag not in ticket.tags:
        values["tags"] = [*ticket.tags, changes.tag]
    ticket = await _write(actor, ticket, values, at)
    if changes.timers is not None:
        await replace_timers(actor, ticket.id, changes, at)
    if changes.status.meaning == "closed":
        await destroy_secrets(actor, ticket_id=ticket.id, number=ticket.number, because="closed", at=at)
    return ticket


async def write_place(actor: Actor, ticket: LockedTicket, at: datetime, **columns: Any) -> LockedTicket:
    """Write columns that say where a ticket stands (its department, its urgency): what it was promised goes with it."""
    return await _write(actor, ticket, columns, at)


async def _write(actor: Actor, ticket: LockedTicket, values: dict[Any, Any], at: datetime) -> LockedTicket:
    after = replace(ticket, **{name: value for name, value in values.items() if name in _COLUMNS})
    if after.department_id != ticket.department_id:
        terms = await terms_of(after.department_id)
        after = replace(after, terms=terms, calendar=await calendar_of_version(actor.tenant_id, terms))
    clocks = await clocks_after(actor, ticket.clocks, after.standing, after.terms, at)
    if clocks is not None:
        values |= columns_of(clocks)
        after = replace(after, clocks=values["clocks"])
    if values:
        await Ticket.update(values).where(Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket.id)
    if clocks is not None:
        await set_promise_timers(actor, ticket.id, clocks, at)
    return after


async def state_with_timers(ticket: LockedTicket) -> State:
    """The state of a locked ticket with what is pending of its ladder."""
    found = await rows(
        "select step, action, due_at, hours_left from timers where ticket_id = $1 and done_at is null and cancelled_at is null "
        "and action = any($2) order by step",
        ticket.id,
        LADDER,
    )
    return State(
        status=ticket.status, waiting_since=ticket.waiting_since, closed_at=ticket.closed_at,
        pending=tuple(
            Pending(step=each["step"], action=each["action"], due_at=each["due_at"], hours_left=each["hours_left"])
            for each in found
        ),
    )  # fmt: skip


async def replace_timers(actor: Actor, ticket_id: UUID, changes: Changes, at: datetime) -> None:
    """Cancel what is pending of the ticket's ladder and put in its place what `decide` said."""
    await rows(
        "update timers set cancelled_at = $3 where tenant_id = $1 and ticket_id = $2 and done_at is null and cancelled_at is null "
        "and action = any($4)",
        actor.tenant_id,
        ticket_id,
        at,
        LADDER,
    )
    if changes.timers:
        await Timer.insert(
            *(
                Timer(
                    tenant_id=actor.tenant_id,
                    id=new_id(),
                    ticket_id=ticket_id,
                    step=each.step,
                    action=each.action,
                    due_at=each.due_at,
                    hours_left=each.hours_left,
                    attempts=0,
                )
                for each in changes.timers
            )
        )
