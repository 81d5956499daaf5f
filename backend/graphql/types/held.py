"""What stands beside a ticket by mail: held mails, and who gets copies."""

from datetime import datetime
from typing import Self

import strawberry
from strawberry import ID

from backend.database import Row
from backend.graphql.types.common import Node
from backend.graphql.types.enums import Level


@strawberry.type(
    description="A mail that names the ticket, of somebody who does not belong to it. Nothing of it is proved but, at `level` "
    "EMAIL, that it came from the domain of its address."
)
class HeldMail(Node):
    at: datetime
    email: str
    name: str
    subject: str
    body: str
    level: Level

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(
            id=ID(str(row["id"])), at=row["at"], email=row["email"], name=row["name"], subject=row["subject"],
            body=row["body"], level=Level.EMAIL if row["authenticated"] else Level.NONE,
        )  # fmt: skip


@strawberry.type(description="Somebody who gets copies of the answers since then, and sees nothing else of the ticket.")
class Copy(Node):
    email: str
    name: str
    since: datetime

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(id=ID(str(row["id"])), email=row["email"], name=row["name"], since=row["since"])
