"""What is shown of a client is bounded, and says how much is not shown."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Litestar

from backend.actor import Actor
from backend.clients.create import add_service
from backend.database import transaction
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tickets.open import NewTicket, open_ticket

CLIENT = """query($id: ID!, $first: Int!) { client(id: $id) {
    contactCount contacts(first: $first) { role person { name } }
    serviceCount services(first: $first) { name } } }"""
USUAL = "query($id: ID!) { client(id: $id) { contacts { id } services { id } } }"
ROLE = "query($n: Int!) { ticket(number: $n) { requesterRole } }"
MANY = 23


@pytest.fixture
async def tenant() -> TestTenant:
    return await a_tenant()


@pytest.fixture
async def desk(app: Litestar, tenant: TestTenant) -> AsyncIterator[Browser]:
    async with a_browser(app, tenant) as browser:
        yield await browser.carry_on(await a_member(tenant))


@pytest.fixture
async def owner(tenant: TestTenant) -> Actor:
    """The owner of a client with many people and many services."""
    owner = await a_contact(tenant, name="00")
    assert owner.client_id is not None
    for number in range(1, MANY):
        await a_contact(tenant, "member", client=owner.client_id, name=f"{number:02}")
    with within(tenant):
        async with transaction():
            for number in range(MANY):
                await add_service(tenant.actor, owner.client_id, name=f"{number:02}.example")
    return owner


async def test_a_client_with_many_people_and_services_shows_the_first_and_says_how_many_there_are(
    desk: Browser, owner: Actor
) -> None:
    client = str(owner.client_id)
    found = await desk.ask(CLIENT, id=client, first=5)
    assert [each["person"]["name"] for each in found["contacts"]] == ["00", "01", "02", "03", "04"]
    assert [each["name"] for each in found["services"]] == [f"{number:02}.example" for number in range(5)]
    assert (found["contactCount"], found["serviceCount"]) == (MANY, MANY)
    every = await desk.ask(CLIENT, id=client, first=100)
    assert (len(every["contacts"]), len(every["services"])) == (MANY, MANY)
    usual = await desk.ask(USUAL, id=client)
    assert (len(usual["contacts"]), len(usual["services"])) == (20, 20)


@pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1])
async def test_no_more_than_a_hundred_are_read_at_once(desk: Browser, owner: Actor, first: int) -> None:
    answer: dict[str, Any] = await desk.raw(CLIENT, id=str(owner.client_id), first=first)
    assert {each["extensions"]["code"] for each in answer["errors"]} <= {"page_too_large", "too_costly"}


async def test_a_ticket_says_what_its_requester_may_do_for_the_client(
    desk: Browser, tenant: TestTenant, owner: Actor
) -> None:
    last = await a_contact(tenant, "may_approve", client=owner.client_id, name="Zoe")
    for actor, role in ((owner, "OWNER"), (last, "MAY_APPROVE"), (await a_member(tenant), None)):
        with within(tenant):
            number = (
                await open_ticket(actor, NewTicket(department_id=tenant.support, subject="DNS", body="Please."))
            ).number
        assert (await desk.ask(ROLE, n=number))["requesterRole"] == role
