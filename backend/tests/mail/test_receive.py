"""What comes in: a reply on its ticket, a new ticket, or nothing, and the same mail never twice."""

import asyncio

import pytest

from backend.actor import Actor
from backend.database import row, rows, value
from backend.files import get
from backend.jobs.drain import drain
from backend.keys import reply_signature
from backend.mailboxes.addresses import reply_address
from backend.mailboxes.incoming.recipients import NoSuchMailbox
from backend.mailboxes.receive import receive
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply
from backend.tickets.write_ticket import OpenedTicket


def mail(
    sender: str, text: str = "My site is down.", subject: str = "Help", headers: str = "", name: str = "Someone"
) -> bytes:
    return (
        f'From: "{name}" <{sender}>\r\nSubject: {subject}\r\nMessage-ID: <{abs(hash((sender, text, subject)))}@mail.example>\r\n'
        f"{headers}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()


async def opened(tenant: TestTenant, actor: Actor) -> OpenedTicket:
    with within(tenant):
        return await open_ticket(actor, NewTicket(department_id=tenant.support, subject="DNS", body="Please help."))


def reply_to(tenant: TestTenant, number: int, member: Actor | None = None) -> str:
    member_id = None if member is None else member.account
    return reply_address("support", tenant.mail_domain, tenant.id, number, member_id=member_id)


async def messages(tenant: TestTenant, number: int) -> list[str]:
    with within(tenant):
        found = await rows(
            "select m.body from messages m join tickets t on t.tenant_id = m.tenant_id and t.id = m.ticket_id "
            "where t.number = $1 order by m.id",
            number,
        )
    return [each["body"] for each in found]


async def test_a_mail_from_a_stranger_opens_a_ticket_at_level_none_with_a_receipt(catcher: Catcher) -> None:
    tenant = await a_tenant()
    raw = mail("new@client.example", "Mijn site ligt plat: é", "Site down")
    outcome = await receive(f"Support@{tenant.mail_domain.upper()}", "new@client.example", raw)
    assert outcome.outcome == "opened"
    with within(tenant):
        ticket = await row(
            "select t.*, a.email, a.kind, a.name from tickets t join accounts a on a.id = t.requester_id"
        )
        kept = await row("select * from incoming_mails")
    assert ticket is not None
    assert kept is not None
    assert (ticket["level"], ticket["channel"], ticket["urgency"], ticket["subject"]) == (
        "none",
        "email",
        3,
        "Site down",
    )
    assert (ticket["email"], ticket["kind"], ticket["name"]) == ("new@client.example", "guest", "Someone")
    assert (kept["outcome"], kept["ticket_id"]) == ("opened", ticket["id"])
    assert await get(kept["file_key"]) == raw
    await drain(tenant.id)
    receipt = catcher.one_to("new@client.example")
    assert receipt.message["In-Reply-To"] == kept["mail_message_id"]


async def test_a_reply_by_the_signed_address_from_someone_of_the_ticket_lands_on_it(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    colleague = await a_contact(tenant, "member", client=contact.client_id)
    ticket = await opened(tenant, contact)
    address = reply_to(tenant, ticket.number)
    for sender in (contact, colleague):
        outcome = await receive(address, sender.email, mail(sender.email, f"Reply of {sender.email}"))
        assert (outcome.outcome, outcome.number) == ("replied", ticket.number)
    assert await messages(tenant, ticket.number) == [
        "Please help.",
        f"Reply of {contact.email}",
        f"Reply of {colleague.email}",
    ]
    with within(tenant):
        assert await value("select count(*) from messages where channel = 'email' and level = 'none'") == 2


async def test_an_unknown_sender_with_the_right_address_writes_nothing_on_the_ticket(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, other = await a_contact(tenant), await a_contact(tenant)
    ticket = await opened(tenant, contact)
    for sender in ("stranger@client.example", other.email):
        outcome = await receive(reply_to(tenant, ticket.number), sender, mail(sender, f"I am {sender}"))
        assert (outcome.outcome, outcome.number) == ("held", ticket.number)
    assert await messages(tenant, ticket.number) == ["Please help."]


@pytest.mark.parametrize("how", ["wrong signature", "another number", "another tenant", "no tag", "another tag"])
async def test_a_known_sender_without_the_right_address_opens_a_new_ticket(catcher: Catcher, how: str) -> None:
    tenant, elsewhere = await a_tenant(), await a_tenant()
    contact = await a_contact(tenant)
    ticket, second = await opened(tenant, contact), await opened(tenant, contact)
    signature = reply_signature(tenant.id, ticket.number)
    address = {
        "wrong signature": f"support+t{ticket.number}.{'a' * 16}@{tenant.mail_domain}",
        "another number": f"support+t{second.number}.{signature}@{tenant.mail_domain}",
        "another tenant": reply_to(elsewhere, ticket.number).replace(elsewhere.mail_domain, tenant.mail_domain),
        "no tag": f"support@{tenant.mail_domain}",
        "another tag": f"support+anything@{tenant.mail_domain}",
    }[how]
    outcome = await receive(address, contact.email, mail(contact.email, "More", "Re: DNS"))
    assert outcome.outcome == "opened"
    assert outcome.number not in (ticket.number, second.number)
    assert await messages(tenant, ticket.number) == ["Please help."]
    with within(tenant):
        assert await value("select client_id from tickets where number = $1", outcome.number) == contact.client_id


async def test_a_member_answers_by_their_own_address_and_the_client_gets_it(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent, other = await a_contact(tenant), await a_member(tenant), await a_member(tenant, name="Piet")
    ticket = await opened(tenant, contact)
    await drain(tenant.id)
    address = str(catcher.one_to(agent.email).message["Reply-To"])
    catcher.mails.clear()
    text = f"Done.\r\n\r\nOn Tuesday, Support <{address}> wrote:\r\n> New in Support\r\n> link"
    assert (await receive(address, agent.email, mail(agent.email, text))).outcome == "replied"
    assert await messages(tenant, ticket.number) == ["Please help.", "Done."]
    await drain(tenant.id)
    assert "Done." in catcher.one_to(contact.email).part("plain")
    stolen = await receive(address, other.email, mail(other.email, "I am someone else"))
    assert stolen.outcome == "opened"  # The address names no ticket where it is not theirs.


async def test_a_client_who_forges_a_members_sender_line_is_not_taken_for_staff(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    ticket = await opened(tenant, contact)
    outcome = await receive(reply_to(tenant, ticket.number), contact.email, mail(agent.email, "Refund granted"))
    assert outcome.outcome == "held"
    assert await messages(tenant, ticket.number) == ["Please help."]


async def test_signatures_of_reply_addresses_that_a_mail_quotes_are_not_kept_in_the_message(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    ticket = await opened(tenant, contact)
    address = reply_to(tenant, ticket.number)
    await receive(address, contact.email, mail(contact.email, f"Hello\r\n> Reply-To: {address}"))
    text = (await messages(tenant, ticket.number))[-1]
    assert reply_signature(tenant.id, ticket.number) not in text
    assert f"support+t{ticket.number}@" in text


async def test_the_same_mail_twice_is_one_message_also_when_it_comes_at_once(catcher: Catcher) -> None:
    tenant = await a_tenant()
    address, raw = f"support@{tenant.mail_domain}", mail("twice@client.example")
    outcomes = await asyncio.gather(*(receive(address, "twice@client.example", raw) for _ in range(5)))
    assert {outcome.outcome for outcome in outcomes} <= {"opened", "repeated"}
    assert (await receive(address, "twice@client.example", raw)).outcome == "repeated"
    with within(tenant):
        assert await value("select count(*) from tickets") == 1
        assert await value("select count(*) from incoming_mails") == 1


async def test_a_mail_whose_taking_was_cut_short_is_taken_when_it_comes_again(catcher: Catcher) -> None:
    tenant = await a_tenant()
    address, raw = f"support@{tenant.mail_domain}", mail("again@client.example")
    await receive(address, "again@client.example", raw)
    with within(tenant):
        # As a process that was killed between the ticket's commit and this note would leave it.
        await rows("update incoming_mails set outcome = 'received', ticket_id = null, message_id = null")
    assert (await receive(address, "again@client.example", raw)).outcome == "opened"
    with within(tenant):
        assert await value("select count(*) from tickets") == 1
        assert await value("select ticket_id is not null from incoming_mails")


async def test_nobody_takes_mail_for_an_unknown_domain_mailbox_or_archived_department(catcher: Catcher) -> None:
    tenant = await a_tenant()
    closed = await a_department(tenant, "Old")
    with within(tenant):
        mailbox = await value("select mailbox from departments where id = $1", closed)
        await rows("update departments set archived_at = now() where id = $1", closed)
    for address in ("support@nowhere.example", f"nobody@{tenant.mail_domain}", f"{mailbox}@{tenant.mail_domain}", "x", "a@b@c",
                    f"'; drop table tickets; --@{tenant.mail_domain}"):  # fmt: skip
        with pytest.raises(NoSuchMailbox):
            await receive(address, "a@client.example", mail("a@client.example"))


@pytest.mark.parametrize(
    "headers",
    [
        "Precedence: bulk\r\n",
        "List-Id: <x.example>\r\n",
        "X-Countersign: other-company\r\n",
    ],
)
async def test_machines_open_tickets_and_are_never_answered(catcher: Catcher, headers: str) -> None:
    tenant = await a_tenant()
    agent = await a_member(tenant)
    raw = mail("monitor@client.example", headers=headers)
    assert (await receive(f"support@{tenant.mail_domain}", "monitor@client.example", raw)).outcome == "opened"
    await drain(tenant.id)
    assert catcher.to("monitor@client.example") == []
    assert len(catcher.to(agent.email)) == 1


async def test_bounces_loops_and_automatic_answers_make_nothing(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    ticket = await opened(tenant, contact)
    with within(tenant):
        slug = await value("select slug from tenants")
    support, answer = f"support@{tenant.mail_domain}", reply_to(tenant, ticket.number)
    cases = [
        (support, "", mail("mailer-daemon@client.example"), "bounce"),
        (answer, "<>", mail(contact.email, "Undeliverable"), "bounce"),
        (support, support, mail(support, "Round and round"), "loop"),
        (support, "a@client.example", mail("a@client.example", headers=f"X-Countersign: {slug}\r\n"), "loop"),
        (
            answer,
            contact.email,
            mail(contact.email, "I am away", headers="Auto-Submitted: auto-replied\r\n"),
            "automatic answer",
        ),
    ]
    for recipient, sender, raw, reason in cases:
        outcome = await receive(recipient, sender, raw)
        assert (outcome.outcome, outcome.reason) == ("refused", reason)
    with within(tenant):
        assert await value("select count(*) from tickets") == 1
        assert await value("select count(*) from incoming_mails where outcome = 'refused'") == len(cases)
    assert await messages(tenant, ticket.number) == ["Please help."]


async def test_our_own_receipt_sent_back_to_us_opens_nothing(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    ticket = await opened(tenant, contact)
    await drain(tenant.id)
    outcome = await receive(reply_to(tenant, ticket.number), contact.email, catcher.one_to(contact.email).raw)
    assert (outcome.outcome, outcome.reason) == ("refused", "loop")


async def test_a_reply_to_a_ticket_that_is_closed_for_good_opens_a_linked_one(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    ticket = await opened(tenant, contact)
    with within(tenant):
        await reply(agent, ticket.number, "Done", status="solved")
        await set_status(agent, ticket.number, "closed")
    await drain(tenant.id)
    catcher.mails.clear()
    outcome = await receive(reply_to(tenant, ticket.number), contact.email, mail(contact.email, "It is back"))
    assert outcome.outcome == "replied"
    assert outcome.number == ticket.number + 1
    await drain(tenant.id)
    assert f"Your earlier ticket {ticket.number} is closed" in catcher.one_to(contact.email).part("plain")
    with within(tenant):
        kept = await row("select m.outcome, t.number from incoming_mails m join tickets t on t.id = m.ticket_id")
    assert kept is not None
    assert (kept["outcome"], kept["number"]) == ("replied", ticket.number + 1)


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_a_mail_without_subject_text_or_sense_still_becomes_a_ticket(catcher: Catcher, language: str) -> None:
    tenant = await a_tenant(language=language)
    raw = (
        b"From: <a@client.example>\r\nContent-Type: multipart/mixed; boundary=x\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"\xff\xfe\x00--x\r\nContent-Type: application/pdf; name=invoice.pdf\r\n\r\n%PDF\r\n--x"
    )
    assert (await receive(f"support@{tenant.mail_domain}", "a@client.example", raw)).outcome == "opened"
    with within(tenant):
        ticket = await row("select t.subject, m.body from tickets t join messages m on m.ticket_id = t.id")
    assert ticket is not None
    assert ticket["subject"] == {"en": "(no subject)", "nl": "(geen onderwerp)"}[language]
    assert ticket["body"]


async def test_a_mail_without_any_sender_is_kept_and_refused(catcher: Catcher) -> None:
    tenant = await a_tenant()
    outcome = await receive(f"support@{tenant.mail_domain}", "no address", b"Subject: x\r\n\r\ntext")
    assert (outcome.outcome, outcome.reason) == ("unreadable", "no_sender")
    with within(tenant):
        assert await get(await value("select file_key from incoming_mails")) == b"Subject: x\r\n\r\ntext"
