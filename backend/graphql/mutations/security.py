"""Mutations of how somebody signs in."""

from typing import Annotated

import segno
import strawberry
from strawberry import ID

from backend.accounts import own_factors, own_sessions
from backend.accounts.change_password import change_password
from backend.accounts.second_factor import Factor, Kind
from backend.accounts.second_factor_rule import set_second_factor_rule
from backend.accounts.secret import Secret
from backend.accounts.step_up import step_up, step_up_options
from backend.graphql.context import Info, id_of
from backend.graphql.mutations.company import CompanyResult, DoneResult
from backend.graphql.types.common import Done, Problem
from backend.graphql.types.company import CompanyType
from backend.graphql.types.security import Security, StepUpWay
from backend.tenants.queries import get_company
from backend.verification.prove import passkey_options


@strawberry.type(description="A secret for an authenticator app: to type, and as a picture (an SVG in a data address).")
class TotpSetup:
    key: str
    uri: str
    picture: str


@strawberry.type(
    description="A change of second factors. `recoveryCodes` are shown this once; empty where none were made."
)
class FactorsSaved:
    security: Security
    recovery_codes: list[str]


@strawberry.type(description="What the browser needs to use a passkey, as JSON.")
class PasskeyOptions:
    options: str


SecurityResult = Annotated[Security | Problem, strawberry.union("SecurityResult")]
TotpSetupResult = Annotated[TotpSetup | Problem, strawberry.union("TotpSetupResult")]
FactorsResult = Annotated[FactorsSaved | Problem, strawberry.union("FactorsResult")]
PasskeyOptionsResult = Annotated[PasskeyOptions | Problem, strawberry.union("PasskeyOptionsResult")]


@strawberry.type
class SecurityMutation:
    @strawberry.mutation(
        description="Say again that it is you, by one of `Security.stepUpBy`; sensitive changes then go through for a while."
    )
    async def step_up(self, info: Info, way: StepUpWay, answer: str) -> SecurityResult:
        await step_up(info.context.actor, _given(way, answer))
        return Security()

    @strawberry.mutation(description="What the browser needs to step up by a passkey.")
    async def step_up_options(self, info: Info) -> PasskeyOptionsResult:
        return PasskeyOptions(options=await step_up_options(info.context.actor, info.context.origin))

    @strawberry.mutation(
        description="What the browser needs to prove by a passkey: in the reader's session, or by a mailed link's token."
    )
    async def proof_options(self, info: Info, token: str | None = None) -> PasskeyOptionsResult:
        return PasskeyOptions(options=await passkey_options(info.context.actor, token, info.context.origin))

    @strawberry.mutation(description="Sign out of one of the reader's sessions.")
    async def end_session(self, info: Info, id: ID) -> SecurityResult:  # noqa: A002 (the schema's word)
        await own_sessions.end_own_session(info.context.actor, id_of(id))
        return Security()

    @strawberry.mutation(description="Sign out everywhere but here.")
    async def end_other_sessions(self, info: Info) -> SecurityResult:
        await own_sessions.end_other_sessions(info.context.actor)
        return Security()

    @strawberry.mutation(description="Choose another password; every other session ends.")
    async def change_password(self, info: Info, password: str) -> SecurityResult:
        await change_password(info.context.actor, Secret(password))
        return Security()

    @strawberry.mutation(description="Make a secret for an authenticator app; it counts once a code of it was given.")
    async def begin_totp(self, info: Info) -> TotpSetupResult:
        made = await own_factors.begin_totp(info.context.actor)
        picture = segno.make(made.uri, error="m").svg_data_uri(scale=4, dark="#000", light="#fff", border=4)
        return TotpSetup(key=made.key, uri=made.uri, picture=picture)

    @strawberry.mutation(description="Let the authenticator app count, by the code that it shows.")
    async def confirm_totp(self, info: Info, code: str) -> FactorsResult:
        return _saved(await own_factors.confirm_totp(info.context.actor, Secret(code)))

    @strawberry.mutation(description="Forget the authenticator app.")
    async def remove_totp(self, info: Info) -> FactorsResult:
        await own_factors.remove_totp(info.context.actor)
        return _saved([])

    @strawberry.mutation(description="What the browser needs to make a passkey.")
    async def begin_passkey(self, info: Info) -> PasskeyOptionsResult:
        return PasskeyOptions(options=await own_factors.begin_passkey(info.context.actor, info.context.origin))

    @strawberry.mutation(description="Keep the passkey that the browser made: its answer as JSON.")
    async def add_passkey(self, info: Info, name: str, passkey: str) -> FactorsResult:
        return _saved(await own_factors.add_passkey(info.context.actor, name, Secret(passkey)))

    @strawberry.mutation(description="Forget a passkey.")
    async def remove_passkey(self, info: Info, id: ID) -> FactorsResult:  # noqa: A002
        await own_factors.remove_passkey(info.context.actor, id_of(id))
        return _saved([])

    @strawberry.mutation(description="Make new recovery codes; the old ones count no more.")
    async def new_recovery_codes(self, info: Info) -> FactorsResult:
        return _saved(await own_factors.new_recovery_codes(info.context.actor))

    @strawberry.mutation(description="Require a second factor of the staff, or no longer.")
    async def set_second_factor_rule(self, info: Info, required: bool) -> CompanyResult:
        await set_second_factor_rule(info.context.actor, required)
        return CompanyType.of(await get_company(), info.context.environment)

    @strawberry.mutation(description="Take a colleague's second factors, who lost them; they are told by mail.")
    async def reset_second_factors(self, info: Info, member_id: ID) -> DoneResult:
        await own_factors.reset_factors(info.context.actor, id_of(member_id))
        return Done(ok=True)


def _given(way: StepUpWay, answer: str) -> Secret | Factor:
    kinds: dict[StepUpWay, Kind] = {
        StepUpWay.TOTP: "totp", StepUpWay.PASSKEY: "passkey", StepUpWay.RECOVERY: "recovery",
    }  # fmt: skip
    return Factor(kinds[way], Secret(answer)) if way in kinds else Secret(answer)


def _saved(codes: list[str]) -> FactorsSaved:
    return FactorsSaved(security=Security(), recovery_codes=codes)
