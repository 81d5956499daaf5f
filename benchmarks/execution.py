"""What GraphQL execution costs, without HTTP and database: `python -m benchmarks.execution`.

A page of 50 rows, each with three related objects, a status and an attestation, is executed by graphql-core and by the
compiled executor on the same objects and document, in turn; both must give the same. Times are of the processor, so
that other work on the machine does not count. The second page leaves one field
of each row to a resolver, the third is a timeline, whose nodes are a union.
"""

import asyncio
import statistics
import time
from datetime import UTC, datetime
from inspect import isawaitable
from typing import Any, cast

import strawberry
from graphql import DocumentNode, MiddlewareManager, parse
from graphql import execute as execute_document
from strawberry import ID, Schema
from strawberry.execution import optimized_is_awaitable

from backend.graphql.compiled.executor import compiled_executor
from backend.graphql.types.common import PageInfo
from backend.graphql.types.company import Person
from backend.graphql.types.enums import AuthorSide, Channel, Level, Meaning, MessageKind, Priority, ProofMethod
from backend.graphql.types.statuses import Status
from backend.graphql.types.timeline import (
    Attestation,
    HistoryEntry,
    MailState,
    Message,
    TimelineConnection,
    TimelineEdge,
)

ROWS = 50
ROUNDS = 200
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@strawberry.type
class Place:
    """A department or client as a row shows it."""

    id: ID
    name: str


@strawberry.type
class BenchRow:
    """A ticket as a row of the queue shows it."""

    id: ID
    number: int
    subject: str
    priority: Priority
    channel: Channel
    level: Level
    required_level: Level
    waiting_since: datetime | None
    last_activity_at: datetime
    status: Status
    department: Place
    requester: Person
    assignee: Person | None
    attestation: Attestation | None

    @strawberry.field
    async def sentence(self) -> str:
        return self.status.client_name


@strawberry.type
class RowEdge:
    node: BenchRow
    cursor: str


@strawberry.type
class RowConnection:
    edges: list[RowEdge]
    page_info: PageInfo


def person(number: int) -> Person:
    return Person(id=ID(f"person-{number}"), name="Mila de Groot", email="mila@example.net", side=AuthorSide.CLIENT)


def attestation(number: int) -> Attestation:
    return Attestation(
        id=ID(f"proof-{number}"),
        method=ProofMethod.CARD,
        level=Level.CARD,
        at=AT,
        address="198.51.100.7",
        by="Mila de Groot",
        recorded_by=None,
        expires_at=None,
        scope="ticket",
    )


def row(number: int) -> BenchRow:
    return BenchRow(
        id=ID(f"ticket-{number}"),
        number=number,
        subject="Transfer code for fernhill.example",
        priority=Priority.HIGH,
        channel=Channel.PORTAL,
        level=Level.CARD,
        required_level=Level.CARD,
        waiting_since=AT,
        last_activity_at=AT,
        status=Status(key="open", name="Open", client_name="We are on it", meaning=Meaning.OPEN),
        department=Place(id=ID("domains"), name="Domains"),
        requester=person(number),
        assignee=person(number + 1),
        attestation=attestation(number),
    )


def entry(number: int) -> TimelineEdge:
    node: Message | HistoryEntry
    if number % 3 == 0:
        node = HistoryEntry(
            id=ID(f"entry-{number}"),
            other_number=None,
            undo=None,
            at=AT,
            type="TicketAssigned",
            sentence="Taken",
            by=person(number),
        )
    else:
        node = Message(
            id=ID(f"message-{number}"),
            kind=MessageKind.MESSAGE,
            author=person(number),
            channel=Channel.EMAIL,
            body="Could you send me the transfer code? " * 10,
            at=AT,
            level=Level.CARD,
            attestation=attestation(number),
            thanks=False,
            mail=MailState(recipient="mila@example.net", state="sent", at=AT, reason=None),
            attachments=[],
        )
    return TimelineEdge(node=node, cursor=str(number))


INFO = PageInfo(has_next_page=True, has_previous_page=False, start_cursor="0", end_cursor="49")
PAGE = RowConnection(edges=[RowEdge(node=row(each), cursor=str(each)) for each in range(ROWS)], page_info=INFO)
TIMELINE = TimelineConnection(edges=[entry(each) for each in range(ROWS)], page_info=INFO)


@strawberry.type
class Query:
    @strawberry.field
    async def page(self) -> RowConnection:
        return PAGE

    @strawberry.field
    async def timeline(self) -> TimelineConnection:
        return TIMELINE


PERSON = "{ __typename id name email side }"
PROOF = "{ __typename id method level at by address expiresAt scope }"
ROW = f"""__typename id number subject priority channel level requiredLevel waitingSince lastActivityAt
    status {{ __typename key name clientName meaning }} department {{ __typename id name }}
    requester {PERSON} assignee {PERSON} attestation {PROOF}"""
REST = "pageInfo { __typename hasNextPage endCursor }"
DOCUMENTS = {
    "queue page": f"{{ page {{ __typename edges {{ __typename cursor node {{ {ROW} }} }} {REST} }} }}",
    "page, a resolver in each row": f"{{ page {{ __typename edges {{ cursor node {{ {ROW} sentence }} }} {REST} }} }}",
    "timeline": f"""{{ timeline {{ __typename edges {{ __typename cursor node {{ __typename
        ... on Message {{ id kind channel body at level author {PERSON} attestation {PROOF}
            mail {{ __typename recipient state at reason }} }}
        ... on HistoryEntry {{ id at type sentence by {{ __typename id name }} }} }} }} {REST} }} }}""",
}


async def execute(schema: Schema, document: DocumentNode) -> Any:
    """The result of execution alone: no parsing, no validation."""
    found = execute_document(
        schema._schema,
        document,
        executor_class=schema.execution_context_class,
        is_awaitable=cast("Any", optimized_is_awaitable),
        middleware=MiddlewareManager(),
        operation_extensions=None,
    )
    result = await found if isawaitable(found) else found
    if result.errors:
        raise result.errors[0]
    return result.data


async def measure(document: str) -> tuple[float, float, float]:
    """Milliseconds by graphql-core and compiled, and what compiling the document takes once."""
    parsed = parse(document)
    plain, compiled = Schema(Query), Schema(Query, execution_context_class=compiled_executor(documents=10))
    taken: dict[Schema, list[float]] = {plain: [], compiled: []}
    for _ in range(ROUNDS):
        results: list[Any] = []
        for schema, times in taken.items():
            begun = time.thread_time()
            results.append(await execute(schema, parsed))
            times.append(time.thread_time() - begun)
        if results[0] != results[1]:
            raise SystemExit("The two executions differ.")
    first = taken[compiled][0]
    usual, short = (statistics.median(times) * 1000 for times in taken.values())
    return usual, short, first * 1000 - short


async def main() -> None:
    for name, document in DOCUMENTS.items():
        usual, short, once = await measure(document)
        print(
            f"{name:30} graphql-core {usual:6.2f} ms   compiled {short:6.2f} ms   {usual / short:4.1f} x   once {once:5.2f} ms"
        )


if __name__ == "__main__":
    asyncio.run(main())
