"""The cookies of signing in: HttpOnly, same site, for this host alone, Secure outside development."""

from typing import Final

from litestar import Request
from litestar.datastructures import Cookie

from backend.settings import Settings

SESSION_COOKIE: Final = "countersign_session"
STEP_COOKIE: Final = "countersign_step"
"""The first of two steps to sign in."""
BROWSER_COOKIE: Final = "countersign_browser"
"""By this a browser is known again. It outlives sessions and opens nothing."""
BROWSER_SECONDS: Final = 400 * 86_400
_PREFIX: Final = "__Host-"
"""With it a browser takes the cookie from this very host alone, over TLS: no neighbour under the domain can set it."""


def cookie_name(name: str, *, production: bool) -> str:
    """What the cookie is called: with the prefix, which needs TLS, in production."""
    return _PREFIX + name if production else name


def make_cookie(name: str, value: str, settings: Settings, *, max_age: int) -> Cookie:
    """A cookie for the answer; one with `max_age` 0 goes."""
    return Cookie(
        key=cookie_name(name, production=settings.production),
        value=value,
        max_age=max_age,
        httponly=True,
        samesite="lax",
        secure=settings.production,
        path="/",
    )


def read_cookie(request: Request, name: str, settings: Settings) -> str | None:  # type: ignore[type-arg]
    """The value that the browser sent."""
    return request.cookies.get(cookie_name(name, production=settings.production)) or None
