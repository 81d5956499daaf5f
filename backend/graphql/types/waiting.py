"""Answers of the staff that have not left yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

import strawberry
from strawberry import ID

from backend.actor import Actor
from backend.database import Row
from backend.graphql.types.common import Node
from backend.graphql.types.company import Person
from backend.graphql.types.enums import AuthorSide
from backend.graphql.types.statuses import Status
from backend.tickets.lifecycle.policy import Policy
from backend.tickets.waiting.kept import Draft
from backend.tickets.waiting.words import stopped_words


@strawberry.type(
    description="An answer of the staff that has not left: it leaves by itself at `leavesAt`, or was stopped and waits for its author."
)
class WaitingReply(Node):
    author: Person
    body: str
    status: Status | None
    leaves_at: datetime
    wait_seconds: int = strawberry.field(description="How long it waits in all, by the company's clock.")
    stopped: str | None = strawberry.field(description="Why it did not leave, as a code; null while it waits.")
    stopped_words: str | None
    mine: bool = strawberry.field(description="Whether the reader may take it back or let it leave.")

    @classmethod
    def of(cls, found: Row, policy: Policy, actor: Actor) -> Self:
        status = policy.status(found["status"])
        because: str | None = found["stopped_because"]
        return cls(
            id=ID(str(found["id"])),
            author=Person(
                id=ID(str(found["author_id"])), name=found["author_name"], email=found["author_email"],
                side=AuthorSide.STAFF,
            ),
            body=found["body"],
            status=Status.of(status, actor.language) if status else None,
            leaves_at=found["leaves_at"],
            wait_seconds=round((found["leaves_at"] - found["made_at"]).total_seconds()),
            stopped=because,
            stopped_words=stopped_words(because, actor.language) if because else None,
            mine=found["author_id"] == actor.account_id or (because == "author_gone" and actor.leads),
        )  # fmt: skip


@strawberry.type(description="A secret of an answer that was taken back, for its author to send again.")
class DraftSecret:
    label: str
    value: str


@strawberry.type(description="A file of an answer that was taken back: it is on no message yet.")
class DraftFile:
    id: ID
    name: str
    size: int


@strawberry.type(description="An answer that was taken back, as it was written: nothing of it has left.")
class DraftReply:
    body: str
    status: str
    secrets: list[DraftSecret]
    files: list[DraftFile]

    @classmethod
    def of(cls, draft: Draft, files: Sequence[Row]) -> Self:
        return cls(
            body=draft.body,
            status=draft.status,
            secrets=[DraftSecret(label=each.label, value=each.value.reveal()) for each in draft.secrets],
            files=[DraftFile(id=ID(str(each["id"])), name=each["name"], size=each["size"]) for each in files],
        )
