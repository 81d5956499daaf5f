"""Files on messages, and what a company takes."""

from enum import Enum
from typing import Any, Self

import msgspec
import strawberry
from strawberry import ID

from backend.actor import Actor
from backend.attachments.clamd import scans
from backend.attachments.kinds import PICTURES
from backend.attachments.rules import MIB, MOST_PER_MESSAGE, Rules, used_bytes
from backend.graphql.types.common import Node


@strawberry.enum(
    description="Whether a file is there: READY; CHECKING: the virus scanner has not seen it yet; INFECTED: kept apart, "
    "never given out; REFUSED: it came by mail and was not taken, `refusedBecause` says why."
)
class AttachmentState(Enum):
    READY = "ready"
    CHECKING = "checking"
    INFECTED = "infected"
    REFUSED = "refused"


@strawberry.enum(description="Why a file that came by mail was not taken.")
class AttachmentRefusal(Enum):
    SIZE = "size"
    TYPE = "type"
    SPACE = "space"
    EMPTY = "empty"


_STATES = {"none": AttachmentState.READY, "clean": AttachmentState.READY, "waiting": AttachmentState.CHECKING,
           "infected": AttachmentState.INFECTED}  # fmt: skip
_REFUSALS = {each.value: each for each in AttachmentRefusal}


@strawberry.type(
    description="A file on a message. `url` gives it as a download; `smallUrl` and `largeUrl` show a picture, drawn anew, and "
    "are null for what is none. `mediaType` is what its first bytes say."
)
class Attachment(Node):
    name: str
    media_type: str
    size: int
    state: AttachmentState
    refused_because: AttachmentRefusal | None
    url: str
    small_url: str | None
    large_url: str | None
    inline_id: str | None = strawberry.field(description="The id by which the text of a mail shows it in place.")

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        state = AttachmentState.REFUSED if row["refused_because"] else _STATES[row["scan"]]
        url = f"/attachments/{row['id']}"
        shown = row["media_type"] in PICTURES and state is AttachmentState.READY
        return cls(
            id=ID(row["id"]),
            name=row["name"],
            media_type=row["media_type"],
            size=row["size"],
            state=state,
            refused_because=_REFUSALS[row["refused_because"]] if row["refused_because"] else None,
            url=url,
            small_url=f"{url}/small" if shown else None,
            large_url=f"{url}/large" if shown else None,
            inline_id=row["inline_id"],
        )


def attachments_of(attached: str | None) -> list[Attachment]:
    """The files of a message, from what its row says of them."""
    return [Attachment.of(each) for each in msgspec.json.decode(attached)] if attached else []


@strawberry.type(description="What files the company takes. What is for admins alone is null for others.")
class AttachmentRules:
    most_bytes: int
    most_per_message: int
    refused_types: list[str] = strawberry.field(description="Endings of names, such as exe.")
    space_mb: int | None
    used_mb: int | None
    mail_mb: int | None = strawberry.field(
        description="How much of an answer's files goes with its mail; more is a link."
    )
    unscanned: bool | None = strawberry.field(
        description="Whether a file is given out before the virus scanner has seen it."
    )
    scans: bool | None = strawberry.field(description="Whether a virus scanner is configured.")

    @classmethod
    async def read(cls, actor: Actor, rules: Rules) -> Self:
        admin = actor.administers
        return cls(
            most_bytes=rules.most_bytes,
            most_per_message=MOST_PER_MESSAGE,
            refused_types=rules.refused_types,
            space_mb=rules.space_bytes // MIB if admin else None,
            used_mb=-(-await used_bytes() // MIB) if admin else None,
            mail_mb=rules.mail_bytes // MIB if admin else None,
            unscanned=rules.unscanned if admin else None,
            scans=scans() if admin else None,
        )
