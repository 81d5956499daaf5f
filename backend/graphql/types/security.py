"""How somebody signs in, as they see it themselves."""

from datetime import datetime
from enum import Enum
from typing import Self

import strawberry
from strawberry import ID

from backend.accounts.browsers import browser_of
from backend.accounts.own_sessions import list_sessions
from backend.database import Row
from backend.graphql.context import Info
from backend.graphql.types.common import Node


@strawberry.enum(description="What was shown to sign in.")
class SignInMethod(Enum):
    PASSWORD = "password"  # noqa: S105 (the name of a method)
    SECOND_FACTOR = "second_factor"
    PASSKEY = "passkey"
    LINK = "link"
    ACCESS_CODE = "access_code"


@strawberry.type(description="Somewhere one is signed in. `browser` and `system` are names, empty where unknown.")
class Session(Node):
    current: bool
    address: str
    browser: str
    system: str
    made_by: SignInMethod
    created_at: datetime
    last_seen_at: datetime

    @classmethod
    def of(cls, row: Row) -> Self:
        browser, system = browser_of(row["user_agent"])
        return cls(
            id=ID(str(row["id"])),
            current=row["current"],
            address=row["address"],
            browser=browser,
            system=system,
            made_by=SignInMethod(row["made_by"]),
            created_at=row["created_at"],
            last_seen_at=row["last_seen_at"],
        )


@strawberry.type(description="How the reader signs in, for the reader alone.")
class Security:
    @strawberry.field(description="Where the reader is signed in, this session first.")
    async def sessions(self, info: Info) -> list[Session]:
        return [Session.of(each) for each in await list_sessions(info.context.actor)]
