"""Sign in and out by a cookie that scripts cannot read."""

import secrets
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, delete, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from backend.accounts.first_step import GOOD_FOR, FactorDue, second_step_options, take_second_step
from backend.accounts.let_in import SignedIn, Visit
from backend.accounts.mailed_links import ask_for_link
from backend.accounts.second_factor import Factor
from backend.accounts.secret import Secret
from backend.accounts.sessions import end_session
from backend.accounts.sign_in import passkey_options, sign_in, sign_in_by_passkey
from backend.accounts.use_link import sign_in_by_code, sign_in_by_link
from backend.actor import Actor
from backend.errors import Refusal
from backend.http.cookies import (
    BROWSER_COOKIE,
    BROWSER_SECONDS,
    SESSION_COOKIE,
    STEP_COOKIE,
    make_cookie,
    read_cookie,
)
from backend.settings import Settings

Typed = Annotated[str, msgspec.Meta(max_length=1000)]
Signed = Annotated[str, msgspec.Meta(max_length=20_000)]
AnyRequest = Request[Any, Any, Any]


class SignIn(msgspec.Struct):
    """What is typed to sign in."""

    email: Typed
    password: Typed


class SecondStep(msgspec.Struct):
    """The second factor: a code, or a passkey's answer as JSON."""

    kind: Literal["totp", "passkey", "recovery"]
    answer: Signed


class PasskeyAnswer(msgspec.Struct):
    """What a passkey signed, as JSON."""

    answer: Signed


class LinkUse(msgspec.Struct):
    """The token of a mailed link, with the new password where it sets one."""

    token: Typed
    password: Typed | None = None


class LinkAsk(msgspec.Struct):
    """Under which address a link is asked for, and what for."""

    email: Typed
    purpose: Literal["reset_password", "sign_in", "guest_access"]


class GuestAccess(msgspec.Struct):
    """The address that wrote, and the access code that was mailed to it."""

    email: Typed
    code: Typed


class Entered(msgspec.Struct, omit_defaults=True):
    """Where the person goes next: the portal or the desk, where a second factor may have to be set up first."""

    side: str
    sets_up: bool = False


class NextStep(msgspec.Struct):
    """A second factor is due: the ways to give one."""

    needs: list[str]


class Options(msgspec.Struct):
    """What the browser needs to use a passkey, as JSON."""

    options: str


class SessionController(Controller):
    """`POST /session` signs in, `DELETE /session` signs out; the other ways in stand below."""

    path = "/session"

    @post()
    async def start(
        self, request: AnyRequest, data: JSONBody[SignIn], settings: NamedDependency[Settings]
    ) -> Response[Any]:
        """By password. 401 when address and password do not go together, 202 when a second factor is due."""
        taken = await sign_in(_visit(request, settings), data.email, Secret(data.password))
        return await _answer(request, settings, taken)

    @post("/second-step")
    async def second_step(
        self, request: AnyRequest, data: JSONBody[SecondStep], settings: NamedDependency[Settings]
    ) -> Response[Any]:
        """By the second factor, in the browser that took the first step a moment ago."""
        factor = Factor(data.kind, Secret(data.answer))
        taken = await take_second_step(_visit(request, settings), read_cookie(request, STEP_COOKIE, settings), factor)
        return await _answer(request, settings, taken)

    @post("/second-step/options", status_code=200)
    async def second_step_options(self, request: AnyRequest, settings: NamedDependency[Settings]) -> Options:
        """For a passkey as the second step."""
        token = read_cookie(request, STEP_COOKIE, settings)
        return Options(await second_step_options(_tenant(request), token, _origin(request)))

    @post("/passkey")
    async def passkey(
        self, request: AnyRequest, data: JSONBody[PasskeyAnswer], settings: NamedDependency[Settings]
    ) -> Response[Any]:
        """By a passkey alone."""
        token = read_cookie(request, BROWSER_COOKIE, settings)
        taken = await sign_in_by_passkey(_visit(request, settings), token, Secret(data.answer))
        return await _answer(request, settings, taken)

    @post("/passkey/options", status_code=200)
    async def passkey_options(self, request: AnyRequest, settings: NamedDependency[Settings]) -> Response[Options]:
        """For a passkey alone."""
        token = read_cookie(request, BROWSER_COOKIE, settings) or secrets.token_urlsafe(32)
        options = await passkey_options(_tenant(request), token, _actor(request).address, _origin(request))
        response = Response(Options(options))
        response.set_cookie(make_cookie(BROWSER_COOKIE, token, settings, max_age=BROWSER_SECONDS))
        return response

    @post("/ask", status_code=202)
    async def ask(self, request: AnyRequest, data: JSONBody[LinkAsk]) -> None:
        """Ask for a mailed link. The answer is the same whether the address is known or not."""
        await ask_for_link(_actor(request), data.email, data.purpose)

    @post("/link")
    async def link(
        self, request: AnyRequest, data: JSONBody[LinkUse], settings: NamedDependency[Settings]
    ) -> Response[Any]:
        """By a mailed link, which may set a password."""
        password = Secret(data.password) if data.password is not None else None
        taken = await sign_in_by_link(_visit(request, settings), data.token, password)
        return await _answer(request, settings, taken)

    @post("/guest")
    async def guest(
        self, request: AnyRequest, data: JSONBody[GuestAccess], settings: NamedDependency[Settings]
    ) -> Response[Any]:
        """As a guest, by address and access code, to one's own requests."""
        taken = await sign_in_by_code(_visit(request, settings), data.email, Secret(data.code))
        return await _answer(request, settings, taken)

    @delete()
    async def end(self, request: AnyRequest, settings: NamedDependency[Settings]) -> Response[None]:
        """End the session."""
        await end_session(_actor(request))
        response: Response[None] = Response(None, status_code=204)
        for name in (SESSION_COOKIE, STEP_COOKIE):
            response.set_cookie(make_cookie(name, "", settings, max_age=0))
        return response


