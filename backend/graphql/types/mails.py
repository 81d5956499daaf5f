"""Mails that came in and that nothing could be made of."""

from datetime import datetime
from typing import Self

import strawberry
from strawberry import ID

from backend.database import Row
from backend.graphql.types.common import Node
from backend.mailboxes.incoming.unreadable import UnreadablePage, reason_in_words


@strawberry.type(
    description="A mail that came in, is kept whole, and could not be made a message of; `reason` says why."
)
class UnreadableMail(Node):
    received_at: datetime
    sender: str
    recipient: str
    subject: str
    size: int
    reason: str

    @classmethod
    def of(cls, row: Row, language: str) -> Self:
        return cls(
            id=ID(str(row["id"])),
            received_at=row["received_at"],
            sender=row["sender"],
            recipient=row["recipient"],
            subject=row["subject"],
            size=row["size"],
            reason=reason_in_words(row["reason"], language),
        )


@strawberry.type(description="The newest mails that could not be read, and how many there are in all.")
class UnreadableMails:
    total: int
    mails: list[UnreadableMail]

    @classmethod
    def of(cls, page: UnreadablePage, language: str) -> Self:
        return cls(total=page.total, mails=[UnreadableMail.of(each, language) for each in page.mails])
