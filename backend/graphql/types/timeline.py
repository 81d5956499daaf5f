"""A ticket's timeline: messages, notes and history, as plain values made from one row each."""

from datetime import datetime
from typing import Annotated, Self

import msgspec
import strawberry
from strawberry import ID

from backend.database import Row
from backend.graphql.context import Info
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
)
from backend.tickets.lifecycle.policy import Policy
from backend.tickets.names import names_in_history
from backend.tickets.pages import Page
from backend.tickets.sentences import history_sentence


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
    edges = []
    for row, cursor in zip(page.rows, page.cursors, strict=True):
        node: Message | HistoryEntry
        if row["entry"] == "history":
            sentence = history_sentence(
                row["type"], data[row["id"]], language=language, policy=policy, names=names, for_staff=staff
            )
            by = None
            if row["author_id"]:
                known = is_shared or row["author_id"] == actor.account_id
                by = _author(row, row["side"] == "member", staff, is_shared=known)
            node = HistoryEntry(id=ID(str(row["id"])), at=row["at"], type=row["type"], sentence=sentence, by=by)
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
    )


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
