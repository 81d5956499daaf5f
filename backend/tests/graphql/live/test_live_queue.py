"""The queue on the screen: rows, counts and places as they change, without being asked for anew."""

import asyncio
import time
from contextlib import suppress

from backend.actor import Actor
from backend.database import value
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tests.graphql.live.conftest import Running
from backend.tests.graphql.live.socket import Socket, a_socket
from backend.tickets.assign import assign
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply
from backend.tickets.set_priority import set_priority
from backend.tickets.transfer import transfer

COUNTED = """subscription($d: ID) { queueChanged(departmentId: $d) {
    number ticket { number } counts { departmentId counts { view mine unassigned count } } } }"""
PLACE = "subscription($n: Int!) { placeChanged(number: $n) { number type ticket { number place { ahead sentence } } } }"


async def opened(tenant: TestTenant, contact: Actor) -> int:
    with within(tenant):
        request = NewTicket(department_id=tenant.support, subject="Slow", body="The site is slow.")
        return (await open_ticket(contact, request)).number


async def last_counts(socket: Socket, operation: str) -> dict[str, dict[tuple[str, bool, bool], int]]:
    """What the screen knows when nothing more is told."""
    known: dict[str, dict[tuple[str, bool, bool], int]] = {}
    with suppress(TimeoutError):
        while True:
            for each in (await socket.data(operation))["counts"] or ():
                found = {(one["view"], one["mine"], one["unassigned"]): one["count"] for one in each["counts"]}
                known[each["departmentId"]] = found
    return known


async def test_the_counts_come_with_the_changes_and_to_nobody_else(running: Running) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    billing = await a_department(tenant)
    contact, agent, colleague = await a_contact(tenant), await a_member(tenant), await a_member(other)
    async with a_socket(running.port, tenant, agent) as desk, a_socket(running.port, other, colleague) as elsewhere:
        everything, nothing = await desk.start(COUNTED), await elsewhere.start(COUNTED)
        await desk.listening()
        await elsewhere.listening()
        first, _ = await opened(tenant, contact), await opened(tenant, contact)
        waiting = {("WAITING", False, False): 2, ("WAITING", False, True): 2}
        assert await last_counts(desk, everything) == {str(tenant.support): waiting}
        with within(tenant):
            await transfer(agent, first, billing)
            await assign(agent, first, await value("select id from members where account_id = $1", agent.account))
        assert await last_counts(desk, everything) == {
            str(tenant.support): dict.fromkeys(waiting, 1),
            str(billing): {("WAITING", False, False): 1, ("WAITING", True, False): 1},
        }
        with within(tenant):
            await set_status(agent, first, "closed")
        assert await last_counts(desk, everything) == {str(billing): {}}
        assert await elsewhere.silent(nothing)


async def test_two_hundred_changes_a_second_are_few_readings(running: Running) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    numbers = [await opened(tenant, contact) for _ in range(8)]
    async with a_socket(running.port, tenant, agent) as desk:
        queue = await desk.start(COUNTED)
        await desk.listening()
        before = await last_counts(desk, queue)
        with within(tenant):
            began = time.monotonic()
            for turn in range(25):
                await asyncio.gather(*(each_changed(tenant, agent, number, turn) for number in numbers))
            took = time.monotonic() - began
        told, counted = 0, 0
        with suppress(TimeoutError):
            while True:
                change = await desk.data(queue)
                told += 1
                counted += change["counts"] is not None
    assert told <= 200
    assert before[str(tenant.support)] == {("WAITING", False, False): 8, ("WAITING", False, True): 8}
    # A look each fifth of a second, and one more at each end.
    assert counted <= 5 * took + 5


async def each_changed(tenant: TestTenant, agent: Actor, number: int, turn: int) -> None:
    with within(tenant):
        await set_priority(agent, number, ("high", "low")[turn % 2])


async def test_the_place_changes_when_those_before_are_answered_and_not_with_each_event(running: Running) -> None:
    tenant = await a_tenant()
    contact, stranger, agent = await a_contact(tenant), await a_contact(tenant), await a_member(tenant)
    before, number = await opened(tenant, stranger), await opened(tenant, contact)
    async with a_socket(running.port, tenant, contact) as portal:
        place = await portal.start(PLACE, n=number)
        await portal.listening()
        change = await portal.data(place, seconds=5)
        assert (change["type"], change["ticket"]["place"]["ahead"]) == ("PlaceChanged", 1)
        await opened(tenant, stranger)
        with within(tenant):
            await reply(stranger, before, "Any news?")
        assert await portal.silent(place, seconds=3)
        with within(tenant):
            await reply(agent, before, "Done.", status="solved")
        change = await portal.data(place, seconds=5)
        assert change["ticket"] == {"number": number, "place": {"ahead": 0, "sentence": "You are next in Support"}}
        with within(tenant):
            await reply(agent, number, "Done.", status="solved")
        assert (await portal.data(place, seconds=5))["ticket"]["place"] is None
        refused = await portal.next(await portal.start(PLACE, n=before))
        assert refused["payload"] == (await portal.next(await portal.start(PLACE, n=999_999)))["payload"]
