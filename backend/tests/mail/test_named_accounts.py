"""An account that a stranger names: its owners are asked, and the stranger learns nothing."""

from dataclasses import replace

import pytest

from backend.database import rows, value
from backend.errors import Refusal
from backend.jobs.drain import drain
from backend.tests.factories import PASSWORD, a_contact, a_member, a_tenant, within
from backend.tests.mail.asked import a_domain_department, a_guest_ticket, proof, ticket, tokens
from backend.tickets.ask_for_proof import MOST_NAMED, ask_for_proof, can_be_asked
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.prove_by_link import go_on_by_link, proof_request, prove_ticket_by_link

pytestmark = pytest.mark.usefixtures("catcher")


@pytest.mark.parametrize("named", ["number", "#number", "address", "another contact's address"])
async def test_the_owners_of_a_named_account_are_asked_and_the_ticket_becomes_theirs(named: str) -> None:
    tenant = await a_tenant()
    owner = await a_contact(tenant)
    other_owner = await a_contact(tenant, client=owner.client_id)
    member = await a_contact(tenant, "member", client=owner.client_id)
    domains = await a_domain_department(tenant)
    with within(tenant):
        number = await value("select number from clients where id = $1", owner.client_id)
        given = {
            "number": str(number), "#number": f" #{number} ", "address": owner.email.upper(),
            "another contact's address": member.email,
        }[named]  # fmt: skip
        opened = await a_guest_ticket(tenant, given, domains)
        assert (await ticket(opened.number))["client_id"] is None
    await drain(tenant.id)
    with within(tenant):
        asked = await rows(
            "select account_id from one_time_links where ticket_id = $1 and purpose = 'prove'", opened.id
        )
        assert {each["account_id"] for each in asked} == {owner.account_id, other_owner.account_id}
        [token] = await tokens(tenant, opened.number, account=other_owner.account_id)
        request = await proof_request(tenant.guest, token)
        assert request.asked_by == "Eve <eve0@else.example>"
        await go_on_by_link(tenant.guest, token)
        await prove_ticket_by_link(tenant.guest, token, proof("password", PASSWORD))
        found = await ticket(opened.number)
        assert (found["level"], found["client_id"]) == ("password", owner.client_id)
        assert found["requester_id"] not in (owner.account_id, other_owner.account_id)


@pytest.mark.parametrize("named", ["999999", "nobody@client.example", "what?", "0", "9" * 40, "@", "4001; drop"])
async def test_a_named_account_that_is_not_there_asks_nobody(named: str) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    await a_contact(other)
    with within(tenant):
        opened = await a_guest_ticket(tenant, named)
    await drain(tenant.id)
    with within(tenant):
        assert await value("select count(*) from one_time_links where purpose = 'prove'") == 0
        assert await value(
            "select data->>'named' from events where ticket_id = $1 and type = 'AccountNamed'", opened.id
        )


async def test_a_client_is_named_from_outside_so_often_an_hour() -> None:
    tenant = await a_tenant()
    owner = await a_contact(tenant)
    with within(tenant):
        for turn in range(MOST_NAMED + 2):
            await a_guest_ticket(tenant, owner.email, turn=turn)
            await drain(tenant.id)
        assert await value("select count(*) from one_time_links where purpose = 'prove'") == MOST_NAMED


async def test_whoever_could_be_asked_is_asked_again_about_a_guest_s_ticket() -> None:
    tenant = await a_tenant()
    owner, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        opened = await a_guest_ticket(tenant, owner.email)
    await drain(tenant.id)
    with within(tenant):
        assert await can_be_asked([opened.id])
        await ask_for_proof(agent, opened.number)
        assert len(await tokens(tenant, opened.number, account=owner.account_id)) == 2


async def test_a_guest_who_came_back_by_a_code_is_heard_and_may_name_an_account_too() -> None:
    tenant = await a_tenant()
    owner = await a_contact(tenant)
    domains = await a_domain_department(tenant)
    with within(tenant):
        first = await a_guest_ticket(tenant, "")
        eve = replace(tenant.guest, account_id=(await ticket(first.number))["requester_id"], email="eve0@else.example")
        new = NewTicket(department_id=domains, subject="Move it", body="Please.", account_named=owner.email)
        opened = await open_ticket(eve, new)
        assert (await ticket(opened.number))["level"] == "none"
    await drain(tenant.id)
    with within(tenant):
        assert len(await tokens(tenant, opened.number, account=owner.account_id)) == 1


async def test_a_field_that_is_too_long_is_refused_before_anything_is_written() -> None:
    tenant = await a_tenant()
    with within(tenant):
        with pytest.raises(Refusal) as refused:
            await a_guest_ticket(tenant, "x" * 255)
        assert (refused.value.code, refused.value.field) == ("too_long", "accountNamed")
