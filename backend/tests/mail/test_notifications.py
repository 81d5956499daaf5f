"""Timers, locks and invitations are told by mail, once, with links that work."""

import re

import pytest

from backend.accounts.members import invite_member
from backend.accounts.secret import Secret
from backend.database import rows, value
from backend.errors import Refusal
from backend.jobs.drain import drain
from backend.keys import link_id
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, signed_in, within
from backend.tests.mail.conftest import Catcher
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply
from backend.verification.checks import Proof
from backend.verification.prove import prove


def links(text: str) -> list[str]:
    return re.findall(r"http://\S+/link/(\S+)", text)


async def make_due(tenant: TestTenant, step: int) -> None:
    with within(tenant):
        await rows("update timers set due_at = now() - interval '1 second' where step = $1 and done_at is null", step)
    await drain(tenant.id)


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_a_waiting_ticket_reminds_twice_with_the_question_and_closes_with_a_word(
    catcher: Catcher, language: str
) -> None:
    tenant = await a_tenant(language=language)
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        ticket = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="DNS", body="Please"))
        await reply(agent, ticket.number, "Which domain is it?", status="pending")
    await drain(tenant.id)
    catcher.mails.clear()
    for step in range(3):
        await make_due(tenant, step)
        await drain(tenant.id)
    first, second, closed = catcher.to(contact.email)
    words = {
        "en": ("We are waiting for your reply: DNS", "Last reminder", "Closed without a reply: DNS", "closes on"),
        "nl": (
            "We wachten op uw reactie: DNS",
            "Laatste herinnering",
            "Gesloten zonder reactie: DNS",
            "sluit het ticket op",
        ),
    }[language]
    assert words[0] in first.message["Subject"]
    assert words[1] in second.message["Subject"]
    assert words[2] in closed.message["Subject"]
    for reminder in (first, second):
        assert "Which domain is it?" in reminder.part("plain")
        assert words[3] in reminder.part("plain")
        assert reminder.message["Auto-Submitted"] == "auto-generated"


async def test_a_lock_is_told_to_who_tried_with_a_link_that_is_theirs_alone(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant, card="4242"))
    with within(tenant):
        for _ in range(6):
            with pytest.raises(Refusal):
                await prove(contact, Proof("card", Secret("0000")))
        link = await value("select id from one_time_links where purpose = 'lift_lock'")
    await drain(tenant.id)
    mail = catcher.one_to(contact.email)
    (token,) = links(mail.part("plain"))
    assert link_id(tenant.id, token) == link
    assert "Proof of your account is locked" in mail.message["Subject"]
    assert mail.message["Reply-To"] is None
    assert "Lift the lock" in mail.part("html")
    assert "0000" not in mail.part("plain")


async def test_an_invitation_carries_the_link_to_choose_a_password(catcher: Catcher) -> None:
    tenant = await a_tenant()
    with within(tenant):
        await invite_member(
            tenant.actor, name="Mara Kovač", email="mara@staff.example", role="agent", department_ids=[tenant.support]
        )
        link = await value("select id from one_time_links where purpose = 'set_password'")
    await drain(tenant.id)
    mail = catcher.one_to("mara@staff.example")
    (token,) = links(mail.part("plain"))
    assert link_id(tenant.id, token) == link
    assert "Choose a password" in mail.part("html")


async def test_someone_whose_account_was_disabled_gets_no_mail(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        ticket = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="DNS", body="Please"))
        await rows(
            "update accounts set disabled_at = now() where id = any($1::uuid[])", [contact.account_id, agent.account_id]
        )
    await drain(tenant.id)
    assert ticket.number
    assert catcher.mails == []
