"""A client of graphql-transport-ws, as a page of the portal has one."""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from backend.accounts.sessions import start_session
from backend.actor import Actor
from backend.database import bind
from backend.http.cookies import SESSION_COOKIE
from backend.tests.factories import TestTenant

PROTOCOL = Subprotocol("graphql-transport-ws")
SECONDS = 1.0
"""Within which an update is on the screen."""


class Socket:
    """One connection with any number of operations."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self._queues: dict[str, asyncio.Queue[dict[str, Any]]] = defaultdict(asyncio.Queue)
        self._ids = map(str, itertools.count(1))

    async def read(self) -> None:
        """Sort messages by operation until the connection is closed."""
        try:
            async for message in self.connection:
                found = json.loads(message)
                self._queues[found.get("id", found["type"])].put_nowait(found)
        except ConnectionClosed:
            return

    async def send(self, message: Any) -> None:
        await self.connection.send(message if isinstance(message, str | bytes) else json.dumps(message))

    async def start(self, document: str, **variables: Any) -> str:
        """Begin an operation; returns its id."""
        operation = next(self._ids)
        payload = {"query": document, "variables": variables}
        await self.send({"id": operation, "type": "subscribe", "payload": payload})
        return operation

    async def next(self, operation: str, *, seconds: float = SECONDS) -> dict[str, Any]:
        """The next message of an operation. Raises: TimeoutError."""
        async with asyncio.timeout(seconds):
            return await self._queues[operation].get()

    async def data(self, operation: str, *, seconds: float = SECONDS) -> Any:
        """The data of the next message, of its one field."""
        message = await self.next(operation, seconds=seconds)
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        return next(iter(message["payload"]["data"].values()))

    async def ask(self, document: str, **variables: Any) -> Any:
        """A query or mutation over the socket."""
        return await self.data(await self.start(document, **variables), seconds=10)

    async def silent(self, operation: str, *, seconds: float = 0.5) -> bool:
        """Whether nothing is said for a while."""
        try:
            await self.next(operation, seconds=seconds)
        except TimeoutError:
            return True
        return False

    async def listening(self) -> None:
        """Returns when the operations begun before are surely under way: the server answers in order."""
        await self.send({"type": "ping"})
        await self.next("pong", seconds=10)
        await asyncio.sleep(0.3)


async def token_of(actor: Actor) -> str:
    """A session of the actor."""
    with bind(actor.tenant_id):
        kind: Literal["full", "guest"] = "guest" if actor.kind == "guest" else "full"
        return await start_session(actor.tenant_id, actor.account, actor.address, "a browser", kind=kind)


def dial(
    port: int, tenant: TestTenant, token: str | None = None, *, origin: str | None = None, protocol: str | None = PROTOCOL,
    host: str | None = None,
) -> connect:  # fmt: skip
    """A handshake with the tenant's portal."""
    name = host or tenant.host
    return connect(
        f"ws://{name}:{port}/graphql",
        host="127.0.0.1",
        port=port,
        subprotocols=[Subprotocol(protocol)] if protocol else None,
        origin=origin,  # type: ignore[arg-type]
        additional_headers={"Cookie": f"{SESSION_COOKIE}={token}"} if token else None,
        open_timeout=10,
        close_timeout=2,
    )


@asynccontextmanager
async def a_socket(port: int, tenant: TestTenant, actor: Actor | None = None) -> AsyncIterator[Socket]:
    """An open, acknowledged connection to the tenant's portal, signed in as the actor where one is given."""
    token = await token_of(actor) if actor else None
    async with dial(port, tenant, token, origin=f"http://{tenant.host}:{port}") as connection:
        socket = Socket(connection)
        reading = asyncio.create_task(socket.read())
        await socket.send({"type": "connection_init"})
        await socket.next("connection_ack", seconds=10)
        yield socket
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
