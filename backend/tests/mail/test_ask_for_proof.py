"""Asking for proof: who is asked, and what following the link proves."""

from datetime import timedelta

import pytest

from backend import clock
from backend.database import rows, value
from backend.mailboxes.senders import actor_of_address
from backend.tests.factories import PASSWORD, a_contact, a_member, a_tenant, signed_in, within
from backend.tests.mail.asked import a_domain_department, a_guest_ticket, mailed, proof, ticket, tokens
from backend.tests.test_tickets_held_back import code
from backend.tickets.ask_for_proof import ask_for_proof, can_be_asked, last_asked
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.prove_by_link import go_on_by_link, proof_request, prove_ticket_by_link
from backend.tickets.reply import reply

pytestmark = pytest.mark.usefixtures("catcher")


async def test_a_mailed_request_is_proved_through_the_link() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant, name="Lena Fischer"), await a_member(tenant)
    domains = await a_domain_department(tenant)
    with within(tenant):
        opened = await mailed(tenant, domains, contact.email)
        await ask_for_proof(agent, opened.number)
        asked = (await last_asked([opened.id])).get(opened.id)
        assert asked is not None
        assert asked.waits
        assert asked.expires_at - asked.at == timedelta(hours=12)
        [token] = await tokens(tenant, opened.number)
        for _ in range(2):
            request = await proof_request(tenant.guest, token)
            assert (request.number, request.subject, request.needed, request.missing, request.asked_by) == (
                opened.number, "New MX", "password", True, None,
            )  # fmt: skip
            assert request.ways[0].method == "password"
        assert (await ticket(opened.number))["level"] == "none", "reading the link changes nothing"
        await go_on_by_link(tenant.guest, token)
        await go_on_by_link(tenant.guest, token)
        assert (await ticket(opened.number))["level"] == "email"
        assert await value("select count(*) from attestations where ticket_id = $1", opened.id) == 1
        assert await code(prove_ticket_by_link(tenant.guest, token, proof("password", "wrong"))) == "proof_refused"
        assert (await proof_request(tenant.guest, token)).missing
        assert await code(prove_ticket_by_link(tenant.guest, token, proof("password", PASSWORD))) == "done"
        found = await ticket(opened.number)
        assert (found["level"], found["client_id"]) == ("password", contact.client_id)
        by = await value(
            "select p.account_id from attestation_persons p join tickets t on t.attestation_id = p.id where t.id = $1",
            opened.id,
        )
        assert by == contact.account_id
        told = await rows(
            "select type, actor_id from events where ticket_id = $1 and type like any('{Proof%,Level%}') order by at, id",
            opened.id,
        )
        assert [each["type"] for each in told] == [
            "ProofAsked", "LevelRaised", "ProofRefused", "LevelRaised", "ProofPassed",
        ]  # fmt: skip
        assert told[-1]["actor_id"] == contact.account_id
        asked = (await last_asked([opened.id])).get(opened.id)
        assert asked is not None
        assert not asked.waits
        for again in (
            proof_request(tenant.guest, token), go_on_by_link(tenant.guest, token),
            prove_ticket_by_link(tenant.guest, token, proof("password", PASSWORD)),
        ):  # fmt: skip
            assert await code(again) == "link_expired"


async def test_going_on_is_enough_where_no_more_is_needed() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        opened = await mailed(tenant, tenant.support, contact.email)
        await ask_for_proof(agent, opened.number)
        [token] = await tokens(tenant, opened.number)
        await go_on_by_link(tenant.guest, token)
        assert (await ticket(opened.number))["level"] == "email"
        assert await code(go_on_by_link(tenant.guest, token)) == "link_expired"


async def test_where_a_read_mail_proves_nothing_the_link_asks_for_more() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        await rows("update tenants set proof_methods = '{password}'")
        opened = await mailed(tenant, tenant.support, contact.email)
        await ask_for_proof(agent, opened.number)
        [token] = await tokens(tenant, opened.number)
        await go_on_by_link(tenant.guest, token)
        assert (await ticket(opened.number))["level"] == "none"
        request = await proof_request(tenant.guest, token)
        assert (request.missing, [way.method for way in request.ways]) == (True, ["password"])
        assert await code(prove_ticket_by_link(tenant.guest, token, proof("card", "4071"))) == "proof_not_offered"
        assert await code(prove_ticket_by_link(tenant.guest, token, proof("password", PASSWORD))) == "done"
        assert (await ticket(opened.number))["level"] == "password"


async def test_once_all_is_proved_nobody_is_mailed_a_link_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_offset", timedelta())  # Proofs keep real time, as in production everything does.
    tenant = await a_tenant()
    contact, agent = await signed_in(await a_contact(tenant)), await a_member(tenant)
    domains = await a_domain_department(tenant)
    with within(tenant):
        new = NewTicket(department_id=domains, subject="MX", body="Now.", proof=proof("password", PASSWORD))
        opened = await open_ticket(contact, new)
        assert await can_be_asked([opened.id]) == {opened.id: False}
        assert await code(ask_for_proof(agent, opened.number)) == "proved_enough"
        assert await value("select count(*) from one_time_links where purpose = 'prove'") == 0
        await reply(await actor_of_address(tenant.id, contact.email), opened.number, "One more thing.", channel="email")
        assert await can_be_asked([opened.id]) == {opened.id: True}
        await ask_for_proof(agent, opened.number)
        [token] = await tokens(tenant, opened.number)
        await prove_ticket_by_link(tenant.guest, token, proof("password", PASSWORD))
        assert await code(ask_for_proof(agent, opened.number)) == "proved_enough"


async def test_proof_from_before_the_asking_is_not_what_is_asked_for() -> None:
    """A later mail may ask for more than was proved when the ticket was opened."""
    tenant = await a_tenant()
    contact, agent = await signed_in(await a_contact(tenant)), await a_member(tenant)
    domains = await a_domain_department(tenant)
    with within(tenant):
        new = NewTicket(department_id=domains, subject="MX", body="Now.", proof=proof("password", PASSWORD))
        opened = await open_ticket(contact, new)
        await reply(await actor_of_address(tenant.id, contact.email), opened.number, "One more thing.", channel="email")
        await ask_for_proof(agent, opened.number)
        [token] = await tokens(tenant, opened.number)
        assert (await proof_request(tenant.guest, token)).missing
        await go_on_by_link(tenant.guest, token)
        assert (await ticket(opened.number))["level"] == "password", "it never falls"
        before = await value("select attestation_id from tickets where id = $1", opened.id)
        await prove_ticket_by_link(tenant.guest, token, proof("password", PASSWORD))
        assert await value("select attestation_id from tickets where id = $1", opened.id) != before


async def test_nobody_is_asked_where_no_address_is_on_file() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        stranger = await a_guest_ticket(tenant, "")
        assert not await can_be_asked([stranger.id])
        assert await code(ask_for_proof(agent, stranger.number)) == "nobody_to_ask"
        own = await mailed(tenant, tenant.support, contact.email)
        assert await can_be_asked([own.id])
        for actor in (contact, tenant.guest):
            assert await code(ask_for_proof(actor, own.number)) in ("not_allowed", "sign_in_needed")
        assert await value("select count(*) from one_time_links where purpose = 'prove'") == 0
