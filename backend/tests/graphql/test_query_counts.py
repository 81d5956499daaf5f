"""How many statements each page may cost: a round trip is what a small page spends most of its time on."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from backend.database import count_queries, value
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tickets.routing.routes import NewRoute, set_routes

ROW = "number subject department { name } client { name } requester { name } assignee { name } attestation { level }"
QUEUE = f"query {{ queue(first: 50) {{ edges {{ node {{ {ROW} }} }} }} }}"
SEARCH = f'query {{ search(query: "certificate") {{ edges {{ node {{ {ROW} }} }} }} }}'
CONVERSATION = f"""query {{ ticket(number: 1001) {{
    {ROW}
    timeline {{ edges {{ node {{ ... on Message {{ body author {{ name }} }} ... on HistoryEntry {{ sentence }} }} }} }}
}} }}"""
OPEN = """mutation ($input: OpenTicketInput!) {
    openTicket(input: $input) { ... on OpenTicketSuccess { number ticket { number status { clientName } } } }
}"""


@pytest.fixture
async def tenant() -> TestTenant:
    return await a_tenant()


@pytest.fixture
async def staff(app: Litestar, tenant: TestTenant) -> AsyncIterator[Browser]:
    async with a_browser(app, tenant, await a_member(tenant)) as browser:
        yield browser


@pytest.fixture
async def client(app: Litestar, tenant: TestTenant) -> AsyncIterator[Browser]:
    async with a_browser(app, tenant, await a_contact(tenant)) as browser:
        for number in range(5):
            await open_ticket(browser, tenant, number)
        yield browser


async def open_ticket(browser: Browser, tenant: TestTenant, number: int) -> None:
    given = {
        "departmentId": str(tenant.support),
        "subject": "The certificate",
        "body": "It expires.",
        "idempotencyKey": str(number),
    }
    opened = await browser.ask(OPEN, input=given)
    assert opened["ticket"]["number"] == opened["number"]


@pytest.mark.parametrize(
    ("document", "most"),
    [
        (QUEUE, 2),  # who asks, the page
        (CONVERSATION, 3),  # who asks, the ticket, its timeline
        (SEARCH, 4),  # who asks, the language, the hits, their tickets
    ],
    ids=["queue", "conversation", "search"],
)
async def test_a_page_costs_so_many_statements(client: Browser, staff: Browser, document: str, most: int) -> None:
    await staff.ask(document)
    with count_queries() as count:
        found = await staff.ask(document)

    assert found
    assert len(count) <= most, count.statements


async def test_the_places_and_the_progress_of_a_page_cost_so_many_statements(client: Browser) -> None:
    document = "{ myTickets { edges { node { number place { ahead usual } progress { state at } } } } }"
    await client.ask(document)
    with count_queries() as count:
        found = await client.ask(document)

    assert sorted(each["node"]["place"]["ahead"] for each in found["edges"]) == [0, 1, 2, 3, 4]
    # Who asks, the page, the places, the usual answers, the company's zone, the steps.
    assert len(count) <= 6, count.statements


async def test_opening_a_ticket_costs_so_many_statements(client: Browser, tenant: TestTenant) -> None:
    with count_queries() as count:
        await open_ticket(client, tenant, 100)

    assert len(count) <= 17, count.statements  # one locks the end of the chain of proofs, one asks for a route


async def test_a_ticket_that_rules_give_to_somebody_costs_two_statements_and_its_event_more(
    client: Browser, tenant: TestTenant
) -> None:
    admin = await a_member(tenant, "admin")
    with within(tenant):
        await set_routes(
            admin,
            [NewRoute(department_id=None, category=None, moments=("opened",), steps=("usual_agent", "next_available"))],
        )
    with count_queries() as count:
        await open_ticket(client, tenant, 100)

    assert len(count) <= 19, count.statements
    with within(tenant):
        assert await value("select count(*) from tickets where assignee_id = $1", admin.account_id) == 1
