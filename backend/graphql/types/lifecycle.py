"""The lifecycle as its admins see it: versions, what is wrong with a draft, what it would do, and moving tickets over."""

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Self
from uuid import UUID

import msgspec
import strawberry
from strawberry import ID

from backend.database import Row
from backend.graphql.context import Info
from backend.graphql.types.common import Node
from backend.tickets.change import get_policy
from backend.tickets.lifecycle import change_over_pages as pages
from backend.tickets.lifecycle.decide import Pending as PendingStep
from backend.tickets.lifecycle.faults import Fault
from backend.tickets.lifecycle.paths import arrows
from backend.tickets.lifecycle.policy import REMINDERS, Policy
from backend.tickets.lifecycle.presets import PRESETS
from backend.tickets.lifecycle.trial import Entry
from backend.tickets.lifecycle.versions import policy_versions
from backend.tickets.sentences import named


@strawberry.enum(description="Who takes a ticket from a status to another.")
class PolicyWho(enum.Enum):
    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"
    CLIENT = "client"
    TIMER = "timer"


@strawberry.enum(description="What somebody does in a trial.")
class TrialAct(enum.Enum):
    CLIENT_WROTE = "client_wrote"
    CLIENT_THANKED = "client_thanked"
    STAFF_WROTE = "staff_wrote"
    STATUS_SET = "status_set"
    KEPT_OPEN = "kept_open"
    CLOSED_NOW = "closed_now"
    SNOOZED = "snoozed"
    PAUSED = "paused"
    RESUMED = "resumed"


@strawberry.enum(description="What happens to a ticket in a trial: somebody does something, or a timer is due.")
class TrialWhat(enum.Enum):
    OPENED = "opened"
    CLIENT_WROTE = "client_wrote"
    CLIENT_THANKED = "client_thanked"
    STAFF_WROTE = "staff_wrote"
    STATUS_SET = "status_set"
    KEPT_OPEN = "kept_open"
    CLOSED_NOW = "closed_now"
    SNOOZED = "snoozed"
    PAUSED = "paused"
    RESUMED = "resumed"
    TIMER = "timer"


@strawberry.enum(description="What came of it: the ticket took a status, stayed, or the message went elsewhere.")
class TrialOutcome(enum.Enum):
    TOOK_STATUS = "took_status"
    STAYED = "stayed"
    FOLLOW_UP = "follow_up"
    REFUSED = "refused"
    NOT_OFFERED = "not_offered"


@strawberry.type(
    description="A version of the lifecycle. It never changes; `definition` is its JSON, see docs/lifecycle.md."
)
class PolicyVersion(Node):
    version: int
    name: str
    definition: str
    created_at: datetime
    created_by: str | None
    is_current: bool
    open_tickets: int

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(
            id=ID(str(row["id"])),
            version=row["version"],
            name=row["name"],
            definition=row["definition"],
            created_at=row["created_at"],
            created_by=row["created_by"],
            is_current=row["is_current"],
            open_tickets=row["open_tickets"],
        )


@strawberry.type(description="A lifecycle to start from.")
class PolicyPreset:
    key: str
    definition: str


@strawberry.type(description="Something to mend in a definition; `path` is where, as `timers.pending.1.after_hours`.")
class PolicyFault:
    path: str
    code: str
    message: str

    @classmethod
    def of(cls, fault: Fault, language: str) -> Self:
        return cls(path=fault.path, code=fault.code, message=fault.sentence(language))


@strawberry.type(description="All that is wrong with a definition; nothing of it was kept.")
class PolicyFaults:
    faults: list[PolicyFault]


@strawberry.type(description="A way from a status to another and who goes it; of the staff the least role that may.")
class PolicyArrow:
    source: str
    to: str
    by: list[PolicyWho]


@strawberry.type(description="What is wrong with a definition, and what leads where.")
class PolicyCheck:
    faults: list[PolicyFault]
    arrows: list[PolicyArrow]

    @classmethod
    def of(cls, policy: Policy | None, faults: Sequence[Fault], language: str) -> Self:
        return cls(
            faults=[PolicyFault.of(each, language) for each in faults],
            arrows=[
                PolicyArrow(source=each.source, to=each.to, by=[PolicyWho(who) for who in each.by])
                for each in (arrows(policy) if policy is not None else ())
            ],
        )


@strawberry.type(description="A step that is still to come. What is paused has no moment.")
class TrialPending:
    action: str
    due_at: datetime | None
    status: str | None
    tag: str | None


@strawberry.type(description="Something that happened in a trial, and what will happen by itself from there on.")
class TrialEntry:
    at: datetime
    what: TrialWhat
    outcome: TrialOutcome
    status: str
    reminder: str | None
    tag: str | None
    pending: list[TrialPending]

    @classmethod
    def of(cls, entry: Entry, policy: Policy) -> Self:
        return cls(
            at=entry.at,
            what=TrialWhat(entry.what),
            outcome=TrialOutcome(entry.outcome),
            status=entry.status,
            reminder=entry.reminder,
            tag=entry.tag,
            pending=[_pending(each, policy, entry.status) for each in entry.pending],
        )


