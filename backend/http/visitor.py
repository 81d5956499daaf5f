"""The outermost layer: which company's portal this is, who asks, and whether the request comes from its own pages.

An unknown host name gets one plain page that gives nothing away. Everything below runs bound to the tenant.
"""

import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from backend.accounts.api_tokens import find_program
from backend.accounts.sessions import find_actor
from backend.actor import Actor, guest
from backend.database import bind
from backend.errors import Refusal
from backend.http.cookies import SESSION_COOKIE, cookie_name
from backend.http.security import UNKNOWN_HOST_HEADERS
from backend.tenants.queries import get_language, tenant_of_host

_PORT: Final = re.compile(r"[0-9]{1,5}")
_FILE: Final = re.compile(r"/files/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
HOST_SECONDS: Final = 5.0
"""How long a host name is remembered: portals change hands seldom, and each request would ask."""
MOST_HOSTS: Final = 10_000
_UNKNOWN: Final = (
    b"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    b"<title>Not here</title><p>There is nothing at this address."
)
_PUBLIC_PATHS: Final = ("/assets/", "/brand/", "/logo/")


class Visitors:
    """ASGI middleware that finds the tenant by host and the actor by session."""

    def __init__(
        self, app: ASGIApp, *, trusted_proxies: frozenset[str], production: bool, files_host: str = ""
    ) -> None:
        self._app = app
        self._cookie = cookie_name(SESSION_COOKIE, production=production).encode()
        self._scheme = "https" if production else "http"
        self._trusted = trusted_proxies
        self._files_host = files_host.lower()
        self._hosts: dict[str, tuple[float, UUID | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/health/"):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").lower()
        on_files_host = bool(self._files_host) and host.partition(":")[0] == self._files_host
        tenant_id = _tenant_of_file(scope) if on_files_host else await self._tenant(host)
        if tenant_id is None:
            await _refuse(scope, send, 404, _UNKNOWN)
            return
        if not _own_origin(scope, headers, host):
            await _refuse(scope, send, 403, b"This request did not come from this portal's own pages.")
            return
        request_id = uuid4().hex[:12]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id, tenant_id=str(tenant_id))
        address = self._address(scope, headers)
        with bind(tenant_id):
            state: dict[str, Any] = scope.setdefault("state", {})
            origin = headers.get(b"origin", f"{self._scheme}://{host}".encode()).decode("latin-1").lower()
            state |= {"tenant_id": tenant_id, "host": host, "origin": origin, "address": address}
            if (token := _program_token(scope, headers)) is not None:
                try:
                    actor = await find_program(tenant_id, token, await get_language(), address)
                except Refusal as refusal:
                    await _refuse_program(send, refusal)
                    return
                state |= {"actor": actor, "signed_in_by": nobody, "by_program": True}
            elif on_files_host:
                # No cookie counts here: what may be had is signed, and looked at again by its session.
                state |= {"actor": guest(tenant_id, "en", address), "signed_in_by": nobody}
            elif not scope["path"].startswith(_PUBLIC_PATHS):
                ask = _ask_for(tenant_id, _session_token(scope, self._cookie), address)
                state["signed_in_by"] = ask
                state["actor"] = await ask() or guest(tenant_id, await get_language(), address)
            await self._app(scope, receive, send)

    async def _tenant(self, host: str) -> UUID | None:
        name, _, port = host.partition(":")
        if port and not (_PORT.fullmatch(port) and int(port) < 65_536):
            return None
        known = self._hosts.get(name)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        tenant_id = await tenant_of_host(name) if name else None
        if len(self._hosts) >= MOST_HOSTS:
            self._hosts.clear()
        self._hosts[name] = (time.monotonic() + HOST_SECONDS, tenant_id)
        return tenant_id

    def _address(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        client = scope.get("client")
        address = str(client[0]) if client else ""
        if address in self._trusted:
            for hop in reversed(headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")):
                address = hop.strip() or address
                if address not in self._trusted:
                    break
        return address[:45]


def _tenant_of_file(scope: Scope) -> UUID | None:
    """The tenant whose file is asked for on the host of files, where nothing else is."""
    found = _FILE.match(scope["path"])
    return UUID(found[1]) if found and scope.get("method") in ("GET", "HEAD") else None


def _ask_for(tenant_id: UUID, token: str | None, address: str) -> Callable[[], Awaitable[Actor | None]]:
    async def ask() -> Actor | None:
        return await find_actor(token, address) if token else None

    return ask


def _program_token(scope: Scope, headers: dict[bytes, bytes]) -> str | None:
    """The token that a program shows, where it calls the API; whatever cookie came along does not count then."""
    if _is_socket(scope) or scope.get("method") != "POST" or scope["path"].rstrip("/") != "/graphql":
        return None
    scheme, _, token = headers.get(b"authorization", b"").partition(b" ")
    return token.strip().decode("latin-1") if scheme.lower() == b"bearer" else None


async def nobody() -> None:
    """Nobody is signed in by a session where a program acts."""
    return


async def _refuse_program(send: Send, refusal: Refusal) -> None:
    body = json.dumps({"code": refusal.code, "message": refusal.message("en"), "field": None}).encode()
    start: Message = {
        "type": "http.response.start",
        "status": 429 if refusal.code == "too_many_tries" else 401,
        "headers": [(b"content-type", b"application/json"), (b"cache-control", b"no-store")],
    }
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _session_token(scope: Scope, cookie: bytes) -> str | None:
    """The session's cookie. HTTP/2 may send each cookie as a header of its own."""
    for name, value in scope["headers"]:
        if name == b"cookie":
            for pair in value.split(b";"):
                key, _, token = pair.partition(b"=")
                if key.strip() == cookie:
                    return token.strip().decode("latin-1") or None
    return None


def _own_origin(scope: Scope, headers: dict[bytes, bytes], host: str) -> bool:
    """Whether a request that could change something, or open a socket, was sent by this portal's own pages.

    Programs send no Origin, and no cookies of a browser either; browsers always send it with these requests.
    """
    if not _is_socket(scope) and scope.get("method") in ("GET", "HEAD", "OPTIONS"):
        return True
    origin = headers.get(b"origin")
    return origin is None or urlsplit(origin.decode("latin-1").lower()).netloc == host


def _is_socket(scope: Scope) -> bool:
    return str(scope["type"]) == "websocket"


async def _refuse(scope: Scope, send: Send, status: int, page: bytes) -> None:
    if _is_socket(scope):
        await send({"type": "websocket.close", "code": 4403 if status == 403 else 4404, "reason": ""})
        return
    start: Message = {
        "type": "http.response.start",
        "status": status,
        "headers": [*UNKNOWN_HOST_HEADERS, (b"content-length", str(len(page)).encode())],
    }
    await send(start)
    await send({"type": "http.response.body", "body": page, "more_body": False})
