"""Mail between two desks, or a desk and a machine, ends: no mail of ours is the answer to a mail that nobody wrote."""

from collections.abc import AsyncIterator
from email.message import EmailMessage

import pytest

from backend.database import rows, value
from backend.jobs.drain import drain
from backend.mailboxes.listener import listen
from backend.mailboxes.outgoing.send import configure_smtp
from backend.mailboxes.receive import receive
from backend.notifications.staff import MOST_NOTICES
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher, origin
from backend.tests.mail.test_receive import mail
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply


@pytest.fixture
async def round_trip() -> AsyncIterator[None]:
    """What we send goes to our own listener, as it does between two companies of one installation."""
    server = await listen("127.0.0.1", 0)
    configure_smtp(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", origin)
    yield
    server.close()
    await server.wait_closed()


async def staffed_by_mailboxes_of(tenant: TestTenant, other: TestTenant) -> None:
    """Two on the staff of a company whose addresses are mailboxes of another company."""
    for mailbox in ("support", "sales"):
        member = await a_member(tenant, name=mailbox)
        with within(tenant):
            address = f"{mailbox}@{other.mail_domain}"
            await rows("update accounts set email = $2 where id = $1", member.account_id, address)


async def two_desks(*, both: bool = True) -> tuple[TestTenant, TestTenant]:
    """Two companies with two departments each; the staff of the second one, or of both, are mailboxes of the other."""
    one, other = await a_tenant(), await a_tenant()
    for tenant, across in ((one, other), (other, one)):
        if both or tenant is other:
            await staffed_by_mailboxes_of(tenant, across)
        with within(tenant):
            await rows(
                """with sales as (
                       insert into departments (tenant_id, id, name, description, position, audience, proof_level, mailbox)
                       values ($1, uuidv7(), 'Sales', 'Sales', 2, 'everyone', 'none', 'sales') returning id)
                   insert into department_members (tenant_id, id, department_id, account_id)
                   select $1, uuidv7(), sales.id, m.account_id from sales, members m""",
                tenant.id,
            )
    return one, other


async def tickets(tenant: TestTenant) -> int:
    with within(tenant):
        found: int = await value("select count(*) from tickets")
    return found


async def settled(*tenants: TestTenant, rounds: int = 6) -> None:
    """Work off what is due on all sides. Fails where the last round still sent something."""
    for number in range(rounds):
        sent = 0
        for tenant in tenants:
            done = await drain(tenant.id)
            sent += done.mails + done.incoming
        if sent == 0:
            return
        assert number < rounds - 1, "it goes on and on"


@pytest.mark.usefixtures("round_trip")
async def test_two_desks_whose_staff_are_each_others_mailboxes_tell_each_other_once() -> None:
    one, other = await two_desks()
    contact = await a_contact(one)
    with within(one):
        opened = await open_ticket(contact, NewTicket(department_id=one.support, subject="DNS", body="Please"))
    await settled(one, other)
    # Both mailboxes of the other company heard of it; nobody there was told by mail of what a machine wrote.
    assert (await tickets(one), await tickets(other)) == (1, 2)
    with within(other):
        assert await value("select count(*) from outgoing_mails") == 0
        assert await value("select count(*) from incoming_mails where outcome = 'opened'") == 2
    with within(one):
        await reply(contact, opened.number, "Are you there?")
    await settled(one, other)
    # These name the tickets that the first ones opened there, and say that somebody of the staff wrote them: they are held.
    assert (await tickets(one), await tickets(other)) == (1, 2)
    with within(other):
        assert await value("select count(*) from incoming_mails where outcome = 'held'") == 2


@pytest.mark.usefixtures("round_trip")
async def test_a_desk_that_is_the_client_of_another_hears_the_answer_and_sends_nothing_back_by_itself() -> None:
    one, other = await two_desks(both=False)
    client, agent = await a_contact(one), await a_member(one)
    with within(one):
        await rows("update accounts set email = $2 where id = $1", client.account_id, f"support@{other.mail_domain}")
        opened = await open_ticket(client, NewTicket(department_id=one.support, subject="DNS", body="Please"))
    await settled(one, other)
    before = await tickets(other)
    with within(one):
        await reply(agent, opened.number, "It is done.")
    await settled(one, other)
    # It is for the ticket that the first mail opened there, and its address is one of the staff's there, which nothing proves.
    assert await tickets(other) == before
    with within(other):
        assert "It is done." in (await value("select body from held_mails"))
        assert await rows("select 1 from outgoing_mails") == []


@pytest.mark.parametrize("template", ["staff_opened", "staff_replied"])
async def test_a_notice_says_that_nobody_wrote_it(catcher: Catcher, template: str) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="DNS", body="Please"))
        if template == "staff_replied":
            await drain(tenant.id)
            catcher.mails.clear()
            await reply(contact, opened.number, "Are you there?")
    await drain(tenant.id)
    notice: EmailMessage = catcher.one_to(agent.email).message
    assert notice["Auto-Submitted"] == "auto-generated"
    assert notice["X-Countersign"]


@pytest.mark.parametrize("said", ["auto-replied", "auto-generated", "Auto-Generated; owner-email=x@y.example"])
async def test_a_machine_that_says_so_is_shown_on_the_desk_and_told_to_nobody(catcher: Catcher, said: str) -> None:
    tenant = await a_tenant()
    await a_member(tenant)
    raw = mail("desk@else.example", headers=f"Auto-Submitted: {said}\r\n")
    assert (await receive(f"support@{tenant.mail_domain}", "desk@else.example", raw)).outcome == "opened"
    await drain(tenant.id)
    assert await tickets(tenant) == 1
    assert catcher.mails == []


async def test_a_machine_that_answers_each_notice_and_does_not_say_so_is_told_no_more(catcher: Catcher) -> None:
    tenant = await a_tenant()
    machine, agent = await a_member(tenant, name="Other desk"), await a_member(tenant)
    for number in range(MOST_NOTICES + 3):
        raw = mail(machine.email, f"We have received your mail, {number}.", "Received")
        await receive(f"support@{tenant.mail_domain}", machine.email, raw)
    await drain(tenant.id)
    assert await tickets(tenant) == MOST_NOTICES + 3
    assert len(catcher.to(agent.email)) == MOST_NOTICES
