"""As little of an HTTP client as will do, so that the server is what is measured: one keep-alive connection."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_COOKIE: Final = re.compile(rb"\r\nset-cookie: *([^=;\s]+)=([^;\r]*)", re.IGNORECASE)


class Failed(Exception):
    """An answer that is not the one expected; the message holds its beginning."""


class Connection(asyncio.Protocol):
    """One keep-alive connection, on which one request waits at a time."""

    def __init__(self) -> None:
        self._transport: Any = None
        self._answer: asyncio.Future[None] | None = None
        self._received: list[bytes] = []
        self._missing = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received.append(data)
        if len(self._received) == 1:
            head, separator, body = data.partition(b"\r\n\r\n")
            if not separator:
                self._end(Failed("The head of an answer came in pieces."))
                return
            length = _LENGTH.search(head)
            self._missing = (int(length[1]) if length else 0) - len(body)
        else:
            self._missing -= len(data)
        if self._missing <= 0 and self._answer is not None and not self._answer.done():
            self._answer.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        self._end(error or Failed("The server ended the connection."))

    def _end(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    async def send(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Send a whole request; status, head and body of its answer."""
        if self._transport.is_closing():
            raise Failed("The server ended the connection.")
        self._received.clear()
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        await self._answer
        head, _, body = b"".join(self._received).partition(b"\r\n\r\n")
        return int(head[9:12]), head, body

    async def expect(self, request: bytes, status: int = 200) -> bytes:
        """The body of an answer. Raises: Failed where the status is another."""
        found, _, body = await self.send(request)
        if found != status:
            raise Failed(f"HTTP {found}: {body[:300]!r}")
        return body

    def close(self) -> None:
        self._transport.close()


@asynccontextmanager
async def connections_to(port: int, count: int) -> AsyncIterator[list[Connection]]:
    """Connections for work that begins at once: the server ends those that say nothing for half a minute."""
    loop = asyncio.get_running_loop()
    opened = [(await loop.create_connection(Connection, "127.0.0.1", port))[1] for _ in range(count)]
    try:
        yield opened
    finally:
        for each in opened:
            each.close()


@dataclass(slots=True)
class Visitor:
    """Somebody on a portal: host and cookies, from which requests are made."""

    host: str
    cookies: dict[str, str] = field(default_factory=dict)

    async def sign_in(self, connection: Connection, email: str, password: str) -> "Visitor":
        """Raises: Failed where the sign-in is refused."""
        self._keep(await connection.send(self.get("/robots.txt")), 200)
        self._keep(await connection.send(self.post("/session", {"email": email, "password": password})), 201)
        return self

    def get(self, path: str) -> bytes:
        return f"GET {path} HTTP/1.1\r\nhost: {self.host}\r\n{self._cookie()}\r\n".encode()

    def post(self, path: str, body: Any) -> bytes:
        data = orjson.dumps(body)
        token = self.cookies.get("countersign_csrf", "")
        return (
            f"POST {path} HTTP/1.1\r\nhost: {self.host}\r\norigin: http://{self.host}\r\nx-csrftoken: {token}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(data)}\r\n{self._cookie()}\r\n"
        ).encode() + data

    def ask(self, document: str, **variables: Any) -> bytes:
        """A GraphQL request."""
        return self.post("/graphql", {"query": document, "variables": variables})

    def _cookie(self) -> str:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return f"cookie: {pairs}\r\n" if pairs else ""

    def _keep(self, answer: tuple[int, bytes, bytes], status: int) -> None:
        found, head, body = answer
        if found != status:
            raise Failed(f"HTTP {found}: {body[:300]!r}")
        for name, value in _COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()


def data_of(body: bytes) -> Any:
    """The data of a GraphQL answer. Raises: Failed where it has errors or a problem."""
    answer = orjson.loads(body)
    if "errors" in answer or answer.get("data") is None:
        raise Failed(str(answer)[:500])
    return answer["data"]
