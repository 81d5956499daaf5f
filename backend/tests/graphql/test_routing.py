"""Routing as the screens see it: who may say what, what a client sees, and lists of one category."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from litestar import Litestar

from backend.actor import Actor
from backend.clock import now
from backend.database import value
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within

GIVEN = "... on Problem { code field }"
PROJECT = f"""mutation($n: Int!, $lead: ID) {{ createProject(clientNumber: $n, input: {{name: "Website", leadId: $lead}}) {{
    ... on Project {{ id name clientName lead {{ name email }} }} {GIVEN} }} }}"""
OPEN = f"""mutation($input: OpenTicketInput!) {{ openTicket(input: $input) {{
    ... on OpenTicketSuccess {{ number }} {GIVEN} }} }}"""
ROUTES = f"""mutation($routes: [RouteInput!]!) {{ setRoutes(routes: $routes) {{
    ... on Routes {{ routes {{ category moments steps }} }} {GIVEN} }} }}"""
TICKET = """query($n: Int!) { ticket(number: $n) { category project { name lead { name email } }
    assignment { sentence byRule assigneeAway takenOverFrom { name } } abilities { categorise takeOver handBack } } }"""
AWAY = f"""mutation($id: ID!, $from: DateTime!) {{ setAbsence(memberId: $id, fromAt: $from) {{
    ... on Member {{ presence {{ state until absences {{ id }} }} }} {GIVEN} }} }}"""
BACK = f"mutation($id: ID!) {{ endAbsence(id: $id) {{ ... on Member {{ presence {{ state }} }} {GIVEN} }} }}"
TAKE = f"mutation($n: Int!) {{ takeOver(number: $n) {{ ... on Ticket {{ assignee {{ name }} }} {GIVEN} }} }}"


@dataclass(frozen=True, slots=True)
class Office:
    tenant: TestTenant
    tessa: Actor
    lead: Browser
    agent: Browser
    portal: Browser
    kinds: dict[str, str]

    async def opens(self, category: str, project: str | None = None) -> int:
        request = {
            "departmentId": str(self.tenant.support), "kindId": self.kinds[category], "subject": "A", "body": "B",
            "projectId": project,
        }  # fmt: skip
        number: int = (await self.portal.ask(OPEN, input=request))["number"]
        return number


@pytest.fixture
async def office(app: Litestar) -> AsyncIterator[Office]:
    tenant = await a_tenant()
    lead, tessa = await a_member(tenant, "admin", departments=[], name="Ada"), await a_member(tenant, name="Tessa")
    agent, client = await a_member(tenant, departments=[], name="Jonas"), await a_contact(tenant)
    async with a_browser(app, tenant) as desk, a_browser(app, tenant) as other, a_browser(app, tenant) as portal:
        await desk.carry_on(lead)
        await other.carry_on(agent)
        await portal.carry_on(client)
        kinds = {}
        for category in ("QUESTION", "WORK_REQUEST", "PROJECT_MESSAGE"):
            made = await desk.ask(
                "mutation($input: KindInput!) { createKind(input: $input) { ... on Kind { id category } } }",
                input={
                    "departmentId": str(tenant.support), "name": category, "description": "", "proofLevel": "NONE",
                    "category": category,
                },
            )  # fmt: skip
            assert made["category"] == category
            kinds[category] = made["id"]
        yield Office(tenant, tessa, desk, other, portal, kinds)


async def test_leads_make_projects_and_a_client_sees_its_own_with_the_lead_s_name_alone(office: Office) -> None:
    with within(office.tenant):
        number = await value("select number from clients")
        tessa = str(await value("select id from members where account_id = $1", office.tessa.account))
    assert (await office.agent.ask(PROJECT, n=number))["code"] == "not_allowed"
    made = await office.lead.ask(PROJECT, n=number, lead=tessa)
    assert made["lead"] == {"name": "Tessa", "email": office.tessa.email}
    own = "{ projects { name lead { name email } } }"
    assert await office.portal.ask(own) == [{"name": "Website", "lead": {"name": "Tessa", "email": None}}]
    stranger = await a_contact(office.tenant)
    await office.portal.carry_on(stranger)
    assert await office.portal.ask(own) == []


async def test_staff_read_why_a_ticket_is_with_somebody_and_clients_do_not(office: Office) -> None:
    rule = {"moments": ["OPENED"], "steps": ["NEXT_AVAILABLE"]}
    assert await office.lead.ask(ROUTES, routes=[rule]) == {"routes": [{"category": None, **rule}]}
    number = await office.opens("QUESTION")
    seen = await office.agent.ask(TICKET, n=number)
    assert seen["assignment"] == {
        "sentence": "Assigned to Tessa because they are next available: no open tickets", "byRule": True,
        "assigneeAway": False, "takenOverFrom": None,
    }  # fmt: skip
    assert seen["abilities"] == {"categorise": True, "takeOver": False, "handBack": False}
    theirs = await office.portal.ask(TICKET, n=number)
    assert (theirs["assignment"], theirs["abilities"]["categorise"]) == (None, False)


async def test_a_ticket_of_who_is_away_says_that_it_can_be_taken_over_and_then_handed_back(office: Office) -> None:
    await office.lead.ask(ROUTES, routes=[{"moments": ["OPENED"], "steps": ["NEXT_AVAILABLE"]}])
    number = await office.opens("QUESTION")
    with within(office.tenant):
        tessa = str(await value("select id from members where account_id = $1", office.tessa.account))
    since = (now() - timedelta(days=1)).isoformat()
    assert (await office.agent.ask(AWAY, id=tessa, **{"from": since}))["code"] == "not_allowed"
    away = (await office.lead.ask(AWAY, id=tessa, **{"from": since}))["presence"]
    assert (away["state"], away["until"]) == ("AWAY", None)
    assert await office.agent.ask("{ unfinishedCount }") == 1
    assert (await office.agent.ask(TICKET, n=number))["abilities"]["takeOver"] is True
    assert await office.agent.ask(TAKE, n=number) == {"assignee": {"name": "Jonas"}}
    taken = await office.agent.ask(TICKET, n=number)
    assert taken["assignment"]["sentence"] == "Jonas took this over from Tessa, who is away"
    assert taken["assignment"]["takenOverFrom"] == {"name": "Tessa"}
    assert taken["abilities"] == {"categorise": True, "takeOver": False, "handBack": False}
    assert (await office.lead.ask(BACK, id=away["absences"][0]["id"]))["presence"]["state"] == "IN"
    assert (await office.agent.ask(TICKET, n=number))["abilities"]["handBack"] is True
    work = "{ unfinishedWork { away { count } back { count member { person { name } } tickets { number } } } }"
    assert await office.agent.ask(work) == {
        "away": [], "back": [{"count": 1, "member": {"person": {"name": "Tessa"}}, "tickets": [{"number": number}]}],
    }  # fmt: skip


async def test_a_queue_is_read_by_category(office: Office) -> None:
    numbers = {category: await office.opens(category) for category in office.kinds}
    for category, number in numbers.items():
        found = await office.agent.ask(
            "query($c: Category!) { queue(category: $c) { edges { node { number category } } } }", c=category
        )
        assert found["edges"] == [{"node": {"number": number, "category": category}}]
