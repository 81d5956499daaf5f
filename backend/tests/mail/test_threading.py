"""For which ticket a mail is, who may write on it, and what stands beside it until the staff decides."""

import pytest

from backend.actor import Actor
from backend.database import rows, value
from backend.errors import Refusal
from backend.jobs.drain import drain
from backend.mailboxes.incoming.copies import copies_of, remove_copy
from backend.mailboxes.incoming.held import add_held_mail, discard_held_mail, held_mails, open_held_mail
from backend.mailboxes.receive import receive
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.test_receive import mail, messages, opened, reply_to
from backend.tickets.queries import get_ticket
from backend.tickets.reply import reply


async def ids_of(tenant: TestTenant, number: int) -> list[str]:
    with within(tenant):
        found = await rows(
            "select o.mail_message_id from outgoing_mails o join tickets t on t.id = o.ticket_id where t.number = $1",
            number,
        )
    return [each[0] for each in found]


async def to_support(
    tenant: TestTenant, sender: str, text: str, subject: str = "Help", headers: str = ""
) -> tuple[str, int | None]:
    outcome = await receive(f"support@{tenant.mail_domain}", sender, mail(sender, text, subject, headers))
    return outcome.outcome, outcome.number


async def test_an_answer_lands_by_the_mail_that_it_answers_or_by_the_number_in_its_subject(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    ticket = await opened(tenant, contact)
    await drain(tenant.id)
    (receipt,) = {each for each in await ids_of(tenant, ticket.number) if each.startswith("<t")}
    ways = (f"In-Reply-To: {receipt}\r\n", f"References: <x@y> {receipt} <z@y>\r\n", "")
    for number, headers in enumerate(ways):
        subject = "About it" if headers else f"Re: [#{ticket.number}] DNS"
        assert await to_support(tenant, contact.email, f"More {number}", subject, headers) == ("replied", ticket.number)
    assert await messages(tenant, ticket.number) == ["Please help.", "More 0", "More 1", "More 2"]


async def test_an_answer_to_ones_own_mail_lands_on_the_ticket_that_it_opened(catcher: Catcher) -> None:
    tenant = await a_tenant()
    first = mail("a@client.example", "It is slow", headers="")
    number = (await receive(f"support@{tenant.mail_domain}", "a@client.example", first)).number
    own = next(line for line in first.decode().splitlines() if line.startswith("Message-ID"))[12:]
    answered = await to_support(tenant, "a@client.example", "And now it is down", headers=f"In-Reply-To: {own}\r\n")
    assert answered == ("replied", number)


async def test_the_thread_goes_before_the_subject_and_the_address_before_both(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    one, two, three = [await opened(tenant, contact) for _ in range(3)]
    await drain(tenant.id)
    (of_two,) = {each for each in await ids_of(tenant, two.number) if each.startswith("<t")}
    headers = f"In-Reply-To: {of_two}\r\n"
    assert await to_support(tenant, contact.email, "a", f"[#{three.number}]", headers) == ("replied", two.number)
    raw = mail(contact.email, "b", f"[#{three.number}]", headers)
    assert (await receive(reply_to(tenant, one.number), contact.email, raw)).number == one.number


@pytest.mark.parametrize("by", ["address", "thread", "subject"])
async def test_a_strangers_mail_on_an_open_ticket_is_held_beside_it_and_nobody_is_answered(
    catcher: Catcher, by: str
) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    ticket = await opened(tenant, contact)
    await drain(tenant.id)
    receipt = next(each for each in await ids_of(tenant, ticket.number) if each.startswith("<t"))
    catcher.mails.clear()
    to = reply_to(tenant, ticket.number) if by == "address" else f"support@{tenant.mail_domain}"
    headers = f"In-Reply-To: {receipt}\r\n" if by == "thread" else ""
    subject = f"Re: [#{ticket.number}] DNS" if by == "subject" else "Hello"
    raw = mail("stranger@else.example", "I am his boss", subject, headers)
    outcome = await receive(to, "stranger@else.example", raw)
    assert (outcome.outcome, outcome.reason, outcome.number) == ("held", by, ticket.number)
    assert (await receive(to, "stranger@else.example", raw)).outcome == "repeated"
    await drain(tenant.id)
    assert catcher.mails == []
    assert await messages(tenant, ticket.number) == ["Please help."]
    with within(tenant):
        assert await value("select count(*) from tickets") == 1
        held = await held_mails(agent, [ticket.id])
        assert [(each["email"], each["body"]) for each in held] == [("stranger@else.example", "I am his boss")]
        assert await held_mails(contact, [ticket.id]) == []


async def test_staff_adds_makes_a_ticket_of_or_discards_a_held_mail_each_once(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    ticket = await opened(tenant, contact)
    for number in range(3):
        sender = f"stranger{number}@else.example"
        await receive(reply_to(tenant, ticket.number), sender, mail(sender, f"Stranger {number}"))
    with within(tenant):
        one, two, three = [each["id"] for each in await held_mails(agent, [ticket.id])]
        with pytest.raises(Refusal):
            await add_held_mail(contact, one)
        assert await add_held_mail(agent, one) == ticket.number
        made = await open_held_mail(agent, two)
        assert await discard_held_mail(agent, three) == ticket.number
        for verb in (add_held_mail, open_held_mail, discard_held_mail):
            for each in (one, two, three):
                with pytest.raises(Refusal, match="not"):
                    await verb(agent, each)
        found = await rows("select outcome from incoming_mails order by id")
        assert [each[0] for each in found] == ["replied", "opened", "refused"]
        added = await rows("select level, side from messages where body = 'Stranger 0'")
        assert [(each["level"], each["side"]) for each in added] == [("none", "client")]
    assert await messages(tenant, ticket.number) == ["Please help.", "Stranger 0"]
    assert await messages(tenant, made) == ["Stranger 1"]


async def test_a_member_is_believed_by_a_header_only_where_their_sender_was_authenticated(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    ticket = await opened(tenant, contact)
    raw = mail(agent.email, "Refund granted", f"[#{ticket.number}] DNS")
    outcome = await receive(f"support@{tenant.mail_domain}", agent.email, raw)
    assert outcome.outcome == "held"
    with within(tenant):
        (held,) = await held_mails(agent, [ticket.id])
        with pytest.raises(Refusal, match="staff"):
            await add_held_mail(agent, held["id"])


async def test_on_a_closed_ticket_a_stranger_opens_a_new_one(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    ticket = await opened(tenant, contact)
    with within(tenant):
        await rows(
            "update tickets set status = 'closed', meaning = 'closed', closed_at = now() where id = $1", ticket.id
        )
    assert (await to_support(tenant, "new@else.example", "Hello", f"[#{ticket.number}]"))[0] == "opened"


async def test_people_in_copy_get_answers_from_then_on_and_may_write_and_see_nothing_else(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    ticket = await opened(tenant, contact)
    with within(tenant):
        await reply(agent, ticket.number, "The earlier answer", status="pending")
    await drain(tenant.id)
    catcher.mails.clear()
    headers = f"To: support@{tenant.mail_domain}, {agent.email}\r\nCc: Boss <boss@client.example>\r\n"
    await receive(reply_to(tenant, ticket.number), contact.email, mail(contact.email, "With my boss", headers=headers))
    with within(tenant):
        (copy,) = await copies_of(agent, [ticket.id])
        assert (copy["email"], copy["name"]) == ("boss@client.example", "Boss")
        assert await copies_of(contact, [ticket.id]) == []
        await reply(agent, ticket.number, "The later answer", status="pending")
    await drain(tenant.id)
    told = catcher.one_to("boss@client.example")
    assert "The later answer" in told.part("plain")
    assert "The earlier answer" not in told.part("plain")
    wrote = await receive(str(told.message["Reply-To"]), "boss@client.example", mail("boss@client.example", "I agree"))
    assert (wrote.outcome, wrote.number) == ("replied", ticket.number)
    with within(tenant):
        boss = await value("select id from accounts where email = 'boss@client.example'")
        as_boss = Actor(tenant_id=tenant.id, kind="guest", language="en", account_id=boss, email="boss@client.example")
        assert await get_ticket(as_boss, ticket.number) is None
        await remove_copy(agent, copy["id"])
        catcher.mails.clear()
        await reply(agent, ticket.number, "Without the boss", status="pending")
    await drain(tenant.id)
    assert catcher.to("boss@client.example") == []
    held = await receive(reply_to(tenant, ticket.number), "boss@client.example", mail("boss@client.example", "And me?"))
    assert held.outcome == "held"


async def test_a_stranger_cannot_add_people_and_copies_stay_on_their_ticket(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    ticket, other = await opened(tenant, contact), await opened(tenant, contact)
    headers = "Cc: spy@else.example\r\n"
    await receive(reply_to(tenant, ticket.number), "x@else.example", mail("x@else.example", "Hi", headers=headers))
    headers = "Cc: boss@client.example\r\n"
    await receive(reply_to(tenant, ticket.number), contact.email, mail(contact.email, "Hi", headers=headers))
    with within(tenant):
        assert [each["email"] for each in await copies_of(agent, [ticket.id, other.id])] == ["boss@client.example"]
    wrong = await receive(
        reply_to(tenant, other.number), "boss@client.example", mail("boss@client.example", "This too")
    )
    assert wrong.outcome == "held"


async def test_no_header_leads_to_a_ticket_of_another_company(catcher: Catcher) -> None:
    tenant, other = await a_tenant(first_ticket_number=70_001), await a_tenant()
    contact = await a_contact(tenant)
    ticket = await opened(tenant, contact)
    await drain(tenant.id)
    receipt = next(each for each in await ids_of(tenant, ticket.number) if each.startswith("<t"))
    headers = f"In-Reply-To: {receipt}\r\nReferences: {receipt}\r\n"
    for sender in (contact.email, "stranger@else.example"):
        made = await to_support(other, sender, f"From {sender}", f"[#{ticket.number}]", headers)
        assert made[0] == "opened"
        assert made[1] != ticket.number
    assert await messages(tenant, ticket.number) == ["Please help."]


async def test_a_mail_that_a_member_passes_on_is_a_ticket_of_whoever_wrote_it(catcher: Catcher) -> None:
    tenant = await a_tenant()
    agent = await a_member(tenant)
    text = (
        "FYI\r\n\r\n---------- Forwarded message ---------\r\nFrom: Jane Doe <jane@client.example>\r\n"
        "Date: Tue, 4 Mar 2025 at 09:12\r\nSubject: Mail is slow\r\nTo: <agent@host.example>\r\n\r\nMy mail is slow.\r\n"
    )
    made, number = await to_support(tenant, agent.email, text, "Fwd: Mail is slow")
    assert made == "opened"
    with within(tenant):
        found = await rows(
            "select a.email, t.level from tickets t join accounts a on a.id = t.requester_id where t.number = $1",
            number,
        )
        assert [(each["email"], each["level"]) for each in found] == [("jane@client.example", "none")]
        assert await value("select count(*) from events where type = 'OpenedForSender'") == 1
    await drain(tenant.id)
    assert len(catcher.to("jane@client.example")) == 1