async def _answer(request: AnyRequest, settings: Settings, taken: SignedIn | FactorDue) -> Response[Any]:
    """Let in, with new cookies; or ask for the second step. The session that the browser had ends with a new one."""
    if isinstance(taken, FactorDue):
        asked: Response[Any] = Response(NextStep(needs=[str(each) for each in taken.kinds]), status_code=202)
        asked.set_cookie(make_cookie(STEP_COOKIE, taken.token, settings, max_age=int(GOOD_FOR.total_seconds())))
        return asked
    await end_session(_actor(request))
    sets_up = taken.actor.setting_up is not None
    side = "staff" if taken.actor.is_staff or sets_up else "client"
    response: Response[Any] = Response(Entered(side=side, sets_up=sets_up), status_code=201)
    days = settings.session_days * 86_400
    response.set_cookie(make_cookie(SESSION_COOKIE, taken.token, settings, max_age=days))
    response.set_cookie(make_cookie(BROWSER_COOKIE, taken.browser_token, settings, max_age=BROWSER_SECONDS))
    response.set_cookie(make_cookie(STEP_COOKIE, "", settings, max_age=0))
    return response


def _visit(request: AnyRequest, settings: Settings) -> Visit:
    return Visit(
        visitor=_actor(request),
        user_agent=request.headers.get("user-agent", ""),
        browser_token=read_cookie(request, BROWSER_COOKIE, settings),
        days=settings.session_days,
    )


def _actor(request: AnyRequest) -> Actor:
    actor: Actor = request.scope["state"]["actor"]
    return actor


def _tenant(request: AnyRequest) -> UUID:
    tenant_id: UUID = request.scope["state"]["tenant_id"]
    return tenant_id


def _origin(request: AnyRequest) -> str:
    origin: str = request.scope["state"]["origin"]
    return origin


STATUS_OF_REFUSAL = {
    "sign_in_refused": 401,
    "factor_refused": 401,
    "passkey_refused": 401,
    "access_refused": 401,
    "first_step_over": 401,
    "sign_in_needed": 401,
    "token_refused": 401,
    "too_many_tries": 429,
    "busy": 503,
    "keys_away": 503,
    "not_allowed": 403,
    "not_found": 404,
    "too_large": 413,
    "attachment_too_large": 413,
}


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal outside GraphQL."""
    return STATUS_OF_REFUSAL.get(refusal.code, 400)
