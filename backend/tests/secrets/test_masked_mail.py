"""A secret that came by mail: masked in text, subject and search, sealed with the mail itself, gone with the ticket."""

import pytest

from backend.database import row, rows, value
from backend.errors import Refusal
from backend.files import get, list_keys
from backend.jobs.drain import drain
from backend.mailboxes.receive import receive
from backend.tests.factories import a_contact, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.test_receive import mail, reply_to
from backend.tests.secrets.story import a_ticket, history, state_of
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.search import search_tickets
from backend.tickets.secrets import show_secret

PASSWORD = "Kestrel49tango"
TEXT = f"I cannot log in. My password is {PASSWORD} since May. Card 4242 4242 4242 4242."


async def test_a_mail_with_a_password_is_masked_and_sealed_and_goes_with_the_ticket(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    raw = mail(contact.email, TEXT, f"password: {PASSWORD}")
    outcome = await receive(f"support@{tenant.mail_domain}", contact.email, raw)
    assert outcome.number is not None
    done = await drain(tenant.id)
    assert done.deliveries
    with within(tenant):
        body = await value("select body from messages")
        assert body == "I cannot log in. My password is ●●●● since May. Card ●●●●."
        assert await value("select subject from tickets") == "password: ●●●●"
        assert not (await search_tickets(agent, PASSWORD)).rows
        assert len((await search_tickets(agent, "log in since")).rows) == 1
        secret_id = await value("select id from secrets")
        assert (await show_secret(agent, secret_id)).reveal() == (
            f"password: {PASSWORD}\ncard number: 4242 4242 4242 4242"
        )
        assert "MessageMasked" in await history(outcome.number)
        keys = await list_keys(str(tenant.id))
        assert keys == [f"{tenant.id}/sealed-mail/{secret_id}"]
        assert PASSWORD.encode() not in await get(keys[0])
        assert await value("select file_key from incoming_mails") == keys[0]
    assert all(PASSWORD not in each.part("plain") + str(each.message["Subject"]) for each in catcher.mails)
    # The same mail again brings nothing back.
    assert (await receive(f"support@{tenant.mail_domain}", contact.email, raw)).outcome == "repeated"
    assert await list_keys(str(tenant.id)) == keys
    with within(tenant):
        await set_status(agent, outcome.number, "closed")
    await drain(tenant.id)
    assert await list_keys(str(tenant.id)) == []
    with within(tenant):
        assert await state_of(secret_id) == ("destroyed", False, False)
        with pytest.raises(Refusal):
            await show_secret(agent, secret_id)


async def test_an_answer_by_mail_is_masked_on_its_ticket(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact)
    outcome = await receive(reply_to(tenant, number), contact.email, mail(contact.email, f"pw: {PASSWORD}\nThanks"))
    assert outcome.outcome == "replied"
    await drain(tenant.id)
    with within(tenant):
        bodies = [each["body"] for each in await rows("select body from messages order by id")]
        assert bodies[1] == "pw: ●●●●\nThanks"


async def test_a_member_s_answer_by_mail_is_masked_before_it_is_mailed_on(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact)
    text = f"Your new password is {PASSWORD}."
    outcome = await receive(reply_to(tenant, number, agent), agent.email, mail(agent.email, text))
    assert outcome.outcome == "replied"
    await drain(tenant.id)
    assert all(PASSWORD not in each.part("plain") for each in catcher.mails)


async def test_a_destruction_that_comes_before_the_sealing_leaves_no_file() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    outcome = await receive(f"support@{tenant.mail_domain}", contact.email, mail(contact.email, TEXT))
    assert outcome.number is not None
    with within(tenant):
        await set_status(agent, outcome.number, "closed")
    await drain(tenant.id)
    assert await list_keys(str(tenant.id)) == []


async def test_an_ordinary_mail_is_kept_as_it_came() -> None:
    tenant = await a_tenant()
    raw = mail("new@client.example", "I forgot my password.")
    await receive(f"support@{tenant.mail_domain}", "new@client.example", raw)
    await drain(tenant.id)
    with within(tenant):
        kept = await row("select file_key from incoming_mails")
        assert kept is not None
        assert await get(kept["file_key"]) == raw
        assert await value("select count(*) from secrets") == 0


async def test_a_mail_of_which_nothing_came_is_not_kept_with_its_password() -> None:
    tenant = await a_tenant()
    raw = mail(f"support@{tenant.mail_domain}", TEXT)
    outcome = await receive(f"support@{tenant.mail_domain}", f"support@{tenant.mail_domain}", raw)
    assert outcome.reason == "loop"
    assert await list_keys(str(tenant.id)) == []
