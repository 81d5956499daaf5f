"""The mails that ask for proof: to an address on file alone, by a link, and the same receipt for everybody else."""

import re

import pytest

from backend.accounts.secret import Secret
from backend.database import rows, value
from backend.jobs.drain import drain
from backend.keys import link_id
from backend.tests.factories import PASSWORD, a_contact, a_member, a_tenant, signed_in, within
from backend.tests.mail.asked import a_domain_department, a_guest_ticket, mailed
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.test_notifications import links
from backend.tickets.ask_for_proof import ask_for_proof
from backend.tickets.open import NewTicket, open_ticket
from backend.verification.checks import Proof


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_a_mail_that_needs_more_gets_the_link_in_its_receipt(catcher: Catcher, language: str) -> None:
    tenant = await a_tenant(language=language)
    contact = await a_contact(tenant)
    domains = await a_domain_department(tenant)
    with within(tenant):
        opened = await mailed(tenant, domains, contact.email)
    await drain(tenant.id)
    receipt = catcher.one_to(contact.email)
    (token,) = links(receipt.part("plain"))
    with within(tenant):
        [link] = await rows("select id, purpose, account_id, ticket_id from one_time_links where purpose = 'prove'")
        assert link_id(tenant.id, token) == link["id"]
        assert (link["purpose"], link["account_id"], link["ticket_id"]) == ("prove", contact.account_id, opened.id)
        assert (
            await value("select count(*) from events where type = 'ProofAsked' and data->>'in_receipt' = 'true'") == 1
        )
    assert {"en": "Prove it", "nl": "Bewijzen"}[language] in receipt.part("html")
    await drain(tenant.id)
    assert len(catcher.mails) == 1, "the link went with the receipt and in no mail of its own"


async def test_a_stranger_s_receipt_has_no_link_to_prove_and_says_the_same(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    domains = await a_domain_department(tenant)
    with within(tenant):
        await mailed(tenant, domains, "nobody@else.example")
        await mailed(tenant, domains, contact.email)
    await drain(tenant.id)
    stranger, known = catcher.one_to("nobody@else.example"), catcher.one_to(contact.email)
    with within(tenant):
        assert await value("select count(*) from one_time_links where purpose = 'prove'") == 1
    for receipt in (stranger, known):
        assert "This request needs proof that the account is yours." in receipt.part("plain")


async def test_a_request_that_needs_no_more_gets_no_link(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant))
    domains = await a_domain_department(tenant)
    with within(tenant):
        await mailed(tenant, tenant.support, contact.email)
        new = NewTicket(department_id=domains, subject="A", body="B", proof=Proof("password", Secret(PASSWORD)))
        await open_ticket(contact, new)
    await drain(tenant.id)
    assert len(catcher.to(contact.email)) == 2
    with within(tenant):
        assert await value("select count(*) from one_time_links where purpose = 'prove'") == 0


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_asking_mails_what_is_needed_and_until_when(catcher: Catcher, language: str) -> None:
    tenant = await a_tenant(language=language)
    contact, agent = await a_contact(tenant), await a_member(tenant)
    domains = await a_domain_department(tenant)
    with within(tenant):
        opened = await mailed(tenant, domains, contact.email)
    await drain(tenant.id)
    catcher.mails.clear()
    with within(tenant):
        await ask_for_proof(agent, opened.number)
    await drain(tenant.id)
    mail = catcher.one_to(contact.email)
    text = mail.part("plain")
    assert len(links(text)) == 1
    words = {
        "en": ("Please prove it is you: New MX", "the account password", "your request", "Prove it:"),
        "nl": ("Bevestig dat u het bent: New MX", "het wachtwoord van het account", "uw verzoek", "Bewijzen:"),
    }[language]
    assert words[0] in mail.message["Subject"]
    for word in (*words[1:], str(opened.number)):
        assert word in " ".join(text.split()), word
    assert re.search(r"\d\d:\d\d", text)
    assert mail.message["Auto-Submitted"] == "auto-generated"


async def test_the_owner_of_a_named_account_reads_who_sent_the_request(catcher: Catcher) -> None:
    tenant = await a_tenant()
    owner = await a_contact(tenant)
    with within(tenant):
        await a_guest_ticket(tenant, owner.email)
    await drain(tenant.id)
    mail = catcher.one_to(owner.email)
    assert "Eve (eve0@else.example) sent us request" in " ".join(mail.part("plain").split())
    assert "This link leads to the request on our portal. It works once" in " ".join(mail.part("plain").split())
    assert len(links(mail.part("plain"))) == 1
    receipt = catcher.one_to("eve0@else.example")
    assert owner.email not in receipt.raw.decode()
    assert owner.name not in receipt.raw.decode()
