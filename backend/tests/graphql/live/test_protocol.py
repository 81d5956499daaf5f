"""The socket itself: who may open it, and what happens to messages that are none."""

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.graphql.controller import MOST_SUBSCRIPTIONS
from backend.tests.factories import a_contact, a_member, a_tenant
from backend.tests.graphql.live.conftest import Running
from backend.tests.graphql.live.socket import PROTOCOL, a_socket, dial, token_of

COMPANY = "subscription { companyChanged { name } }"


async def test_a_page_of_another_origin_opens_no_socket(running: Running) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    token = await token_of(await a_member(tenant))
    for origin in (
        f"http://{other.host}:{running.port}",
        "https://evil.example",
        "null",
        f"http://{tenant.host}:1",
        f"http://{tenant.host}",
    ):
        with pytest.raises(InvalidStatus):
            async with dial(running.port, tenant, token, origin=origin):
                pass
    async with dial(running.port, tenant, token, origin=f"http://{tenant.host}:{running.port}") as connection:
        assert connection.subprotocol == PROTOCOL


async def test_an_unknown_host_opens_no_socket(running: Running) -> None:
    tenant = await a_tenant()
    for host in ("nowhere.example", f"x.{tenant.host}"):
        with pytest.raises(InvalidStatus):
            async with dial(running.port, tenant, host=host):
                pass


async def test_a_session_of_another_company_is_a_guest_on_the_socket(running: Running) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    async with a_socket(running.port, tenant, await a_member(other, "owner")) as socket:
        assert await socket.ask("{ viewer { email } }") is None
        refused = await socket.next(await socket.start("subscription { queueChanged { type } }"), seconds=10)
        assert "sign_in_needed" in str(refused)


@pytest.mark.parametrize("protocol", [None, "graphql-ws", "soap"])
async def test_a_socket_speaks_graphql_transport_ws_alone(running: Running, protocol: str | None) -> None:
    tenant = await a_tenant()
    async with dial(running.port, tenant, protocol=protocol) as connection:
        with pytest.raises(ConnectionClosed) as closed:
            async with asyncio.timeout(10):
                await connection.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4406


def message(**fields: Any) -> str:
    return json.dumps(fields)


INIT = message(type="connection_init")
WRONG: dict[str, tuple[list[str | bytes], int]] = {
    "no JSON": (["nonsense"], 4400),
    "a list": (["[1]"], 4400),
    "a number": (["5"], 4400),
    "null": (["null"], 4400),
    "bytes": ([b"\x00\x01"], 4400),
    "no type": (["{}"], 4400),
    "an unknown type": ([message(type="nope")], 4400),
    "an operation before the greeting": ([message(type="subscribe", id="1", payload={"query": COMPANY})], 4401),
    "two greetings": ([INIT, INIT], 4429),
    "a greeting of another shape": ([message(type="connection_init", payload=[1])], 4400),
    "the same id twice": ([INIT, *[message(type="subscribe", id="1", payload={"query": COMPANY})] * 2], 4409),
    "no payload": ([INIT, message(type="subscribe", id="1")], 4400),
    "no query": ([INIT, message(type="subscribe", id="1", payload={})], 4400),
    "a payload that is a list": ([INIT, message(type="subscribe", id="1", payload=[])], 4400),
    "a payload that is a number": ([INIT, message(type="subscribe", id="1", payload=5)], 4400),
    "a query that is a number": ([INIT, message(type="subscribe", id="1", payload={"query": 5})], 4400),
    "variables that are a list": ([INIT, message(type="subscribe", id="1", payload={"query": COMPANY, "variables": [1]})], 4400),
    "an id that is a list": ([INIT, message(type="subscribe", id=[], payload={"query": COMPANY})], 4400),
    "to complete without an id": ([INIT, message(type="complete")], 4400),
    "to complete a list": ([INIT, message(type="complete", id=[])], 4400),
    "ten megabytes": (["x" * 10_000_000], 0),
}  # fmt: skip


async def close_code(connection: ClientConnection, messages: list[str | bytes]) -> int:
    """Send them, and read until the server closes. Returns its code; 0 where it left without one."""
    try:
        async with asyncio.timeout(20):
            for each in messages:
                await connection.send(each)
            while True:
                await connection.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_message_that_is_none_closes_its_own_socket_alone(running: Running, wrong: str) -> None:
    tenant = await a_tenant()
    messages, code = WRONG[wrong]
    async with a_socket(running.port, tenant) as other:
        async with dial(running.port, tenant) as connection:
            found = await close_code(connection, messages)
        assert code in (0, found), found
        assert (await other.ask("{ company { id } }"))["id"] == str(tenant.id)


@pytest.mark.parametrize(
    "document",
    [
        "", "nonsense", "subscription { nope }", "subscription { ticketChanged { type } }", "subscription { companyChanged }",
        "{" * 5000, "x" * 500, "\u00e9" * 90, "query { search(query: 5) { edges { cursor } } }",
        "subscription { companyChanged { id } ticketChanged(number: 1) { type } }", 'query { ticket(number: "x") { id } }',
        "query { ticket(number: 1) { followUpOf { followUpOf { followUpOf { followUpOf { followUpOf { followUpOf { followUpOf { followUpOf "
        "{ followUpOf { followUpOf { followUpOf { followUpOf { followUpOf { id } } } } } } } } } } } } } } }",
        "query { queue(first: 100) { edges { node { timeline(first: 100) { edges { cursor } } } } } }",
        "query { " + " ".join(f"a{n}: company {{ id }}" for n in range(60)) + " }",
    ],
)  # fmt: skip
async def test_the_limits_of_documents_hold_on_the_socket(running: Running, document: str) -> None:
    tenant = await a_tenant()
    async with a_socket(running.port, tenant, await a_contact(tenant)) as socket:
        if not document:
            await socket.start(document)
            await asyncio.wait_for(socket.connection.wait_closed(), 10)
            assert socket.connection.close_code == 4400
            return
        found = await socket.next(await socket.start(document), seconds=10)
        assert found["type"] == "error" or found["payload"]["errors"], found
        assert "Something went wrong" not in str(found)
        assert (await socket.ask("{ company { id } }"))["id"] == str(tenant.id)


async def test_a_socket_has_so_many_operations_and_no_more(running: Running) -> None:
    tenant = await a_tenant()
    async with a_socket(running.port, tenant) as socket:
        for _ in range(MOST_SUBSCRIPTIONS):
            await socket.start(COMPANY)
        refused = await socket.next(await socket.start(COMPANY), seconds=10)
        assert refused["type"] == "error"
        await socket.send({"type": "complete", "id": "1"})
        assert await socket.silent(await socket.start(COMPANY))
