"""What a link that asks for proof is good for: one ticket, client and company, once and for hours."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from backend.clock import real_now
from backend.database import row, rows, system_rows
from backend.tests.factories import PASSWORD, a_contact, a_member, a_tenant, signed_in, within
from backend.tests.mail.asked import a_domain_department, mailed, proof, ticket, tokens
from backend.tests.test_tickets_held_back import code
from backend.tickets.ask_for_proof import ask_for_proof, last_asked
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.prove_by_link import go_on_by_link, proof_request, prove_ticket_by_link
from backend.tickets.transfer import transfer

pytestmark = pytest.mark.usefixtures("catcher")


async def test_a_link_for_a_transfer_asks_for_what_the_department_needs() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    domains = await a_domain_department(tenant)
    with within(tenant):
        await rows("update departments set holds_transfers = true where id = $1", domains)
        opened = await mailed(tenant, tenant.support, contact.email)
        assert await code(transfer(agent, opened.number, domains)) == "held_back"
        await ask_for_proof(agent, opened.number, domains)
        assert (await ticket(opened.number))["required_level"] == "password"
        [token] = await tokens(tenant, opened.number)
        assert (await proof_request(tenant.guest, token)).needed == "password"
        await prove_ticket_by_link(tenant.guest, token, proof("password", PASSWORD))
        assert await code(transfer(agent, opened.number, domains)) == "done"
        assert await code(ask_for_proof(agent, opened.number, uuid4())) == "not_found"


async def test_asking_again_ends_the_older_link() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        opened = await mailed(tenant, tenant.support, contact.email)
        await ask_for_proof(agent, opened.number)
        await ask_for_proof(agent, opened.number)
        old, new = await tokens(tenant, opened.number)
        assert await code(go_on_by_link(tenant.guest, old)) == "link_expired"
        assert await code(go_on_by_link(tenant.guest, new)) == "done"


async def test_a_link_proves_for_its_ticket_client_and_company_alone() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    stranger = await signed_in(await a_contact(tenant))
    with within(tenant):
        one = await mailed(tenant, tenant.support, contact.email)
        two = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="B", body="C"))
        await ask_for_proof(agent, one.number)
        [token] = await tokens(tenant, one.number)
        await go_on_by_link(stranger, token)
        assert (await ticket(two.number))["level"] == "none"
        found = await row(
            "select p.account_id, a.client_id from attestations a join attestation_persons p on p.id = a.id "
            "where a.ticket_id = $1",
            one.id,
        )
        assert found is not None
        assert tuple(found) == (contact.account_id, contact.client_id)
    with within(other):
        assert await code(proof_request(other.guest, token)) == "link_expired"
        assert await code(go_on_by_link(other.guest, token)) == "link_expired"
    with within(tenant):
        await rows("update tickets set required_level = 'password' where id = $1", one.id)
        await ask_for_proof(agent, one.number)
        token = (await tokens(tenant, one.number))[-1]
        await rows("update tickets set client_id = $2 where id = $1", one.id, stranger.client_id)
        for doing in (
            proof_request(tenant.guest, token), go_on_by_link(tenant.guest, token),
            prove_ticket_by_link(tenant.guest, token, proof("password", PASSWORD)),
        ):  # fmt: skip
            assert await code(doing) == "link_expired", "the ticket became another client's"


async def test_an_expired_link_shows_and_changes_nothing() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        opened = await mailed(tenant, tenant.support, contact.email)
        await ask_for_proof(agent, opened.number)
        [token] = await tokens(tenant, opened.number)
    await system_rows("update one_time_links set expires_at = $2 where tenant_id = $1", tenant.id, real_now())
    with within(tenant):
        assert await code(proof_request(tenant.guest, token)) == "link_expired"
        assert await code(go_on_by_link(tenant.guest, token)) == "link_expired"
        assert (await ticket(opened.number))["level"] == "none"
        asked = (await last_asked([opened.id])).get(opened.id)
        assert asked is not None
        assert not asked.waits


async def test_a_lock_shows_on_the_link_with_until_when() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant, card="4071"), await a_member(tenant)
    domains = await a_domain_department(tenant, "card")
    with within(tenant):
        opened = await mailed(tenant, domains, contact.email)
        await ask_for_proof(agent, opened.number)
        [token] = await tokens(tenant, opened.number)
        visitor = replace(tenant.guest, address="192.0.2.9")
        for _ in range(5):
            assert await code(prove_ticket_by_link(visitor, token, proof("card", "0000"))) == "proof_refused"
        ways = {way.method: way.locked_until for way in (await proof_request(visitor, token)).ways}
        assert ways["card"] is not None
        assert ways["password"] is None
        assert await code(prove_ticket_by_link(visitor, token, proof("card", "4071"))) == "proof_locked"


async def test_two_who_prove_at_once_and_one_who_asks_do_not_stand_in_each_other_s_way() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    domains = await a_domain_department(tenant)
    with within(tenant):
        opened = await mailed(tenant, domains, contact.email)
        await ask_for_proof(agent, opened.number)
        for _ in range(4):
            token = (await tokens(tenant, opened.number))[-1]
            found = await asyncio.gather(
                *(code(prove_ticket_by_link(tenant.guest, token, proof("password", PASSWORD))) for _ in range(3)),
                code(go_on_by_link(tenant.guest, token)),
                code(ask_for_proof(agent, opened.number)),
            )
            assert set(found) <= {"done", "link_expired", "proof_locked"}
            await ask_for_proof(agent, opened.number)
