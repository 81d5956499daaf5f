"""The lifecycle of Foundry through the API, with the clock moved (FIELD.md B5 to B9)."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from litestar import Litestar

from backend.clock import advance
from backend.database import rows
from backend.jobs.drain import drain
from backend.mailboxes.outgoing.send import configure_smtp
from backend.settings import Settings
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from infra.dev.data_folder import free_port

PARTS = """number status { key meaning } waitingSince openedAt closedAt solvedAt firstRespondedAt tags timers { action dueAt } statusSentence
    followUpOf { number } followUps { number } subject department { name } abilities { reply setStatus statuses { key } }"""
OPEN = "mutation($input: OpenTicketInput!) { openTicket(input: $input) { ... on OpenTicketSuccess { number } } }"
READ = f"query($n: Int!) {{ ticket(number: $n) {{ {PARTS} }} }}"
REPLY = f"""mutation($n: Int!, $b: String!, $s: String) {{ reply(number: $n, body: $b, status: $s) {{
    ... on ReplySuccess {{ followUp ticket {{ {PARTS} }} }} ... on Problem {{ code field }} }} }}"""
SET = f"mutation($n: Int!, $s: String!) {{ setStatus(number: $n, status: $s) {{ ... on Ticket {{ {PARTS} }} ... on Problem {{ code field }} }} }}"
HISTORY = (
    "query($n: Int!) { ticket(number: $n) { timeline { edges { node { ... on HistoryEntry { type sentence } } } } } }"
)
LADDER = [timedelta(hours=24), timedelta(days=5), timedelta(days=7)]


@dataclass(frozen=True, slots=True)
class Desk:
    """A client and an agent of one company, each in a browser."""

    tenant: TestTenant
    portal: Browser
    agent: Browser

    async def opened(self) -> int:
        request = {"departmentId": str(self.tenant.support), "subject": "Slow", "body": "The site is slow."}
        number: int = (await self.portal.ask(OPEN, input=request))["number"]
        return number

    async def answer(self, number: int, status: str | None = None) -> Any:
        return await self.agent.ask(REPLY, n=number, b="Which site?", s=status)

    async def write(self, number: int) -> Any:
        return await self.portal.ask(REPLY, n=number, b="The shop.")

    async def read(self, number: int) -> Any:
        return await self.portal.ask(READ, n=number)

    async def later(self, **time: float) -> None:
        """Move the clock, and let everything that is due happen, twice."""
        await advance(timedelta(**time))
        for _ in range(2):
            await drain(self.tenant.id)

    async def history(self, number: int) -> list[str]:
        edges = (await self.agent.ask(HISTORY, n=number))["timeline"]["edges"]
        return [each["node"]["sentence"] for each in edges if each["node"]]

    async def mails(self) -> list[str]:
        """What was mailed to the client, in order."""
        with within(self.tenant):
            found = await rows("select template from outgoing_mails where tenant_id = $1 order by id", self.tenant.id)
        return [each["template"] for each in found if not each["template"].startswith("staff_")]


@pytest.fixture(scope="module")
def smtp_url() -> Iterator[str]:
    """A mail server that takes everything and keeps nothing."""
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    server.start()
    yield f"smtp://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture
async def desk(app: Litestar, settings: Settings, smtp_url: str) -> AsyncIterator[Desk]:
    configure_smtp(smtp_url, settings.origin)
    tenant = await a_tenant()
    async with a_browser(app, tenant) as portal, a_browser(app, tenant) as agent:
        await portal.carry_on(await a_contact(tenant))
        await agent.carry_on(await a_member(tenant))
        yield Desk(tenant, portal, agent)


def ladder(ticket: Any, since: datetime) -> list[tuple[str, timedelta]]:
    """The pending timers, by how long after that moment they are due."""
    return [(each["action"], moment(each["dueAt"]) - since) for each in ticket["timers"]]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_a_new_ticket_is_open_waits_and_its_receipt_goes_out_once(desk: Desk) -> None:
    number = await desk.opened()
    ticket = await desk.read(number)
    assert ticket["status"] == {"key": "open", "meaning": "OPEN"}
    assert ticket["waitingSince"] == ticket["openedAt"]
    assert ticket["timers"] == []
    await desk.later(days=30)
    assert (await desk.read(number))["status"]["key"] == "open"
    assert (await desk.mails()).count("receipt") == 1


async def test_a_question_is_mailed_reminded_of_twice_and_closed_after_a_week_each_exactly_once(desk: Desk) -> None:
    number = await desk.opened()
    asked = (await desk.answer(number, "pending"))["ticket"]
    assert asked["status"] == {"key": "pending", "meaning": "WAITING_FOR_CLIENT"}
    assert asked["waitingSince"] is None
    since = moment(asked["firstRespondedAt"])
    assert ladder(asked, since) == list(zip(["remind", "remind", "set_status"], LADDER, strict=True))
    await desk.later(hours=23, minutes=58)
    assert await desk.mails() == ["receipt", "reply"]
    await desk.later(minutes=3)
    assert await desk.mails() == ["receipt", "reply", "reminder_first"]
    await desk.later(days=3, hours=23, minutes=50)
    assert (await desk.mails()).count("reminder_second") == 0
    await desk.later(minutes=15)
    assert (await desk.mails()).count("reminder_second") == 1
    assert (await desk.read(number))["statusSentence"].startswith("Waiting for you until")
    await desk.later(days=1, hours=23)
    assert (await desk.read(number))["status"]["key"] == "pending"
    await desk.later(hours=2)
    closed = await desk.read(number)
    assert (closed["status"]["key"], closed["tags"], closed["timers"]) == ("closed", ["No Response"], [])
    assert moment(closed["closedAt"]) - since >= LADDER[-1]
    await desk.later(days=30)
    assert sorted(await desk.mails()) == sorted(
        ["receipt", "reply", "reminder_first", "reminder_second", "closed_no_response"]
    )
    told = await desk.history(number)
    assert told.count("Reminder sent") == 2
    assert told[-1] == "Closed, by itself: No Response"


async def test_a_clock_that_jumps_over_everything_does_each_step_once_in_order(desk: Desk) -> None:
    number = await desk.opened()
    await desk.answer(number, "pending")
    await desk.later(days=400)
    assert (await desk.read(number))["status"]["key"] == "closed"
    mails = await desk.mails()
    assert mails[-3:] == ["reminder_first", "reminder_second", "closed_no_response"]


async def test_an_answer_of_the_client_opens_the_ticket_again_and_cancels_what_was_pending(desk: Desk) -> None:
    number = await desk.opened()
    await desk.answer(number, "pending")
    await desk.later(days=3)
    answered = (await desk.write(number))["ticket"]
    assert (answered["status"]["key"], answered["timers"]) == ("open", [])
    assert moment(answered["waitingSince"]) > moment(answered["firstRespondedAt"]) + timedelta(days=3)
    await desk.later(days=30)
    assert (await desk.read(number))["status"]["key"] == "open"
    assert "reminder_second" not in await desk.mails()
    again = (await desk.answer(number, "pending"))["ticket"]
    assert [each["action"] for each in again["timers"]] == ["remind", "remind", "set_status"]
    await desk.later(hours=25)
    assert (await desk.mails()).count("reminder_first") == 2


async def test_a_solved_ticket_closes_after_a_day_unless_the_client_adds_something(desk: Desk) -> None:
    first, second = await desk.opened(), await desk.opened()
    for number in (first, second):
        solved = (await desk.answer(number, "solved"))["ticket"]
        assert ladder(solved, moment(solved["solvedAt"])) == [("set_status", timedelta(hours=24))]
    await desk.later(hours=12)
    added = (await desk.write(second))["ticket"]
    assert (added["status"]["key"], added["timers"], added["solvedAt"]) == ("open", [], None)
    await desk.later(hours=12, minutes=1)
    closed = await desk.read(first)
    assert (closed["status"]["key"], closed["tags"]) == ("closed", [])
    assert (await desk.read(second))["status"]["key"] == "open"
    assert (await desk.history(first))[-1] == "Closed, by itself"


async def test_a_closed_ticket_takes_nothing_more_a_reply_makes_a_linked_one(desk: Desk) -> None:
    number = await desk.opened()
    await desk.answer(number, "solved")
    await desk.later(hours=25)
    before = await desk.read(number)
    assert (await desk.answer(number, "open")) == {"code": "status_not_offered", "field": "status"}
    assert (await desk.agent.ask(SET, n=number, s="open")) == {"code": "status_not_offered", "field": "status"}
    staff = (await desk.agent.ask(READ, n=number))["abilities"]
    assert staff == {"reply": False, "setStatus": False, "statuses": []}
    assert before["abilities"]["reply"] is True
    written = await desk.write(number)
    assert written["followUp"] is True
    new = written["ticket"]
    assert new["number"] != number
    assert (new["followUpOf"], new["status"]["key"], new["subject"]) == ({"number": number}, "open", "Slow")
    assert new["waitingSince"] == new["openedAt"]
    after = await desk.read(number)
    assert after.pop("followUps") == [{"number": new["number"]}]
    before.pop("followUps")
    assert after == before
    assert (await desk.history(number))[-1] == f"Goes on as #{new['number']}"
    another = (await desk.write(number))["ticket"]["number"]
    assert another not in (number, new["number"])
    await desk.later(minutes=1)
    assert (await desk.mails()).count("receipt") == 3


async def test_no_timer_runs_while_a_ticket_is_on_hold(desk: Desk) -> None:
    number = await desk.opened()
    await desk.answer(number, "pending")
    held = await desk.agent.ask(SET, n=number, s="on_hold")
    assert (held["status"]["meaning"], held["timers"]) == ("ON_HOLD", [])
    await desk.later(days=60)
    assert (await desk.read(number))["status"]["key"] == "on_hold"
    assert "reminder_first" not in await desk.mails()
    queue = "query($v: QueueView!) { queue(view: $v) { edges { node { number } } } }"
    assert [each["node"]["number"] for each in (await desk.agent.ask(queue, v="ON_HOLD"))["edges"]] == [number]
    assert (await desk.agent.ask(queue, v="WAITING"))["edges"] == []
    assert (await desk.write(number))["ticket"]["status"]["key"] == "open"
