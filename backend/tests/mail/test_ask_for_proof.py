"""Asking for proof: who is asked, by which link, and what following it proves."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.accounts.secret import Secret
from backend.clock import real_now
from backend.database import row, rows, system_rows, value
from backend.errors import Refusal
from backend.jobs.drain import drain
from backend.keys import link_token
from backend.mailboxes.senders import actor_of_address
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_department, a_member, a_tenant, signed_in, within
from backend.tests.test_tickets_held_back import code
from backend.tickets.ask_for_proof import MOST_NAMED, ask_for_proof, can_be_asked, last_asked
from backend.tickets.open import NewTicket, open_from_mail, open_ticket
from backend.tickets.prove_by_link import go_on_by_link, proof_request, prove_ticket_by_link
from backend.tickets.reply import reply
from backend.tickets.transfer import transfer
from backend.tickets.write_ticket import OpenedTicket
from backend.verification.checks import Proof

pytestmark = pytest.mark.usefixtures("catcher")


async def mailed(tenant: TestTenant, department: UUID, email: str) -> OpenedTicket:
    """A request by mail, whose sender is all that is known."""
    actor = await actor_of_address(tenant.id, email)
    return await open_from_mail(
        actor, department_id=department, subject="New MX", body="Please.", name="", email=email, mail_message_id=None,
        answer_by_mail=True, idempotency_key=email,
    )  # fmt: skip


async def a_guest_ticket(tenant: TestTenant, named: str, department: UUID | None = None, turn: int = 0) -> OpenedTicket:
    new = NewTicket(
        department_id=department or tenant.support, subject="Move it", body="Please.", name="Eve",
        email=f"eve{turn}@else.example", account_named=named,
    )  # fmt: skip
    return await open_ticket(tenant.guest, new)


async def tokens(tenant: TestTenant, number: int, *, account: UUID | None = None) -> list[str]:
    """The tokens of a ticket's links, oldest first."""
    found = await rows(
        "select l.id from one_time_links l join tickets t on t.id = l.ticket_id where t.number = $1 and l.purpose = 'prove' "
        "and ($2::uuid is null or l.account_id = $2) order by l.created_at, l.id",
        number,
        account,
    )
    return [link_token(tenant.id, each["id"]) for each in found]


async def ticket(number: int) -> Any:
    return await row("select level, required_level, client_id, requester_id from tickets where number = $1", number)


def proof(method: str, secret: str) -> Proof:
    return Proof(method, Secret(secret))


async def a_domain_department(tenant: TestTenant, level: str = "password") -> UUID:
    return await a_department(tenant, "Domains", audience="everyone", proof_level=level)


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


async def test_once_all_is_proved_nobody_is_mailed_a_link_for_nothing() -> None:
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
