"""Tickets as plain values made from one row each; what costs a statement is a resolver."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry
from strawberry import ID

from backend.actor import Actor
from backend.clients.queries import role_of
from backend.clock import now
from backend.database import Row
from backend.graphql.context import Info
from backend.graphql.types.abilities import TicketAbilities, abilities_of
from backend.graphql.types.asking import ProofAsked
from backend.graphql.types.clients import Client
from backend.graphql.types.common import Node
from backend.graphql.types.company import Department, Kind, Person
from backend.graphql.types.enums import (
    CATEGORIES,
    CHANNELS,
    LEVELS,
    PRIORITIES,
    AuthorSide,
    Category,
    Channel,
    ContactRole,
    Level,
    Meaning,
    Priority,
)
from backend.graphql.types.held import Copy, HeldMail
from backend.graphql.types.promises import Clock
from backend.graphql.types.queue import ProgressStepType, QueuePlace
from backend.graphql.types.routing import AssignmentType, Project
from backend.graphql.types.secrets import SecretType
from backend.graphql.types.statuses import Status
from backend.graphql.types.timeline import Attestation, MailState, TimelineConnection, mail_state, timeline_of
from backend.graphql.types.waiting import WaitingReply
from backend.mailboxes.incoming.copies import copies_of
from backend.mailboxes.incoming.held import held_mails
from backend.mailboxes.outgoing.queries import receipt_of
from backend.tenants.calendars import calendar_of_version
from backend.tickets import queries
from backend.tickets.change import belongs, get_policy
from backend.tickets.lifecycle.policy import Policy
from backend.tickets.lifecycle.progress import Known, progress
from backend.tickets.moves.sentences import GOES_ON
from backend.tickets.priorities import PRIORITY
from backend.tickets.promises.clocks import Clocks, read_clocks
from backend.tickets.promises.words import promise_of
from backend.tickets.sentences import named, status_sentence
from backend.tickets.timeline import timeline


@strawberry.type(description="What will happen to a ticket by itself: `remind`, `tag` or `set_status`.")
class Timer:
    id: ID
    action: str
    due_at: datetime | None = strawberry.field(description="When; null while it is paused.")


@strawberry.type(description="A request, with its place in the queue and what was proved about it.")
class Ticket(Node):
    number: int
    subject: str
    department: Department
    kind: Kind | None
    client: Client | None
    requester: Person
    assignee: Person | None
    status: Status
    priority: Priority
    channel: Channel
    level: Level
    attestation: Attestation | None
    required_level: Level
    tags: list[str]
    opened_at: datetime
    waiting_since: datetime | None
    last_activity_at: datetime
    solved_at: datetime | None
    closed_at: datetime | None
    first_responded_at: datetime | None
    breach_at: datetime | None = strawberry.field(
        description="When the first promise that is in danger, or was missed, is due; for staff, null for others."
    )
    clocks: list[Clock] = strawberry.field(description="How far what was promised has run; for staff, none for others.")
    satisfied_at: datetime | None = strawberry.field(description="Since when the client's side says that all is fine.")
    category: Category
    project_id: strawberry.Private[UUID | None]
    policy: strawberry.Private[Policy]
    follow_up_of_id: strawberry.Private[UUID | None]
    split_from_id: strawberry.Private[UUID | None]
    merged_into_id: strawberry.Private[UUID | None]
    is_shared: strawberry.Private[bool]
    promised: strawberry.Private[Clocks]

    @strawberry.field(description="What is promised to the client from now on, in words; null where nothing is.")
    async def promise(self, info: Info) -> str | None:
        if not self.promised.clocks:
            return None
        terms = await info.context.terms.load(UUID(self.department.id))
        actor = info.context.actor
        calendar = await calendar_of_version(actor.tenant_id, terms)
        return promise_of(self.promised, calendar, language=actor.language, at=now())

    @strawberry.field(description="The status in a client's words, with what comes next.")
    async def status_sentence(self, info: Info) -> str:
        status = self.policy.status(self.status.key)
        if self.merged_into_id is not None:
            number = await queries.number_going_on(UUID(self.id))
            return named(GOES_ON, info.context.actor.language).format(number=number)
        if status is None:
            return self.status.client_name
        pending = await info.context.timers.load(UUID(self.id))
        closes_at = next((each["due_at"] for each in pending if each["action"] == "set_status"), None)
        company = await info.context.company.load(0)
        return status_sentence(
            status, closes_at, language=info.context.actor.language, time_zone=company.time_zone, at=now()
        )

    @strawberry.field(description="The place in the queue; null where the client does not wait for an answer.")
    async def place(self, info: Info) -> QueuePlace | None:
        if self.waiting_since is None or self.status.meaning not in (Meaning.NEW, Meaning.OPEN):
            return None
        found = await info.context.places.load(UUID(self.id))
        if found is None:
            return None
        company = await info.context.company.load(0)
        return QueuePlace.of(found, language=info.context.actor.language, time_zone=company.time_zone)

    @strawberry.field(description="How far the request is, as a line from received to closed.")
    async def progress(self, info: Info) -> list[ProgressStepType]:
        steps = await info.context.last_steps.load(UUID(self.id))
        looked_at = [each for each in (self.first_responded_at, steps and steps["taken_at"]) if each]
        known = Known(
            meaning=self.status.meaning.value,
            opened_at=self.opened_at,
            looked_at=min(looked_at, default=None),
            asked_at=steps["asked_at"] if steps else None,
            held_at=steps["held_at"] if steps else None,
            solved_at=self.solved_at,
            closed_at=self.closed_at,
        )
        return [ProgressStepType.of(each, info.context.actor.language) for each in progress(self.policy, known)]

    @strawberry.field(description="What the requester may do for the client; null for who is no contact of it.")
    async def requester_role(self) -> ContactRole | None:
        if self.client is None:
            return None
        found = await role_of(UUID(self.client.id), UUID(self.requester.id))
        return None if found is None else ContactRole(found)

    @strawberry.field(description="What will happen by itself, soonest first.")
    async def timers(self, info: Info) -> list[Timer]:
        pending = await info.context.timers.load(UUID(self.id))
        return [Timer(id=ID(str(each["id"])), action=each["action"], due_at=each["due_at"]) for each in pending]

    @strawberry.field(description="The closed ticket that this one goes on from.")
    async def follow_up_of(self, info: Info) -> "Ticket | None":
        if self.follow_up_of_id is None:
            return None
        found = await queries.tickets_of_ids(info.context.actor, [self.follow_up_of_id])
        return next(iter(await tickets_of(info, list(found.values()))), None)

    @strawberry.field(description="The tickets that go on from this one.")
    async def follow_ups(self, info: Info) -> "list[Ticket]":
        return await tickets_of(info, await queries.follow_ups(info.context.actor, UUID(self.id)))

    @strawberry.field(
        description="Where this ticket goes on, since it was merged; null where that is not the reader's to see."
    )
    async def goes_on_in(self, info: Info) -> "Ticket | None":
        if self.merged_into_id is None:
            return None
        found = await queries.goes_on_in(info.context.actor, UUID(self.id))
        return next(iter(await tickets_of(info, [found])), None) if found else None

    @strawberry.field(description="The ticket from which this one was split off.")
    async def split_from(self, info: Info) -> "Ticket | None":
        if self.split_from_id is None or self.split_from_id == self.merged_into_id:
            return None
        found = await queries.tickets_of_ids(info.context.actor, [self.split_from_id])
        return next(iter(await tickets_of(info, list(found.values()))), None)

    @strawberry.field(description="The tickets that were split off from this one.")
    async def split_off(self, info: Info) -> "list[Ticket]":
        return await tickets_of(info, await queries.split_off(info.context.actor, UUID(self.id)))

    @strawberry.field(description="The tickets that were merged into this one.")
    async def merged_here(self, info: Info) -> "list[Ticket]":
        return await tickets_of(info, await queries.merged_here(info.context.actor, UUID(self.id)))

    @strawberry.field(description="Messages, notes (staff alone) and history, oldest first.")
    async def timeline(self, info: Info, first: int = 100, after: str | None = None) -> TimelineConnection:
        page = await timeline(info.context.actor, UUID(self.id), first=first, after=after)
        return await timeline_of(info, self.policy, page, after, is_shared=self.is_shared)

    @strawberry.field(description="How the receipt of this ticket fares.")
    async def receipt(self, info: Info) -> MailState | None:
        found = await receipt_of(UUID(self.id))
        return mail_state(found) if found else None

    @strawberry.field(
        description="Mails of strangers that name this ticket and wait for a decision; for staff, none for others."
    )
    async def held_mails(self, info: Info) -> list[HeldMail]:
        return [HeldMail.of(each) for each in await held_mails(info.context.actor, [UUID(self.id)])]

    @strawberry.field(description="Who gets copies of the answers; for staff, none for others.")
    async def copies(self, info: Info) -> list[Copy]:
        return [Copy.of(each) for each in await copies_of(info.context.actor, [UUID(self.id)])]

    @strawberry.field(
        description="Answers of the staff that have not left yet, soonest first; for staff, none for others."
    )
    async def replies_waiting(self, info: Info) -> list[WaitingReply]:
        actor = info.context.actor
        found = await info.context.replies_waiting.load(UUID(self.id)) if actor.is_staff else []
        return [WaitingReply.of(each, self.policy, actor) for each in found]

    @strawberry.field(description="When the client's side was last asked for proof; for staff.")
    async def proof_asked(self, info: Info) -> ProofAsked | None:
        found = await info.context.proof_asked.load(UUID(self.id)) if info.context.actor.is_staff else None
        return ProofAsked.of(found) if found else None

    @strawberry.field(description="The project that it belongs to.")
    async def project(self, info: Info) -> Project | None:
        if self.project_id is None or not self.is_shared:
            return None
        return Project.of(await info.context.projects.load(self.project_id), info.context.actor)

    @strawberry.field(description="How it came to whom it is with; for staff, null where it is with nobody.")
    async def assignment(self, info: Info) -> AssignmentType | None:
        found = await info.context.assignments.load(UUID(self.id)) if info.context.actor.is_staff else None
        return AssignmentType.of(found, info.context.actor.language) if found else None

    @strawberry.field(description="The secrets of this ticket, in order: what they are, never what they say.")
    async def secrets(self, info: Info) -> list[SecretType]:
        found = await info.context.secrets.load(UUID(self.id))
        actor = info.context.actor
        opens = False
        if found and actor.kind == "member" and actor.is_staff and actor.account_id is not None:
            leads = actor.role in ("lead", "admin", "owner")
            opens = leads or UUID(self.department.id) in await info.context.own_departments.load(0)
        return [SecretType.of(each, info, opens_clients=opens, is_shared=self.is_shared) for each in found]

    @strawberry.field(description="What the reader may do with the ticket now.")
    async def abilities(self, info: Info) -> TicketAbilities:
        return await abilities_of(info, self)


async def ticket_of_number(info: Info, number: int) -> Ticket:
    """The ticket that a verb has just seen, read anew."""
    info.context.fresh()
    found = await queries.get_ticket(info.context.actor, number)
    assert found is not None, "the verb has just seen this ticket"
    return (await tickets_of(info, [found]))[0]


async def tickets_of(info: Info, rows: Sequence[Row]) -> list[Ticket]:
    """The rows of a page as tickets. Objects that several rows share are made once."""
    actor = info.context.actor
    departments: dict[UUID, Department] = {}
    statuses: dict[tuple[UUID, str], Status] = {}
    found = []
    for row in rows:
        policy = await get_policy(actor.tenant_id, row["policy_id"])
        if (department := departments.get(row["department_id"])) is None:
            department = departments[row["department_id"]] = Department.of(row, "department_")
        status_key = (row["policy_id"], row["status"])
        if (status := statuses.get(status_key)) is None:
            known = policy.status(row["status"]) or policy.statuses[0]
            status = statuses[status_key] = Status.of(known, actor.language)
        found.append(_ticket(row, department, status, policy, actor))
    return found


def _ticket(row: Row, department: Department, status: Status, policy: Policy, actor: Actor) -> Ticket:
    # Whoever asked in the name of a client, or was a contact of it once, sees the request and nothing of the client.
    staff, shared = actor.is_staff, belongs(actor, row["client_id"])
    promised = read_clocks(row["clocks"])
    return Ticket(
        id=ID(str(row["id"])),
        number=row["number"],
        subject=row["subject"],
        department=department,
        kind=Kind.of(row, "kind_") if row["kind_id"] else None,
        client=Client.of(row, "client_") if row["client_id"] and shared else None,
        requester=Person(
            id=ID(str(row["requester_id"])),
            name=row["requester_name"],
            email=row["requester_email"],
            # A mail may claim any sender: whoever asks by mail stands on the client's side.
            side=AuthorSide.STAFF
            if row["requester_kind"] == "member" and row["channel"] != "email"
            else AuthorSide.CLIENT,
        ),
        assignee=Person(
            id=ID(str(row["assignee_id"])),
            name=row["assignee_name"],
            email=row["assignee_email"] if staff else None,
            side=AuthorSide.STAFF,
        )
        if row["assignee_id"]
        else None,
        status=status,
        priority=PRIORITIES[PRIORITY[row["urgency"]]],
        channel=CHANNELS[row["channel"]],
        level=LEVELS[row["level"]],
        attestation=Attestation.of(row) if shared else None,
        required_level=LEVELS[row["required_level"]],
        tags=list(row["tags"]),
        opened_at=row["opened_at"],
        waiting_since=row["waiting_since"],
        last_activity_at=row["last_activity_at"],
        solved_at=row["solved_at"],
        closed_at=row["closed_at"],
        satisfied_at=row["satisfied_at"],
        first_responded_at=row["first_responded_at"],
        breach_at=row["breach_at"] if staff else None,
        clocks=[Clock.of(each) for each in promised.clocks] if staff else [],
        promised=promised,
        category=CATEGORIES[row["category"]],
        project_id=row["project_id"],
        policy=policy,
        follow_up_of_id=row["follow_up_of"],
        split_from_id=row["split_from"],
        merged_into_id=row["merged_into"],
        is_shared=shared,
    )
