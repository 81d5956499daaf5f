"""Queries and mutations of the policy editor: translation only."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import strawberry
from strawberry import ID

from backend.actor import require_admin
from backend.business_time import ALWAYS
from backend.clock import now
from backend.errors import Refusal
from backend.graphql.context import Info, id_of
from backend.graphql.types.common import Problem
from backend.graphql.types.lifecycle import (
    ChangeOver,
    ChangeOverPage,
    Lifecycle,
    PolicyCheck,
    PolicyFault,
    PolicyFaults,
    PolicyTrial,
    PolicyWho,
    TrialAct,
    TrialEntry,
    get_lifecycle,
)
from backend.tenants.calendars import calendar_of
from backend.tenants.queries import get_department
from backend.tickets.lifecycle.change_over import begin_change_over, plan_change_over
from backend.tickets.lifecycle.change_over_pages import get_change_over
from backend.tickets.lifecycle.faults import Fault, PolicyFaulty, faults_of, read_policy
from backend.tickets.lifecycle.policy import stored_policy
from backend.tickets.lifecycle.trial import Act, try_policy
from backend.tickets.lifecycle.versions import MOST_DEFINITION, save_policy

MOST_ACTS = 100
LONGEST = timedelta(days=3660)

SavePolicyResult = Annotated[Lifecycle | PolicyFaults | Problem, strawberry.union("SavePolicyResult")]
ChangeOverResult = Annotated[ChangeOver | Problem, strawberry.union("ChangeOverResult")]


@strawberry.input(description="What somebody does in a trial, so many minutes after the ticket was opened.")
class TrialActInput:
    what: TrialAct
    after_minutes: int
    by: PolicyWho = PolicyWho.AGENT
    status: str | None = None
    minutes: int = 0


@strawberry.input(description="What a status becomes.")
class StatusFollowsInput:
    status: str
    to: str


@strawberry.type
class LifecycleQuery:
    @strawberry.field(description="The company's lifecycle with its versions; for admins.")
    async def lifecycle(self, info: Info) -> Lifecycle:
        return await get_lifecycle(info)

    @strawberry.field(description="What is wrong with a definition, and what leads where; for admins.")
    async def check_policy(self, info: Info, definition: str) -> PolicyCheck:
        require_admin(info.context.actor)
        language = info.context.actor.language
        try:
            policy = stored_policy(_sized(definition))
        except ValueError:
            return PolicyCheck.of(None, _faults(definition), language)
        faults = faults_of(policy)
        # What leads where is worth showing while there are faults, as long as every name means something.
        readable = all(each.code in ("dead_end", "unreached", "round_and_round") for each in faults)
        return PolicyCheck.of(policy if readable else None, faults, language)

    @strawberry.field(
        description="What would happen under a definition to a ticket opened at a moment (ISO 8601; now where none is "
        "given), by the hours of a department where one is named; for admins."
    )
    async def try_policy(
        self, info: Info, definition: str, acts: list[TrialActInput], days: int = 30, opened_at: str | None = None,
        department_id: ID | None = None,
    ) -> PolicyTrial:  # fmt: skip
        actor = info.context.actor
        require_admin(actor)
        try:
            policy = read_policy(_sized(definition))
        except PolicyFaulty as faulty:
            return PolicyTrial(faults=[PolicyFault.of(each, actor.language) for each in faulty.faults], entries=[])
        if len(acts) > MOST_ACTS:
            raise Refusal("too_many", "acts", most=MOST_ACTS)
        calendar = ALWAYS
        if department_id is not None:
            department = await get_department(id_of(department_id))
            calendar = await calendar_of(actor.tenant_id, department["id"])
        entries = try_policy(
            policy,
            [_act(each) for each in acts],
            opened_at=_moment(opened_at),
            until=timedelta(days=max(0, min(days, LONGEST.days))),
            calendar=calendar,
        )
        return PolicyTrial(faults=[], entries=[TrialEntry.of(each, policy) for each in entries])

    @strawberry.field(description="A change-over with its tickets; for admins.")
    async def change_over(self, info: Info, id: ID) -> ChangeOver | None:  # noqa: A002
        found = await get_change_over(info.context.actor, id_of(id))
        return ChangeOver.of(found) if found else None

    @strawberry.field(description="A page of the tickets of a change-over, in the order of their numbers; for admins.")
    async def change_over_tickets(self, info: Info, id: ID, first: int = 50, skip: int = 0) -> ChangeOverPage:  # noqa: A002
        return await ChangeOverPage.read(info, id_of(id), first, skip)


@strawberry.type
class LifecycleMutation:
    @strawberry.mutation(
        description="Save the next version of the lifecycle, which new tickets follow. `base` is the version that was edited."
    )
    async def save_policy(self, info: Info, base: ID, name: str, definition: str) -> SavePolicyResult:
        actor = info.context.actor
        require_admin(actor)
        try:
            await save_policy(actor, base=id_of(base), name=name, definition=definition)
        except PolicyFaulty as faulty:
            return PolicyFaults(faults=[PolicyFault.of(each, actor.language) for each in faulty.faults])
        return await get_lifecycle(info)

    @strawberry.mutation(
        description="Work out what would become of the open tickets that follow older versions. Nothing changes yet."
    )
    async def plan_change_over(self, info: Info, statuses: list[StatusFollowsInput]) -> ChangeOverResult:
        made = await plan_change_over(info.context.actor, {each.status: each.to for each in statuses})
        return await _change_over(info, ID(str(made)))

    @strawberry.mutation(description="Do what was planned; tickets that changed meanwhile are left alone.")
    async def begin_change_over(self, info: Info, id: ID) -> ChangeOverResult:  # noqa: A002
        await begin_change_over(info.context.actor, id_of(id))
        return await _change_over(info, id)


async def _change_over(info: Info, change_over_id: ID) -> ChangeOver:
    found = await get_change_over(info.context.actor, id_of(change_over_id))
    assert found is not None, "the verb has just seen it"
    return ChangeOver.of(found)


def _sized(definition: str) -> str:
    if len(definition) > MOST_DEFINITION:
        raise Refusal("too_long", "definition", most=MOST_DEFINITION)
    return definition


def _faults(definition: str) -> tuple[Fault, ...]:
    try:
        read_policy(definition)
    except PolicyFaulty as faulty:
        return faulty.faults
    return ()


def _act(given: TrialActInput) -> Act:
    after = timedelta(minutes=given.after_minutes)
    if not timedelta(0) <= after <= LONGEST:
        raise Refusal("bad_moment", "acts")
    return Act(what=given.what.value, after=after, by=given.by.value, status=given.status, minutes=given.minutes)


def _moment(text: str | None) -> datetime:
    if text is None:
        return now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal("bad_moment", "openedAt") from None
    if moment.tzinfo is None or not 2000 <= moment.year <= 2100:
        raise Refusal("bad_moment", "openedAt")
    return moment.astimezone(UTC)
