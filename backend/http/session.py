"""Sign in and out by a cookie that scripts cannot read."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, delete, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import JSONBody

from backend.accounts.secret import Secret
from backend.accounts.sessions import end_session
from backend.accounts.sign_in import sign_in
from backend.actor import Actor
from backend.errors import Refusal
from backend.http.visitor import SESSION_COOKIE
from backend.settings import Settings


class SignIn(msgspec.Struct):
    """What is typed to sign in."""

    email: Annotated[str, msgspec.Meta(max_length=1000)]
    password: Annotated[str, msgspec.Meta(max_length=1000)]


class SignedIn(msgspec.Struct):
    """Where the person goes next: the portal or the desk."""

    side: str


class SessionController(Controller):
    """`POST /session` signs in, `DELETE /session` signs out."""

    path = "/session"

    @post()
    async def start(
        self, request: Request[Any, Any, Any], data: JSONBody[SignIn], settings: NamedDependency[Settings]
    ) -> Response[SignedIn]:
        """Start a session. 401 when address and password do not go together, 429 after too many tries."""
        token, actor = await sign_in(
            request.scope["state"]["tenant_id"],
            data.email,
            Secret(data.password),
            request.scope["state"]["address"],
            request.headers.get("user-agent", ""),
            days=settings.session_days,
        )
        response = Response(SignedIn(side="staff" if actor.is_staff else "client"), status_code=201)
        response.set_cookie(session_cookie(token, settings, max_age=settings.session_days * 86_400))
        return response

    @delete()
    async def end(self, request: Request[Any, Any, Any], settings: NamedDependency[Settings]) -> Response[None]:
        """End the session."""
        actor: Actor = request.scope["state"]["actor"]
        await end_session(actor)
        response: Response[None] = Response(None, status_code=204)
        response.set_cookie(session_cookie("", settings, max_age=0))
        return response


def session_cookie(token: str, settings: Settings, *, max_age: int) -> Cookie:
    """The cookie of a session: HttpOnly, same site, Secure outside development, for this host alone."""
    return Cookie(
        key=SESSION_COOKIE,
        value=token,
        max_age=max_age,
        httponly=True,
        samesite="lax",
        secure=settings.production,
        path="/",
    )


STATUS_OF_REFUSAL = {
    "sign_in_refused": 401,
    "sign_in_needed": 401,
    "token_refused": 401,
    "too_many_tries": 429,
    "busy": 503,
    "not_allowed": 403,
    "not_found": 404,
    "too_large": 413,
}


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal outside GraphQL."""
    return STATUS_OF_REFUSAL.get(refusal.code, 400)
