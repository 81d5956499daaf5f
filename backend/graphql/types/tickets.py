"""Tickets with their timeline, as plain values made from one row each; what costs a statement is a resolver."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import msgspec
import strawberry
from strawberry import ID

from backend.clock import now
from backend.database import Row
from backend.graphql.context import Info
from backend.graphql.types.clients import Client
from backend.graphql.types.common import Node, PageInfo, page_info
from backend.graphql.types.company import Department, Kind, Person
from backend.graphql.types.enums import (
    CHANNELS,
    LEVELS,
    MEANINGS,
    METHODS,
    PRIORITIES,
    AuthorSide,
    Channel,
    Level,
    Meaning,
    MessageKind,
    Priority,
    ProofMethod,
)
from backend.mailboxes.queries import receipt_of
from backend.tickets import queries
from backend.tickets.abilities import abilities
from backend.tickets.change import get_policy
from backend.tickets.lifecycle import Policy
from backend.tickets.lifecycle import Status as PolicyStatus
from backend.tickets.names import names_in_history
from backend.tickets.pages import Page
from backend.tickets.priorities import PRIORITY
from backend.tickets.sentences import history_sentence, named, status_sentence
from backend.tickets.timeline import timeline


@strawberry.type(description="A status of the company's lifecycle, with its names in the reader's language.")
class Status:
    key: str
    name: str
    client_name: str
    meaning: Meaning

    @classmethod
    def of(cls, status: PolicyStatus, language: str) -> Self:
        return cls(
            key=status.key,
            name=named(status.names, language),
            client_name=named(status.client_names, language),
            meaning=MEANINGS[status.meaning],
        )


@strawberry.type(description="A proof that was given: how, when, from where, and what it covers.")
class Attestation:
    id: ID
    method: ProofMethod
    level: Level
    at: datetime
    address: str
    by: str
    expires_at: datetime | None
    scope: str

    @classmethod
    def of(cls, row: Row) -> Self | None:
        if row["attestation_id"] is None:
            return None
        return cls(
            id=ID(str(row["attestation_id"])),
            method=METHODS[row["proof_method"]],
            level=LEVELS[row["proof_level"]],
            at=row["proof_at"],
            address=row["proof_address"],
            by=row["proof_by"],
            expires_at=row["proof_expires_at"],
            scope=row["proof_scope"],
        )


@strawberry.type(description="What will happen to a ticket by itself: `remind` or `set_status`.")
class Timer:
    id: ID
    action: str
    due_at: datetime


@strawberry.type(description="How a mail fares: queued, sent or refused, with the server's words.")
class MailState:
    recipient: str
    state: str
    at: datetime
    reason: str | None


@strawberry.type(description="What the reader may do with the ticket now.")
class TicketAbilities:
    reply: bool
    note: bool
    assign: bool
    transfer: bool
    set_status: bool
    see_internal: bool
    statuses: list[Status]
    reply_statuses: list[Status]


@strawberry.type(description="A public message, or a note that staff alone see. The body is plain text.")
class Message(Node):
    kind: MessageKind
    author: Person
    channel: Channel
    body: str
    at: datetime
    level: Level
    attestation: Attestation | None
    mail: MailState | None


@strawberry.type(description="A piece of the ticket's history, as a sentence in the reader's language.")
class HistoryEntry(Node):
    at: datetime
    type: str
    sentence: str
    by: Person | None


TimelineItem = Annotated[Message | HistoryEntry, strawberry.union("TimelineItem")]


@strawberry.type
class TimelineEdge:
    node: TimelineItem
    cursor: str


@strawberry.type(description="Messages, notes and history, oldest first.")
class TimelineConnection:
    edges: list[TimelineEdge]
    page_info: PageInfo


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
    policy: strawberry.Private[Policy]
    follow_up_of_id: strawberry.Private[UUID | None]

    @strawberry.field(description="The status in a client's words, with what comes next.")
    async def status_sentence(self, info: Info) -> str:
        status = self.policy.status(self.status.key)
        if status is None:
            return self.status.client_name
        pending = await info.context.timers.load(UUID(self.id))
        closes_at = next((each["due_at"] for each in pending if each["action"] == "set_status"), None)
        company = await info.context.company.load(0)
        return status_sentence(
            status, closes_at, language=info.context.actor.language, time_zone=company.time_zone, at=now()
        )

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

    @strawberry.field(description="Messages, notes (staff alone) and history, oldest first.")
    async def timeline(self, info: Info, first: int = 100, after: str | None = None) -> TimelineConnection:
        page = await timeline(info.context.actor, UUID(self.id), first=first, after=after)
        return await timeline_of(info, self.policy, page, after)

    @strawberry.field(description="How the receipt of this ticket fares.")
    async def receipt(self, info: Info) -> MailState | None:
        found = await receipt_of(UUID(self.id))
        return mail_state(found) if found else None

    @strawberry.field(description="What the reader may do with the ticket now.")
    def abilities(self, info: Info) -> TicketAbilities:
        language = info.context.actor.language
        found = abilities(info.context.actor, self.policy, self.status.key)
        return TicketAbilities(
            reply=found.reply,
            note=found.note,
            assign=found.assign,
            transfer=found.transfer,
            set_status=found.set_status,
            see_internal=found.see_internal,
            statuses=[Status.of(each, language) for each in found.statuses],
            reply_statuses=[Status.of(each, language) for each in found.reply_statuses],
        )


@strawberry.type
class TicketEdge:
    node: Ticket
    cursor: str


@strawberry.type(description="A page of tickets.")
class TicketConnection:
    edges: list[TicketEdge]
    page_info: PageInfo


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
        found.append(_ticket(row, department, status, policy, actor.is_staff))
    return found


def _ticket(row: Row, department: Department, status: Status, policy: Policy, staff: bool) -> Ticket:
    return Ticket(
        id=ID(str(row["id"])),
        number=row["number"],
        subject=row["subject"],
        department=department,
        kind=Kind.of(row, "kind_") if row["kind_id"] else None,
        client=Client.of(row, "client_") if row["client_id"] else None,
        requester=Person(
            id=ID(str(row["requester_id"])),
            name=row["requester_name"],
            email=row["requester_email"],
            side=AuthorSide.STAFF if row["requester_kind"] == "member" else AuthorSide.CLIENT,
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
        attestation=Attestation.of(row),
        required_level=LEVELS[row["required_level"]],
        tags=list(row["tags"]),
        opened_at=row["opened_at"],
        waiting_since=row["waiting_since"],
        last_activity_at=row["last_activity_at"],
        solved_at=row["solved_at"],
        closed_at=row["closed_at"],
        first_responded_at=row["first_responded_at"],
        policy=policy,
        follow_up_of_id=row["follow_up_of"],
    )


async def connection_of(info: Info, page: Page, after: str | None) -> TicketConnection:
    """A page of rows as a connection."""
    found = await tickets_of(info, page.rows)
    return TicketConnection(
        edges=[TicketEdge(node=node, cursor=cursor) for node, cursor in zip(found, page.cursors, strict=True)],
        page_info=page_info(list(page.cursors), more=page.more, after=after),
    )


async def timeline_of(info: Info, policy: Policy, page: Page, after: str | None) -> TimelineConnection:
    """A page of a timeline as a connection, the history told in sentences."""
    staff, language = info.context.actor.is_staff, info.context.actor.language
    data = {row["id"]: msgspec.json.decode(row["data"]) for row in page.rows if row["data"] is not None}
    names = await names_in_history(data.values()) if data else {}
    edges = []
    for row, cursor in zip(page.rows, page.cursors, strict=True):
        node: Message | HistoryEntry
        if row["entry"] == "history":
            sentence = history_sentence(
                row["type"], data[row["id"]], language=language, policy=policy, names=names, for_staff=staff
            )
            by = _author(row, row["side"] == "member", staff) if row["author_id"] else None
            node = HistoryEntry(id=ID(str(row["id"])), at=row["at"], type=row["type"], sentence=sentence, by=by)
        else:
            node = message_of(row, staff)
        edges.append(TimelineEdge(node=node, cursor=cursor))
    return TimelineConnection(edges=edges, page_info=page_info(list(page.cursors), more=page.more, after=after))


def message_of(row: Row, staff: bool) -> Message:
    """A row of the timeline as a message."""
    return Message(
        id=ID(str(row["id"])),
        kind=MessageKind.NOTE if row["entry"] == "note" else MessageKind.MESSAGE,
        author=_author(row, row["side"] == "staff", staff),
        channel=CHANNELS[row["channel"]],
        body=row["body"],
        at=row["at"],
        level=LEVELS[row["level"]],
        attestation=Attestation.of(row),
        mail=MailState(
            recipient=row["mail_recipient"], state=row["mail_state"], at=row["mail_at"], reason=row["mail_reason"]
        )
        if row["mail_recipient"]
        else None,
    )


def mail_state(row: Row) -> MailState:
    """How a mail fares."""
    return MailState(recipient=row["recipient"], state=row["state"], at=row["at"], reason=row["last_error"])


def _author(row: Row, of_staff: bool, reader_is_staff: bool) -> Person:
    return Person(
        id=ID(str(row["author_id"])),
        name=row["author_name"],
        email=None if of_staff and not reader_is_staff else row["author_email"],
        side=AuthorSide.STAFF if of_staff else AuthorSide.CLIENT,
    )