@strawberry.type(description="What a definition would do; where something is wrong with it, that alone.")
class PolicyTrial:
    faults: list[PolicyFault]
    entries: list[TrialEntry]


@strawberry.type(description="A status of open tickets that follow an older version.")
class StatusToFollow:
    status: str
    name: str
    tickets: int


@strawberry.type(
    description="What becomes of a ticket in a change-over; `changed` where it stood otherwise by its turn."
)
class ChangeOverTicket:
    number: int
    subject: str
    status: str
    to_status: str
    closes_at: datetime | None
    to_closes_at: datetime | None
    done: bool
    changed: bool


@strawberry.type(description="A page of the tickets of a change-over.")
class ChangeOverPage:
    tickets: list[ChangeOverTicket]
    has_more: bool

    @classmethod
    async def read(cls, info: Info, change_over_id: UUID, first: int, skip: int) -> Self:
        size = max(1, min(first, pages.MOST_ON_A_PAGE))
        found = await pages.change_over_tickets(info.context.actor, change_over_id, first=size, skip=max(0, skip))
        return cls(
            tickets=[
                ChangeOverTicket(
                    number=each["number"], subject=each["subject"], status=each["status"], to_status=each["to_status"],
                    closes_at=each["closes_at"], to_closes_at=each["to_closes_at"], done=each["outcome"] == "done",
                    changed=each["outcome"] == "changed",
                )
                for each in found[:size]
            ],
            has_more=len(found) > size,
        )  # fmt: skip


@strawberry.type(description="Open tickets that take the current version: planned, then done as shown.")
class ChangeOver(Node):
    version: int
    planned_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    by: str
    tickets: int
    done: int
    changed: int
    closing: int = strawberry.field(description="How many end by themselves on another day than before.")
    closing_from: datetime | None
    closing_to: datetime | None
    no_longer: int = strawberry.field(description="How many no longer end by themselves.")
    newly: int = strawberry.field(description="How many end by themselves and did not before.")
    restatused: int = strawberry.field(description="How many get another status.")

    @classmethod
    def of(cls, state: pages.ChangeOverState) -> Self:
        return cls(
            id=ID(str(state.id)), version=state.version, planned_at=state.planned_at, began_at=state.began_at,
            ended_at=state.ended_at, by=state.by, tickets=state.tickets, done=state.done, changed=state.changed,
            closing=state.closing, closing_from=state.closing_from, closing_to=state.closing_to,
            no_longer=state.no_longer, newly=state.newly, restatused=state.restatused,
        )  # fmt: skip


@strawberry.type(description="The company's lifecycle: for admins.")
class Lifecycle:
    versions: list[PolicyVersion] = strawberry.field(description="The newest first; the first is the current one.")
    reminders: list[str] = strawberry.field(description="The mails that a step may remind with.")

    @strawberry.field(description="Lifecycles to start from.")
    def presets(self) -> list[PolicyPreset]:
        return [PolicyPreset(key=key, definition=msgspec.json.encode(each).decode()) for key, each in PRESETS.items()]

    @strawberry.field(description="The latest change-over, planned or done.")
    async def change_over(self, info: Info) -> ChangeOver | None:
        found = await pages.get_change_over(info.context.actor)
        return ChangeOver.of(found) if found else None

    @strawberry.field(description="The statuses in which open tickets follow an older version.")
    async def statuses_to_follow(self, info: Info) -> list[StatusToFollow]:
        actor = info.context.actor
        found: dict[str, StatusToFollow] = {}
        for each in await pages.statuses_to_map(actor):
            status = (await get_policy(actor.tenant_id, each["policy_id"])).status(each["status"])
            name = named(status.names, actor.language) if status else each["status"]
            before = found.get(each["status"])
            tickets = each["tickets"] + (before.tickets if before else 0)
            found[each["status"]] = StatusToFollow(status=each["status"], name=name, tickets=tickets)
        return list(found.values())


async def get_lifecycle(info: Info) -> Lifecycle:
    """The lifecycle of the bound tenant. Raises: Refusal unless the reader is an admin."""
    found = await policy_versions(info.context.actor)
    return Lifecycle(versions=[PolicyVersion.of(each) for each in found], reminders=list(REMINDERS))


def _pending(step: PendingStep, policy: Policy, status: str) -> TrialPending:
    ladder = policy.timers.get(status, ())
    of = ladder[step.step] if step.step < len(ladder) else None
    return TrialPending(
        action=step.action, due_at=step.due_at, status=of.status if of else None, tag=of.tag if of else None
    )
