"""How somebody signs in, as they see it themselves."""

from datetime import datetime
from enum import Enum
from typing import Self

import strawberry
from strawberry import ID

from backend.accounts.browsers import browser_of
from backend.accounts.own import own_account
from backend.accounts.own_factors import list_passkeys
from backend.accounts.own_sessions import list_sessions
from backend.accounts.second_factor import factors_of
from backend.accounts.step_up import ways_to_step_up
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


@strawberry.enum(description="What confirms that it is still you: the password, or a second factor where there is one.")
class StepUpWay(Enum):
    PASSWORD = "password"  # noqa: S105 (the name of a way)
    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


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


@strawberry.type(description="A key that a device or a password manager keeps, by the name that its owner gave it.")
class Passkey(Node):
    name: str
    created_at: datetime
    last_used_at: datetime | None


@strawberry.type(description="How the reader signs in, for the reader alone.")
class Security:
    @strawberry.field(description="Where the reader is signed in, this session first.")
    async def sessions(self, info: Info) -> list[Session]:
        return [Session.of(each) for each in await list_sessions(info.context.actor)]

    @strawberry.field(description="The company wants a second factor before anything else is done here.")
    def must_set_up(self, info: Info) -> bool:
        return info.context.actor.setting_up is not None

    @strawberry.field(description="The address by which the reader signs in.")
    def email(self, info: Info) -> str:
        return own_account(info.context.actor).email

    @strawberry.field(description="Whether an authenticator app is set up.")
    async def totp(self, info: Info) -> bool:
        return (await factors_of(own_account(info.context.actor).account_id)).totp

    @strawberry.field(description="The reader's passkeys, oldest first.")
    async def passkeys(self, info: Info) -> list[Passkey]:
        return [
            Passkey(
                id=ID(str(each["id"])),
                name=each["name"],
                created_at=each["created_at"],
                last_used_at=each["last_used_at"],
            )
            for each in await list_passkeys(info.context.actor)
        ]

    @strawberry.field(description="How many recovery codes are left.")
    async def recovery_codes_left(self, info: Info) -> int:
        return (await factors_of(own_account(info.context.actor).account_id)).recovery_codes

    @strawberry.field(description="What confirms that it is still the reader.")
    async def step_up_by(self, info: Info) -> list[StepUpWay]:
        return [StepUpWay(each) for each in await ways_to_step_up(info.context.actor)]
