"""What goes out: the right words to the right person, in a thread, in the reader's language and the company's words."""

import re
from email.utils import parsedate_to_datetime
from uuid import UUID

from backend.clock import real_now
from backend.database import row, rows, value
from backend.jobs.drain import drain
from backend.keys import reply_signature
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.sending import ids, opened
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.reply import add_note, reply
from backend.tickets.transfer import transfer


async def test_a_receipt_names_the_ticket_and_goes_to_the_very_address_that_answers_go_to(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    ticket = await opened(tenant, contact)
    await drain(tenant.id)
    mail = catcher.one_to(contact.email)
    message = mail.message
    company = await company_of(tenant)
    assert mail.sender == f"support@{tenant.mail_domain}"
    assert message["Subject"] == f"[#{ticket.number}] Received: Mailbox is full"
    assert message["From"].addresses[0].display_name == company
    assert message["From"].addresses[0].addr_spec == f"support@{tenant.mail_domain}"
    assert message["To"].addresses[0].display_name == contact.name
    signature = reply_signature(tenant.id, ticket.number)
    assert message["Reply-To"] == f"support+t{ticket.number}.{signature}@{tenant.mail_domain}"
    assert re.fullmatch(rf"<t{ticket.number}\.[0-9a-f]{{32}}@{re.escape(tenant.mail_domain)}>", message["Message-ID"])
    assert abs(parsedate_to_datetime(message["Date"]) - real_now()).total_seconds() < 60
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Countersign"]
    assert message["List-Id"] is None
    assert message.get_content_type() == "multipart/alternative"
    for kind in ("plain", "html"):
        text = mail.part(kind)
        assert f"http://{tenant.host}:8080/tickets/{ticket.number}" in text
        assert f"Ticket {ticket.number} · Verification: not verified" in text
        assert "Please help." not in text
    assert all(len(line) <= 998 for line in mail.raw.split(b"\r\n"))
    with within(tenant):
        sent = await row("select state, sent_at, last_error from outgoing_mails where recipient = $1", contact.email)
    assert sent is not None
    assert (sent["state"], sent["last_error"]) == ("sent", None)


async def company_of(tenant: TestTenant) -> str:
    with within(tenant):
        name: str = await value("select name from tenants")
    return name


async def test_an_answer_is_not_automatic_and_hangs_in_the_thread_of_the_mail_that_asked(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    ticket = await opened(tenant, contact)
    await drain(tenant.id)
    with within(tenant):
        await reply(contact, ticket.number, "By mail", channel="email", mail_message_id="<asked@client.example>")
        await reply(agent, ticket.number, "Have a look now.\n\nIt is larger.", status="solved")
    await drain(tenant.id)
    receipt, answer = catcher.to(contact.email)
    assert answer.message["Auto-Submitted"] is None
    assert answer.message["Subject"] == f"[#{ticket.number}] Re: Mailbox is full"
    assert answer.message["In-Reply-To"] == "<asked@client.example>"
    assert ids(answer, "References") == [str(receipt.message["Message-ID"]), "<asked@client.example>"]
    assert "Have a look now.\n\nIt is larger." in answer.part("plain")
    assert "Have a look now.<br>" in answer.part("html")
    assert f"{agent.name} of Support answered" in answer.part("plain")
    assert "consider your request solved" in answer.part("plain")
    assert "the ticket closes on" in answer.part("plain")


async def test_a_note_is_never_mailed(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    ticket = await opened(tenant, contact)
    with within(tenant):
        await add_note(agent, ticket.number, "The client is difficult")
        await reply(agent, ticket.number, "Hello")
    await drain(tenant.id)
    assert len(catcher.mails) == 3
    assert not any(b"difficult" in mail.raw for mail in catcher.mails)


async def test_the_department_hears_of_it_and_whoever_wrote_it_does_not(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    mara, piet = await a_member(tenant), await a_member(tenant, name="Piet")
    elsewhere = await a_member(tenant, departments=[], name="Anna")
    ticket = await opened(tenant, contact)
    await drain(tenant.id)
    one, other = catcher.one_to(mara.email), catcher.one_to(piet.email)
    assert catcher.to(elsewhere.email) == []
    assert f"/desk/tickets/{ticket.number}" in one.part("plain")
    assert f"+s{ticket.number}." in one.message["Reply-To"]
    assert one.message["Reply-To"] != other.message["Reply-To"]
    catcher.mails.clear()
    await opened(tenant, mara)
    await drain(tenant.id)
    assert [mail.message["Subject"] for mail in catcher.to(mara.email)] == [
        f"[#{ticket.number + 1}] Received: Mailbox is full"
    ]
    assert len(catcher.to(piet.email)) == 1


async def test_a_dutch_company_writes_dutch_and_a_reader_with_a_language_gets_that(catcher: Catcher) -> None:
    tenant = await a_tenant(language="nl")
    contact, english = await a_contact(tenant), await a_contact(tenant, name="Ann")
    with within(tenant):
        await rows("update accounts set language = 'en' where id = $1", english.account_id)
    await opened(tenant, contact, "Postvak vol")
    await opened(tenant, english, "Mailbox full")
    await drain(tenant.id)
    dutch = catcher.one_to(contact.email)
    assert "Ontvangen: Postvak vol" in dutch.message["Subject"]
    assert "We hebben uw verzoek ontvangen." in dutch.part("plain")
    assert "Verificatie: niet geverifieerd" in dutch.part("plain")
    assert '<html lang="nl">' in dutch.part("html")
    assert "Received:" in catcher.one_to(english.email).message["Subject"]


async def test_a_company_may_have_its_own_words_and_words_that_cannot_be_used_do_not_stop_the_mail(
    catcher: Catcher,
) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    with within(tenant):
        await template(tenant, "Ahoy {{ name }}: {{ subject }}", "Welcome aboard.\n\n{{ link }}")
    await opened(tenant, contact)
    await drain(tenant.id)
    own = catcher.one_to(contact.email)
    assert "Ahoy Joel Achterberg: Mailbox is full" in own.message["Subject"]
    assert "Welcome aboard." in own.part("plain")
    catcher.mails.clear()
    with within(tenant):
        await rows("update mail_templates set body = '{{ ''x'' * 1000000000 }}' where tenant_id = $1", tenant.id)
    await opened(tenant, contact)
    await drain(tenant.id)
    assert "We have your request." in catcher.one_to(contact.email).part("plain")


async def template(tenant: TestTenant, subject: str, body: str) -> None:
    await rows(
        "insert into mail_templates (tenant_id, id, name, language, subject, body) values ($1, $2, 'receipt', 'en', $3, $4)",
        tenant.id,
        UUID(int=1),
        subject,
        body,
    )


async def test_status_transfer_and_reminder_are_told_in_one_mail_each(catcher: Catcher) -> None:
    from backend.tests.factories import a_department

    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant, "admin")
    billing = await a_department(tenant, "Billing", audience="everyone")
    ticket = await opened(tenant, contact)
    await drain(tenant.id)
    catcher.mails.clear()
    with within(tenant):
        await transfer(agent, ticket.number, billing)
        await set_status(agent, ticket.number, "solved")
        await set_status(agent, ticket.number, "closed")
    await drain(tenant.id)
    assert [mail.message["Subject"].split("] ")[1] for mail in catcher.to(contact.email)] == [
        "Now with Billing: Mailbox is full",
        "Solved: Mailbox is full",
        "Closed: Mailbox is full",
    ]
