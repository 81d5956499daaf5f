"""The queue is fair: urgency, then the portal before mail, then who waits longest; nothing takes a place away (FIELD.md A4, A7, C4, D4)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from backend.actor import Actor
from backend.clock import advance
from backend.database import value
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tickets.open import NewTicket, open_from_mail, open_ticket
from backend.tickets.timers.fire import fire_timers

QUEUE = "query($d: ID) { queue(departmentId: $d) { edges { node { number waitingSince } } } }"
REPLY = 'mutation($n: Int!, $s: String) { reply(number: $n, body: "More.", status: $s) { ... on ReplySuccess { ticket { waitingSince } } } }'
TRANSFER = "mutation($n: Int!, $d: ID!) { transfer(number: $n, departmentId: $d) { ... on Ticket { waitingSince } ... on Problem { code } } }"


@dataclass(frozen=True, slots=True)
class Desk:
    tenant: TestTenant
    billing: UUID
    contact: Actor
    portal: Browser
    agent: Browser

    async def opened(self, priority: str | None = None, department: UUID | None = None) -> int:
        await advance(timedelta(minutes=1))
        with within(self.tenant):
            request = NewTicket(
                department_id=department or self.tenant.support, subject="Slow", body="Slow.", priority=priority
            )
            return (await open_ticket(self.contact, request)).number

    async def mailed(self) -> int:
        await advance(timedelta(minutes=1))
        with within(self.tenant):
            opened = await open_from_mail(
                self.tenant.guest, department_id=self.tenant.support, subject="Slow", body="Slow.", name="G", email="g@else.example",
                mail_message_id=None, answer_by_mail=True, idempotency_key="a digest",
            )  # fmt: skip
        return opened.number

    async def order(self, department: UUID | None = None) -> list[int]:
        found = await self.agent.ask(QUEUE, d=str(department) if department else None)
        return [each["node"]["number"] for each in found["edges"]]


@pytest.fixture
async def desk(app: Litestar) -> AsyncIterator[Desk]:
    tenant = await a_tenant(priority_choice=True)
    billing = await a_department(tenant)
    contact = await a_contact(tenant)
    async with a_browser(app, tenant) as portal, a_browser(app, tenant) as agent:
        await portal.carry_on(contact)
        await agent.carry_on(await a_member(tenant))
        yield Desk(tenant, billing, contact, portal, agent)


async def test_urgent_before_less_urgent_portal_before_mail_then_the_longest_wait(desk: Desk) -> None:
    mail, low = await desk.mailed(), await desk.opened("low")
    medium, high, critical, later = (
        await desk.opened(),
        await desk.opened("high"),
        await desk.opened("critical"),
        await desk.opened("critical"),
    )
    urgent, last = await desk.opened("urgent"), await desk.opened("medium")
    assert await desk.order() == [critical, later, urgent, high, medium, last, mail, low]
    await desk.agent.ask("mutation($n: Int!) { setPriority(number: $n, priority: CRITICAL) { __typename } }", n=low)
    assert await desk.order() == [low, critical, later, urgent, high, medium, last, mail]


async def test_asking_for_news_keeps_the_place(desk: Desk) -> None:
    first, second, third = await desk.opened(), await desk.opened(), await desk.opened()
    before = await waits(desk)
    for number in (first, second, first):
        await advance(timedelta(hours=1))
        await desk.portal.ask(REPLY, n=number)
    assert await desk.order() == [first, second, third]
    assert await waits(desk) == before


async def test_who_was_answered_and_asks_again_waits_from_then_on(desk: Desk) -> None:
    first, second = await desk.opened(), await desk.opened()
    await desk.agent.ask(REPLY, n=first, s="pending")
    assert await desk.order() == [second]
    await desk.portal.ask(REPLY, n=first)
    assert await desk.order() == [second, first]


async def test_an_open_ticket_that_was_answered_stands_behind_those_who_wait(desk: Desk) -> None:
    first, second = await desk.opened("critical"), await desk.opened("low")
    await desk.agent.ask(REPLY, n=first, s="open")
    assert await desk.order() == [second, first]


async def test_a_transfer_keeps_the_wait_and_so_the_place(desk: Desk) -> None:
    early = await desk.opened()
    there = [await desk.opened(department=desk.billing) for _ in range(2)]
    before = await waits(desk)
    await advance(timedelta(hours=5))
    moved = await desk.agent.ask(TRANSFER, n=early, d=str(desk.billing))
    assert moved["waitingSince"] == before[early]
    assert await desk.order(desk.billing) == [early, *there]
    assert await desk.order(desk.tenant.support) == []
    assert await desk.agent.ask(TRANSFER, n=early, d=str(desk.billing)) == {"code": "already_there"}


async def test_a_note_and_an_assignment_change_no_place(desk: Desk) -> None:
    first, second = await desk.opened(), await desk.opened()
    await desk.agent.ask('mutation($n: Int!) { addNote(number: $n, body: "Hm.") { __typename } }', n=first)
    [member] = await desk.agent.ask("{ members { id } }")
    await desk.agent.ask(
        "mutation($n: Int!, $m: ID) { assign(number: $n, memberId: $m) { __typename } }", n=first, m=member["id"]
    )
    assert await desk.order() == [first, second]


async def waits(desk: Desk) -> dict[int, Any]:
    found = await desk.agent.ask(QUEUE)
    return {each["node"]["number"]: each["node"]["waitingSince"] for each in found["edges"]}


async def test_a_department_says_as_many_wait_as_its_queue_shows(desk: Desk) -> None:
    answered, _ = await desk.opened(), await desk.opened()
    await desk.agent.ask(REPLY, n=answered, s="open")
    departments = await desk.agent.ask("{ departments { id waitingCount } }")
    views = await desk.agent.ask("{ viewCounts { view count } }")
    counts = {each["id"]: each["waitingCount"] for each in departments}
    assert counts[str(desk.tenant.support)] == len(await desk.order()) == 2
    assert {each["count"] for each in views if each["view"] == "WAITING"} == {2}


SET = "mutation($n: Int!, $s: String!) { setStatus(number: $n, status: $s) { ... on Ticket { waitingSince } ... on Problem { code } } }"
FOLLOWED = (
    'mutation($n: Int!) { reply(number: $n, body: "Still.") { ... on ReplySuccess { followUp ticket { number } } } }'
)


@pytest.mark.parametrize("status", ["pending", "on_hold", "solved"])
async def test_who_was_never_answered_has_the_old_place_when_they_write_again(desk: Desk, status: str) -> None:
    first, second = await desk.opened(), await desk.opened()
    before = await waits(desk)
    assert (await desk.agent.ask(SET, n=first, s=status))["waitingSince"] == before[first]
    assert await desk.order() == [second]
    await advance(timedelta(hours=5))
    await desk.portal.ask(REPLY, n=first)
    assert await desk.order() == [first, second]
    assert await waits(desk) == before


async def test_who_was_never_answered_has_the_old_place_in_the_ticket_that_goes_on(desk: Desk) -> None:
    first, second = await desk.opened(), await desk.opened()
    before = await waits(desk)
    await desk.agent.ask(SET, n=first, s="closed")
    await advance(timedelta(hours=5))
    followed = await desk.portal.ask(FOLLOWED, n=first)
    assert followed["followUp"]
    assert await desk.order() == [followed["ticket"]["number"], second]
    assert (await waits(desk))[followed["ticket"]["number"]] == before[first]


async def test_a_ticket_that_a_timer_closed_without_an_answer_keeps_the_place(desk: Desk) -> None:
    first, second = await desk.opened(), await desk.opened()
    await desk.agent.ask(SET, n=first, s="pending")
    await advance(timedelta(days=8))
    with within(desk.tenant):
        ticket_id = await value("select id from tickets where number = $1", first)
        await fire_timers(desk.tenant.id, [ticket_id])
        assert await value("select status from tickets where id = $1", ticket_id) == "closed"
    followed = await desk.portal.ask(FOLLOWED, n=first)
    assert await desk.order() == [followed["ticket"]["number"], second]
