"""Secrets as everybody who sees the ticket may know of them; what is sealed comes by `showSecret` alone."""

from datetime import datetime
from enum import Enum
from typing import Self

import strawberry
from strawberry import ID

from backend.database import Row
from backend.graphql.context import Info
from backend.graphql.types.common import Node
from backend.graphql.types.company import Person
from backend.graphql.types.enums import AuthorSide


@strawberry.enum(
    description="ASKED: the client's side is asked for it. SENT: it can be opened. LOST: a restored backup has no keys, ask "
    "again. DESTROYED: it went with its key."
)
class SecretState(Enum):
    ASKED = "asked"
    SENT = "sent"
    LOST = "lost"
    DESTROYED = "destroyed"


@strawberry.enum(description="Why a secret was destroyed.")
class SecretEnd(Enum):
    CLOSED = "closed"
    EXPIRED = "expired"
    BY_HAND = "by_hand"


@strawberry.enum(description="How a secret came: asked for, a question of the form, in a message, masked from a mail.")
class SecretSource(Enum):
    ASKED = "asked"
    FORM = "form"
    MESSAGE = "message"
    MAIL = "mail"


@strawberry.enum(description="What a piece of text looks like.")
class LeakType(Enum):
    PASSWORD = "password"  # noqa: S105
    CARD = "card"
    CARD_CODE = "card_code"
    PRIVATE_KEY = "private_key"
    API_KEY = "api_key"
    TOKEN = "token"  # noqa: S105


@strawberry.type(
    description="A piece of a text that looks like a secret: from `start` to before `end`, in code points."
)
class Leak:
    kind: LeakType
    start: int
    end: int


@strawberry.type(
    name="Secret", description="A secret of a ticket: what it is called and what became of it, never what it says."
)
class SecretType(Node):
    label: str
    state: SecretState
    source: SecretSource
    side: AuthorSide = strawberry.field(description="Whose it is; the other side opens it.")
    message_id: ID | None = strawberry.field(description="The message that it was sent with.")
    asked_by: Person | None
    asked_at: datetime | None
    sent_by: Person | None
    sent_at: datetime | None
    viewed_by: Person | None = strawberry.field(description="Who opened it last; the history has every time.")
    viewed_at: datetime | None
    views: int
    expires_at: datetime | None
    destroyed_at: datetime | None
    destroyed_because: SecretEnd | None
    can_show: bool
    can_send: bool
    can_destroy: bool

    @classmethod
    def of(cls, row: Row, info: Info, *, opens_clients: bool, is_shared: bool) -> Self:
        actor = info.context.actor
        lost = row["state"] == "sent" and not row["is_here"]
        opens = opens_clients if row["side"] == "client" else (actor.kind in ("contact", "guest") and is_shared)
        own = (row["side"] == "client") == (not actor.is_staff)
        asked = row["state"] == "asked"
        return cls(
            id=ID(str(row["id"])),
            label=row["label"],
            state=SecretState.LOST if lost else SecretState(row["state"]),
            source=SecretSource(row["source"]),
            side=AuthorSide.STAFF if row["side"] == "staff" else AuthorSide.CLIENT,
            message_id=ID(str(row["message_id"])) if row["message_id"] else None,
            asked_by=_person(row, "asked_by", AuthorSide.STAFF),
            asked_at=row["asked_at"],
            sent_by=_person(row, "sent_by", AuthorSide.STAFF if row["side"] == "staff" else AuthorSide.CLIENT),
            sent_at=row["sent_at"],
            viewed_by=_person(row, "viewed_by", AuthorSide.CLIENT if row["side"] == "staff" else AuthorSide.STAFF),
            viewed_at=row["viewed_at"],
            views=row["views"],
            expires_at=row["expires_at"],
            destroyed_at=row["destroyed_at"],
            destroyed_because=SecretEnd(row["destroyed_because"]) if row["destroyed_because"] else None,
            can_show=row["state"] == "sent" and not lost and opens and actor.account_id is not None,
            can_send=asked and not actor.is_staff and actor.account_id is not None,
            can_destroy=(row["state"] == "sent" and (opens or own)) or (asked and actor.kind == "member"),
        )


def _person(row: Row, column: str, side: AuthorSide) -> Person | None:
    if row[column] is None:
        return None
    return Person(id=ID(str(row[column])), name=row[f"{column}_name"], email=None, side=side)
