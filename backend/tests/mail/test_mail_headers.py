"""Headers that other servers understand, whatever people typed."""

import re

from backend.database import rows, value
from backend.jobs.deliver import deliver
from backend.jobs.drain import drain
from backend.mailboxes.outgoing.send import send_mail
from backend.notifications.consumers import MAIL_CONSUMERS
from backend.tests.factories import a_contact, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.sending import ids, opened
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply


async def test_nothing_that_people_typed_becomes_a_header_or_markup(catcher: Catcher) -> None:
    tenant = await a_tenant()
    nasty = 'Joel" <boss@bank.example>, "x\r\nBcc: all@client.example'
    contact = await a_contact(tenant, name="Joel")
    with within(tenant):
        await rows("update accounts set name = $2 where id = $1", contact.account_id, nasty)
        await rows("update tenants set name = $1", 'A\r\nBcc: all@client.example "B" <x@y.example>')
    ticket = await opened(tenant, contact, "<script>alert(1)</script> é{{ 7*7 }}")
    with within(tenant):
        await rows("update tickets set subject = subject || $1", "\r\nBcc: all@client.example\r\n\r\nbody")
    await drain(tenant.id)
    mail = catcher.one_to(contact.email)
    message = mail.message
    assert message["Bcc"] is None
    assert [each.addr_spec for each in message["To"].addresses] == [contact.email]
    assert [each.addr_spec for each in message["From"].addresses] == [f"support@{tenant.mail_domain}"]
    assert message["Subject"].startswith(f"[#{ticket.number}] Received: <script>alert(1)</script> é{{{{ 7*7 }}}}")
    assert "<script>" not in mail.part("html")
    assert "&lt;script&gt;" in mail.part("html")


async def test_long_names_and_ids_keep_their_addresses_whole(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant, name="Jö " * 60), await a_member(tenant)
    mailbox = "a-department-with-a-name-that-is-rather-long-for-a-mailbox-99"
    with within(tenant):
        await rows("update departments set mailbox = $1", mailbox)
    ticket = await opened(tenant, contact, "é" * 200)
    long_id = f"<{'a' * 200}@client.example>"
    with within(tenant):
        await reply(contact, ticket.number, "By mail", channel="email", mail_message_id=long_id)
        for _ in range(22):
            await reply(agent, ticket.number, "Answer")
        queued = await rows("select event_id from deliveries where consumer = 'reply_mail' and done_at is null")
    for each in queued:
        await deliver(MAIL_CONSUMERS, tenant.id, each["event_id"], "reply_mail")
    # The last one names all that went before it, sent or not.
    with within(tenant):
        last = await value("select id from outgoing_mails order by id desc limit 1")
    assert await send_mail(tenant.id, last)
    mail = catcher.one_to(contact.email)
    assert mail.message["From"].addresses[0].addr_spec == f"{mailbox}@{tenant.mail_domain}"
    assert mail.message["To"].addresses[0].addr_spec == contact.email
    assert mail.message["Reply-To"].startswith(f"{mailbox}+t{ticket.number}.")
    references = ids(mail, "References")
    assert len(references) == 20
    assert all(re.fullmatch(r"<[^<>\s]+>", each) for each in references)
    assert "é" * 200 in mail.message["Subject"]
    assert max(len(line) for line in mail.raw.partition(b"\r\n\r\n")[0].split(b"\r\n")) < 300


async def test_an_address_with_letters_beyond_ascii_is_written_to(catcher: Catcher) -> None:
    tenant = await a_tenant()
    guest = tenant.guest
    with within(tenant):
        await open_ticket(
            guest,
            NewTicket(
                department_id=tenant.support, subject="Vraag", body="Hallo", name="Jörg", email="jörg@client.example"
            ),
        )
    await drain(tenant.id)
    mail = catcher.one_to("jörg@client.example")
    assert "/tickets/" not in mail.part("plain")
