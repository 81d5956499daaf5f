"""A ticket's timeline: messages, notes and history, as plain values made from one row each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

import msgspec
import strawberry
from strawberry import ID

from backend.database import Row
from backend.graphql.context import Info
from backend.graphql.types.attachments import Attachment, attachments_of
from backend.graphql.types.common import Node, PageInfo, page_info
from backend.graphql.types.company import Person
from backend.graphql.types.enums import (
    CHANNELS,
    LEVELS,
    METHODS,
    AuthorSide,
    Channel,
    Level,
    MessageKind,
    ProofMethod,
    UndoKind,
)
from backend.tickets.lifecycle.policy import Policy
from backend.tickets.moves.sentences import other_number
from backend.tickets.names import names_in_history
from backend.tickets.pages import Page
from backend.tickets.queries import moves_to_undo
from backend.tickets.sentences import history_sentence
from backend.tickets.timers.words import OF_PROMISES, OF_TIMERS


@strawberry.type(
    description="A proof that was given: how, when, from where, and what it covers. Name and address are empty where the person was erased."
)
class Attestation:
    id: ID
    method: ProofMethod
    level: Level
    at: datetime
    address: str
    by: str
    recorded_by: str | None = strawberry.field(description="Who on the staff recorded a proof that was given by voice.")
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
            recorded_by=row["proof_recorded_by"],
            expires_at=row["proof_expires_at"],
            scope=row["proof_scope"],
        )


@strawberry.type(description="How a mail fares: queued, sent or refused, with the server's words.")
class MailState:
    recipient: str
    state: str
    at: datetime
    reason: str | None


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
    attachments: list[Attachment]
    thanks: bool = strawberry.field(
        description="Whether it was taken as mere thanks: it changed nothing and told nobody."
    )


@strawberry.type(description="The split or merge that can be undone: `number` is what the mutation takes.")
class Undo:
    kind: UndoKind
    number: int


@strawberry.type(description="A piece of the ticket's history, as a sentence in the reader's language.")
class HistoryEntry(Node):
    at: datetime
    type: str
    sentence: str
    by: Person | None
    other_number: int | None = strawberry.field(
        description="The other ticket that it speaks of, after a split or merge."
    )
    undo: Undo | None = strawberry.field(description="How staff take it back; null where it stands no longer.")


TimelineItem = Annotated[Message | HistoryEntry, strawberry.union("TimelineItem")]


@strawberry.type
class TimelineEdge:
    node: TimelineItem
    cursor: str


@strawberry.type(description="Messages, notes and history, oldest first.")
class TimelineConnection:
    edges: list[TimelineEdge]
    page_info: PageInfo


async def timeline_of(
    info: Info, policy: Policy, page: Page, after: str | None, *, is_shared: bool = True
) -> TimelineConnection:
    """A page of a timeline as a connection, the history told in sentences.

    Where it is not `is_shared`, the reader is not of the ticket's client and sees addresses and proofs of nobody else.
    """
    actor = info.context.actor
    staff, language = actor.is_staff, actor.language
    data = {row["id"]: msgspec.json.decode(row["data"]) for row in page.rows if row["data"] is not None}
    names = await names_in_history(data.values()) if data else {}
    standing = await _standing(data.values()) if staff else frozenset[str]()
    zone = "UTC"
    if any(row["type"] in (*OF_TIMERS, *OF_PROMISES) for row in page.rows):
        zone = (await info.context.company.load(0)).time_zone
    edges = []
    for row, cursor in zip(page.rows, page.cursors, strict=True):
        node: Message | HistoryEntry
        if row["entry"] == "history":
            sentence = history_sentence(
                row["type"], data[row["id"]], language=language, policy=policy, names=names, for_staff=staff,
                time_zone=zone,
            )  # fmt: skip
            by = None
            if row["author_id"]:
                known = is_shared or row["author_id"] == actor.account_id
                by = _author(row, row["side"] == "member", staff, is_shared=known)
            told = data[row["id"]]
            node = HistoryEntry(
                id=ID(str(row["id"])),
                at=row["at"],
                type=row["type"],
                sentence=sentence,
                by=by,
                other_number=other_number(row["type"], told),
                undo=_undo(row["type"], told) if told.get("move_id") in standing else None,
            )
        else:
            node = message_of(row, staff, is_shared=is_shared or row["author_id"] == actor.account_id)
        edges.append(TimelineEdge(node=node, cursor=cursor))
    return TimelineConnection(edges=edges, page_info=page_info(list(page.cursors), more=page.more, after=after))


def message_of(row: Row, staff: bool, *, is_shared: bool = True) -> Message:
    """A row of the timeline as a message; the proof of its author only where that `is_shared` with the reader."""
    return Message(
        id=ID(str(row["id"])),
        kind=MessageKind.NOTE if row["entry"] == "note" else MessageKind.MESSAGE,
        author=_author(row, row["side"] == "staff", staff, is_shared=is_shared),
        channel=CHANNELS[row["channel"]],
        body=row["body"],
        at=row["at"],
        level=LEVELS[row["level"]],
        attestation=Attestation.of(row) if is_shared else None,
        mail=MailState(
            recipient=row["mail_recipient"], state=row["mail_state"], at=row["mail_at"], reason=row["mail_reason"]
        )
        if row["mail_recipient"] and is_shared
        else None,
        thanks=row["thanks"],
        attachments=attachments_of(row["attachments"]),
    )


async def _standing(history: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The moves of a page of history that have not been undone."""
    ids = [UUID(each["move_id"]) for each in history if each.get("move_id")]
    return frozenset(map(str, await moves_to_undo(ids))) if ids else frozenset()


def _undo(type_: str, data: Mapping[str, Any]) -> Undo:
    if type_ == "TicketSplit":
        return Undo(kind=UndoKind.SPLIT, number=data["to_number"])
    return Undo(kind=UndoKind.MERGE, number=data["from_number"])


def mail_state(row: Row) -> MailState:
    """How a mail fares."""
    return MailState(recipient=row["recipient"], state=row["state"], at=row["at"], reason=row["last_error"])


def _author(row: Row, of_staff: bool, reader_is_staff: bool, *, is_shared: bool) -> Person:
    return Person(
        id=ID(str(row["author_id"])),
        name=row["author_name"],
        email=None if (of_staff and not reader_is_staff) or not is_shared else row["author_email"],
        side=AuthorSide.STAFF if of_staff else AuthorSide.CLIENT,
    )
