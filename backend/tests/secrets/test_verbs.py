"""Secrets asked for, sent, viewed, destroyed: who may, and what both sides see of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.accounts.secret import Secret
from backend.database import rows, value
from backend.errors import Refusal
from backend.intake.kinds import create_kind
from backend.jobs.drain import drain
from backend.secrets.questions import Question, secret_questions, set_secret_days, set_secret_questions
from backend.tests.factories import a_contact, a_department, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.secrets.story import VALUE, a_ticket, history, sealed, state_of, the_secret
from backend.tickets.assign import assign
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.queries import pending_timers
from backend.tickets.reply import add_note, reply
from backend.tickets.secrets import ask_for_secret, destroy_secret, send_secret, show_secret
from backend.tickets.timers.fire import fire_timers
from backend.tickets.transfer import transfer


async def test_a_secret_of_a_request_opens_for_the_staff_and_the_view_is_written() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact, sealed())
        secret_id = await the_secret()
        assert (await show_secret(agent, secret_id)).reveal() == VALUE
        assert await history(number) == ["SecretSent", "TicketOpened", "SecretViewed"]
        assert await value("select views from secrets where id = $1", secret_id) == 1
        assert await value("select viewed_by from secrets where id = $1", secret_id) == agent.account


async def test_a_secret_that_was_asked_for_is_mailed_by_name_and_answered_once(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact)
        await reply(agent, number, "One thing is missing.", status="pending")
        secret_id = await ask_for_secret(agent, number, "FTP password of voorbeeld.nl")
    await drain(tenant.id)
    asked = [mail for mail in catcher.to(contact.email) if "We need a secret" in mail.message["Subject"]]
    assert len(asked) == 1
    assert "FTP password of voorbeeld.nl" in asked[0].part("plain")
    assert f"/tickets/{number}" in asked[0].part("plain")
    with within(tenant):
        sent = await send_secret(contact, secret_id, Secret(VALUE))
        assert await state_of(secret_id) == ("sent", True, True)
        assert await value("select body from messages where id = $1", sent.message_id) == (
            "[sealed: FTP password of voorbeeld.nl]"
        )
        # The staff's turn again, as after any message.
        assert await value("select meaning from tickets where number = $1", number) in ("new", "open")
        with pytest.raises(Refusal, match="not asked"):
            await send_secret(contact, secret_id, Secret("again"))
        assert (await show_secret(agent, secret_id)).reveal() == VALUE


async def test_who_works_on_the_ticket_opens_it_and_nobody_else() -> None:
    tenant = await a_tenant()
    billing = await a_department(tenant)
    contact, other = await a_contact(tenant), await a_contact(tenant)
    agent = await a_member(tenant)
    stranger = await a_member(tenant, departments=[billing])
    lead = await a_member(tenant, "lead", departments=[billing])
    with within(tenant):
        number = await a_ticket(tenant, contact, sealed())
        secret_id = await the_secret()
        for refused, code in ((stranger, "secret_of_department"), (contact, "not_allowed"), (tenant.actor, "not_allowed"),
                              (other, "not_found"), (tenant.guest, "not_found")):  # fmt: skip
            with pytest.raises(Refusal) as refusal:
                await show_secret(refused, secret_id)
            assert refusal.value.code in (code, "sign_in_needed"), refused
            if refused is stranger:
                assert "Support" in refusal.value.message("en")
        assert "SecretViewed" not in await history(number)
        await show_secret(agent, secret_id)
        await show_secret(lead, secret_id)
        member_id = await value("select id from members where account_id = $1", stranger.account)
        # Anybody on the staff may take a ticket: to have it opens nothing.
        await assign(stranger, number, member_id)
        with pytest.raises(Refusal):
            await show_secret(stranger, secret_id)
        await assign(agent, number, None)
        await transfer(agent, number, billing)
        await show_secret(stranger, secret_id)
        with pytest.raises(Refusal):
            await show_secret(agent, secret_id)


async def test_what_the_staff_seals_opens_for_the_client_of_the_ticket() -> None:
    tenant = await a_tenant()
    contact, agent, other = await a_contact(tenant), await a_member(tenant), await a_contact(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact)
        await reply(agent, number, "Your new login.", status="pending", secrets=[sealed("New password")])
        secret_id = await the_secret("New password")
        assert (await show_secret(contact, secret_id)).reveal() == VALUE
        for refused in (other, agent):
            with pytest.raises(Refusal):
                await show_secret(refused, secret_id)


async def test_closing_destroys_every_secret_in_the_same_transaction() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact, sealed())
        asked = await ask_for_secret(agent, number, "Mailbox")
        secret_id = await the_secret()
        await set_status(agent, number, "closed")
        assert await state_of(secret_id) == ("destroyed", False, False)
        assert (await state_of(asked))[0] == "destroyed"
        with pytest.raises(Refusal, match="not here"):
            await show_secret(agent, secret_id)
        with pytest.raises(Refusal):
            await ask_for_secret(agent, number, "More")
        assert (await history(number)).count("SecretDestroyed") == 2
        due = "select count(*) from timers where action = 'destroy_secret' and done_at is null and cancelled_at is null"
        assert await value(due) == 0


async def test_a_secret_goes_after_the_company_s_days_whatever_the_ticket_does() -> None:
    tenant = await a_tenant()
    contact, agent, admin = await a_contact(tenant), await a_member(tenant), await a_member(tenant, "admin")
    with within(tenant):
        await set_secret_days(admin, 3)
        number = await a_ticket(tenant, contact, sealed())
        secret_id = await the_secret()
        ticket_id = await value("select id from tickets where number = $1", number)
        due = await value("select due_at from timers where secret_id = $1", secret_id)
        sent = await value("select sent_at from secrets where id = $1", secret_id)
        assert due - sent == timedelta(days=3)
        # Other changes of the ticket leave the timer alone, and no screen tells it as a change of status.
        await reply(agent, number, "Which one?", status="pending")
        await reply(contact, number, "That one.")
        assert (await pending_timers([ticket_id]))[ticket_id] == []
        assert await fire_timers(tenant.id, [ticket_id]) == 0
        await rows("update timers set due_at = $1 where secret_id = $2", sent - timedelta(days=1), secret_id)
        assert await fire_timers(tenant.id, [ticket_id]) == 1
        assert await state_of(secret_id) == ("destroyed", False, False)
        assert await value("select destroyed_because from secrets where id = $1", secret_id) == "expired"
        assert await value("select meaning from tickets where number = $1", number) in ("new", "open")


async def test_either_side_destroys_by_hand_what_it_sent_or_may_open() -> None:
    tenant = await a_tenant()
    billing = await a_department(tenant)
    contact, agent = await a_contact(tenant), await a_member(tenant)
    stranger = await a_member(tenant, departments=[billing])
    with within(tenant):
        await a_ticket(tenant, contact, sealed("one"), sealed("two"))
        first, second = await the_secret("one"), await the_secret("two")
        with pytest.raises(Refusal):
            await destroy_secret(stranger, first)
        await destroy_secret(contact, first)
        await destroy_secret(agent, second)
        assert await state_of(first) == await state_of(second) == ("destroyed", False, False)


async def test_a_closing_answer_carries_no_secret() -> None:
    tenant = await a_tenant(policy="larkspur")
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact)
        with pytest.raises(Refusal) as refusal:
            await reply(agent, number, "Here.", secrets=[sealed()])
        assert refusal.value.code == "secret_and_closed"


async def test_the_form_of_a_kind_asks_for_its_secrets() -> None:
    tenant = await a_tenant()
    contact, admin = await a_contact(tenant), await a_member(tenant, "admin")
    with within(tenant):
        kind = await create_kind(admin, tenant.support, name="Migration", description="", proof_level="none")
        await set_secret_questions(
            admin, kind, [Question(label="Old host", required=True), Question(label="CMS", required=False)]
        )
        old, cms = await secret_questions([kind])
        new = NewTicket(department_id=tenant.support, kind_id=kind, subject="Move", body="Please.")
        with pytest.raises(Refusal, match="Old host"):
            await open_ticket(contact, new)
        answer = sealed("?")
        await open_ticket(contact, replace(new, secrets=(replace(answer, question_id=old["id"]),)))
        assert await value("select source from secrets where label = 'Old host'") == "form"
        with pytest.raises(Refusal):
            await open_ticket(contact, replace(new, secrets=(replace(answer, question_id=tenant.id),)))
        await set_secret_questions(admin, kind, [Question(id=cms["id"], label="CMS login", required=True)])
        assert [(each["label"], each["required"]) for each in await secret_questions([kind])] == [("CMS login", True)]
        with pytest.raises(Refusal):
            await set_secret_questions(contact, kind, [])
        with pytest.raises(Refusal):
            await set_secret_questions(admin, kind, [Question(label="pw: Hunter-22", required=True)])


async def test_text_that_holds_a_secret_is_refused_until_its_writer_decides() -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    leaking = "The password is Kestrel!49."
    with within(tenant):
        with pytest.raises(Refusal) as refusal:
            await a_ticket(tenant, contact, body=leaking)
        assert (refusal.value.code, refusal.value.field) == ("leak_suspected", "body")
        number = await a_ticket(tenant, contact)
        for write in (reply(contact, number, leaking), reply(agent, number, leaking), add_note(agent, number, leaking)):
            with pytest.raises(Refusal) as refusal:
                await write
            assert refusal.value.code == "leak_suspected"
        await reply(contact, number, leaking, send_anyway=True)
        await add_note(agent, number, leaking, send_anyway=True)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 10_001, "a\ud800b"])
async def test_a_value_that_cannot_be_kept_is_refused(text: str) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    with within(tenant), pytest.raises(Refusal):
        await a_ticket(tenant, contact, sealed(text=text))


@pytest.mark.parametrize("text", [" x ", "x" * 10_000, "-----BEGIN\n\nkey\t\x00", "密码😀\u202e"])
async def test_a_value_comes_back_as_it_was_typed(text: str) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        await a_ticket(tenant, contact, sealed(text=text))
        assert (await show_secret(agent, await the_secret())).reveal() == text


async def test_after_a_restore_a_secret_says_that_it_must_be_asked_for_again() -> None:
    """A backup brings no keys back; what was sealed can then be opened by nobody."""
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        number = await a_ticket(tenant, contact, sealed())
        secret_id = await the_secret()
        await rows("delete from secret_keys where tenant_id = $1 and id = $2", tenant.id, secret_id)
        with pytest.raises(Refusal) as refusal:
            await show_secret(agent, secret_id)
        assert refusal.value.code == "secret_lost"
        assert "SecretViewed" not in await history(number)
