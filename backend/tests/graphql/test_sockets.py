"""A socket acts as whom its session stands for now, and tells each side what is its to know."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from litestar import Litestar

from backend.accounts.members import deactivate_member
from backend.accounts.sessions import end_session, find_actor, start_session
from backend.actor import Actor
from backend.database import rows, value
from backend.graphql.context import Context
from backend.graphql.schema import schema
from backend.http.cookies import SESSION_COOKIE
from backend.live import LiveHub, channel, live_event
from backend.redis import redis
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, signed_in, within
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import add_note, reply

WHO = "{ viewer { memberRole } queue(first: 1) { edges { node { subject } } } }"


class Socket:
    """The other end of a WebSocket of the application, without a network."""

    def __init__(self) -> None:
        self.to_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.from_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def send(self, **message: Any) -> None:
        await self.to_app.put({"type": "websocket.receive", "text": json.dumps(message)})

    async def told(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            sent = await self.from_app.get()
        found: dict[str, Any] = json.loads(sent["text"])
        return found

    async def ask(self, document: str) -> Any:
        """The answer to a query by the socket, as a single answer."""
        await self.send(id="1", type="subscribe", payload={"query": document})
        answer = await self.told()
        assert (await self.told())["type"] == "complete"
        return answer["payload"]


@asynccontextmanager
async def a_socket(app: Litestar, tenant: TestTenant, token: str) -> AsyncIterator[Socket]:
    """A socket to /graphql of the tenant's portal, opened by the session of the token."""
    socket = Socket()
    headers = {"host": tenant.host, "cookie": f"{SESSION_COOKIE}={token}", "origin": f"http://{tenant.host}"}
    scope: dict[str, Any] = {
        "type": "websocket", "path": "/graphql", "raw_path": b"/graphql", "query_string": b"", "scheme": "ws",
        "headers": [(name.encode(), text.encode()) for name, text in headers.items()], "client": ("127.0.0.1", 1),
        "server": (tenant.host, 80), "subprotocols": ["graphql-transport-ws"], "asgi": {"version": "3.0"}, "state": {},
    }  # fmt: skip
    await socket.to_app.put({"type": "websocket.connect"})
    serving = asyncio.create_task(app(scope, socket.to_app.get, socket.from_app.put))  # type: ignore[arg-type]
    async with asyncio.timeout(5):
        assert (await socket.from_app.get())["type"] == "websocket.accept"
    await socket.send(type="connection_init")
    assert (await socket.told())["type"] == "connection_ack"
    try:
        yield socket
    finally:
        await socket.to_app.put({"type": "websocket.disconnect", "code": 1000})
        await serving


async def _token(actor: Actor) -> str:
    return await start_session(actor.tenant_id, actor.account, "127.0.0.1", "a browser")


async def test_a_socket_that_is_open_reads_nothing_more_after_the_sign_out(app: Litestar) -> None:
    tenant = await a_tenant()
    agent = await a_member(tenant)
    with within(tenant):
        token = await _token(agent)
    async with a_socket(app, tenant, token) as socket:
        assert (await socket.ask(WHO))["data"]["viewer"] == {"memberRole": "AGENT"}
        with within(tenant):
            here = await find_actor(token, "127.0.0.1")
            assert here is not None
            await end_session(here)
        after = await socket.ask(WHO)
    assert after["data"] is None
    assert after["errors"][0]["extensions"]["code"] == "sign_in_needed"


async def test_a_deactivated_member_changes_nothing_by_a_socket_that_is_open(app: Litestar) -> None:
    tenant = await a_tenant()
    admin, agent, contact = await a_member(tenant, "owner"), await a_member(tenant), await a_contact(tenant)
    with within(tenant):
        opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Site", body="Down."))
        token = await _token(agent)
    async with a_socket(app, tenant, token) as socket:
        with within(tenant):
            member_id = await value("select id from members where account_id = $1", agent.account)
            await deactivate_member(admin, member_id)
        answer = await socket.ask(
            f'mutation {{ addNote(number: {opened.number}, body: "still here") {{ ... on Problem {{ code }} }} }}'
        )
    assert answer["data"]["addNote"] == {"code": "sign_in_needed"}
    with within(tenant):
        assert await value("select count(*) from messages where kind = 'note'") == 0


async def test_a_socket_knows_of_a_role_that_was_taken_away(app: Litestar) -> None:
    tenant = await a_tenant()
    admin = await a_member(tenant, "admin")
    with within(tenant):
        token = await _token(admin)
    async with a_socket(app, tenant, token) as socket:
        with within(tenant):
            await rows("update members set role = 'agent' where account_id = $1", admin.account)
        assert (await socket.ask(WHO))["data"]["viewer"] == {"memberRole": "AGENT"}


async def test_the_clients_side_does_not_even_hear_that_a_note_was_added() -> None:
    tenant = await a_tenant()
    agent, contact = await a_member(tenant), await signed_in(await a_contact(tenant))

    async def signed_in_by() -> Actor | None:
        return contact

    async with LiveHub() as hub:
        with within(tenant):
            opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Site", body="Down."))
            context = Context(actor=contact, hub=hub, environment="development", origin="", signed_in_by=signed_in_by)
            changes: Any = await schema.subscribe(
                f"subscription {{ ticketChanged(number: {opened.number}) {{ type }} }}", context_value=context
            )
            async with asyncio.timeout(5):
                before = await anext(changes)
            heard = asyncio.create_task(anext(changes))
            await add_note(agent, opened.number, "He is two invoices behind.")
            await reply(agent, opened.number, "We look into it.")
            for each in await rows("select id, type, at, ticket_id, data from events order by id offset 1"):
                event = live_event(*each.values())
                await redis().publish(channel(tenant.id), msgspec.json.encode(event))
            async with asyncio.timeout(5):
                first = await heard
    assert before.data == {"ticketChanged": {"type": "TicketOpened"}}
    assert first.data == {"ticketChanged": {"type": "StaffReplied"}}
