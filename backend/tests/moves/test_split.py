"""Messages that were split off are on their own ticket, with their place, their proofs and their secrets (FIELD.md A8)."""

from uuid import uuid4

import pytest

from backend.accounts.secret import Secret
from backend.database import row, rows, value
from backend.errors import Refusal
from backend.secrets.seal import NewSecret
from backend.tests.factories import PASSWORD, a_contact, a_department, signed_in, within
from backend.tests.moves.story import a_story, a_ticket, at_of, message_id, messages, split, ticket
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.moves.split import Part, split_ticket
from backend.tickets.prove_ticket import prove_ticket
from backend.tickets.reply import add_note, reply
from backend.tickets.search import search_tickets
from backend.tickets.secrets import show_secret
from backend.verification.checks import Proof

DNS, INVOICE = "The MX records are wrong.", "And the invoice of May?"


async def test_a_split_moves_the_messages_to_a_new_ticket_of_the_same_requester_and_copies_none() -> None:
    story = await a_story()
    with within(story.tenant):
        await add_note(story.agent, story.number, "He always pays late.")
        made = await split(story, INVOICE, "He always pays late.")
        old, new = await ticket(story.number), await ticket(made)
        assert await messages(story.number) == [DNS]
        assert await messages(made) == [INVOICE, "He always pays late."]
        assert await value("select count(*) from messages") == 3
    assert (new["requester_id"], new["client_id"]) == (old["requester_id"], old["client_id"])
    assert (new["department_id"], new["subject"], new["split_from"]) == (story.billing, "Invoice", old["id"])
    assert (new["status"], old["status"]) == ("open", "open")


async def test_each_part_waits_since_its_own_first_unanswered_message() -> None:
    story = await a_story()
    with within(story.tenant):
        made = await split(story, INVOICE)
        assert (await ticket(story.number))["waiting_since"] == await at_of(DNS)
        assert (await ticket(made))["waiting_since"] == await at_of(INVOICE)
        assert (await ticket(made))["opened_at"] == await at_of(INVOICE)


async def test_a_question_that_an_answer_to_another_had_hidden_waits_again_from_its_own_time() -> None:
    story = await a_story()
    with within(story.tenant):
        await reply(story.agent, story.number, "The records are right now.", status="solved")
        assert (await ticket(story.number))["waiting_since"] is None
        made = await split(story, INVOICE)
        old, new = await ticket(story.number), await ticket(made)
        assert (new["status"], new["waiting_since"]) == ("open", await at_of(INVOICE))
        assert (old["status"], old["waiting_since"]) == ("solved", None)
        assert [
            each["step"]
            for each in await rows("select step from timers where ticket_id = $1 and cancelled_at is null", old["id"])
        ] == [0]


async def test_when_the_answer_goes_the_question_that_stays_waits_again_and_its_timers_stop() -> None:
    story = await a_story()
    with within(story.tenant):
        await reply(story.agent, story.number, "It is paid.", status="solved")
        made = await split(story, INVOICE, "It is paid.")
        old, new = await ticket(story.number), await ticket(made)
        assert (old["status"], old["waiting_since"], old["first_responded_at"]) == ("open", await at_of(DNS), None)
        assert (new["status"], new["waiting_since"]) == ("solved", None)
        assert new["first_responded_at"] == await at_of("It is paid.")
        pending = await rows("select ticket_id from timers where done_at is null and cancelled_at is null")
        assert [each["ticket_id"] for each in pending] == [new["id"]]


async def test_a_closed_ticket_stays_closed_and_its_question_goes_on() -> None:
    story = await a_story()
    with within(story.tenant):
        await set_status(story.agent, story.number, "closed")
        made = await split(story, INVOICE)
        old, new = await ticket(story.number), await ticket(made)
        assert (old["status"], old["waiting_since"], old["closed_at"] is not None) == ("closed", await at_of(DNS), True)
        assert (new["status"], new["waiting_since"]) == ("open", await at_of(INVOICE))


async def test_the_new_ticket_is_proved_as_far_as_its_own_messages_and_the_old_one_keeps_what_was_proved_about_it() -> (
    None
):
    story = await a_story(second=None)
    with within(story.tenant):
        contact = await signed_in(story.contact)
        await prove_ticket(contact, story.number, Proof("password", Secret(PASSWORD)))
        await reply(story.contact, story.number, INVOICE)
        unproved = await split(story, INVOICE)
        await reply(contact, story.number, "And the colour of the shop?")
        proved = await split(story, "And the colour of the shop?")
        assert (await ticket(story.number))["level"] == "password"
        assert ((await ticket(unproved))["level"], (await ticket(unproved))["attestation_id"]) == ("none", None)
        new = await ticket(proved)
        assert new["level"] == "password"
        attestation = await row("select * from attestations where id = $1", new["attestation_id"])
        own = await row(
            "select a.* from messages m join attestations a on a.id = m.attestation_id where m.ticket_id = $1",
            new["id"],
        )
    assert attestation is not None
    assert own is not None
    assert attestation["ticket_id"] == new["id"]
    for same in ("method", "level", "at", "client_id", "message_id"):
        assert attestation[same] == own[same]


async def test_a_proof_that_came_with_a_message_goes_with_it() -> None:
    story = await a_story(second=None)
    with within(story.tenant):
        contact = await signed_in(story.contact)
        number = await a_ticket(contact, story.tenant.support, body="Change the MX, please.")
        await reply(story.contact, number, "And what does it cost?")
        made = await split_ticket(
            story.agent, number, Part(message_ids=[await message_id("Change the MX, please.")], department_id=story.billing, subject="MX")
        )  # fmt: skip
        assert (await ticket(made))["level"] == "signed_in"
        assert ((await ticket(number))["level"], (await ticket(number))["attestation_id"]) == ("none", None)


async def test_sealed_secrets_go_with_their_message_and_open_where_it_is() -> None:
    story = await a_story()
    with within(story.tenant):
        sealed = [NewSecret(label="FTP", value=Secret("Hunter-2"))]
        await reply(story.contact, story.number, "Here is the login.", secrets=sealed)
        made = await split(story, "Here is the login.")
        secret = await row("select id, ticket_id, state from secrets")
        assert secret is not None
        assert (secret["ticket_id"], secret["state"]) == ((await ticket(made))["id"], "sent")
        assert (await show_secret(story.agent, secret["id"])).reveal() == "Hunter-2"
        await set_status(story.agent, story.number, "closed")
        assert await value("select state from secrets") == "sent"
        await set_status(story.agent, made, "closed")
        assert await value("select state from secrets") == "destroyed"
        assert await value("select count(*) from timers where done_at is null and cancelled_at is null") == 0


async def test_search_finds_a_message_where_it_is_under_its_new_subject() -> None:
    story = await a_story()
    with within(story.tenant):
        made = await split(story, INVOICE, subject="Bookkeeping")
        for words, number in (("bookkeeping invoice", made), ("MX records", story.number)):
            assert [each["number"] for each in (await search_tickets(story.agent, words)).rows] == [number]
        assert (await search_tickets(story.agent, "invoice DNS")).rows == []


async def test_what_was_held_back_for_want_of_proof_stays_held_back() -> None:
    story = await a_story()
    with within(story.tenant):
        await rows("update tickets set required_level = 'card' where number = $1", story.number)
        made = await split(story, INVOICE)
        assert (await ticket(made))["required_level"] == "card"
    needy = await a_department(story.tenant, "Domains", proof_level="password")
    with within(story.tenant):
        await reply(story.contact, story.number, "A domain, too.")
        made = await split(story, "A domain, too.", department=needy)
        assert (await ticket(made))["required_level"] == "password"


async def test_a_split_is_refused_with_its_reason() -> None:
    story = await a_story()
    foreign = await a_story()
    with within(foreign.tenant):
        elsewhere = await message_id(DNS)
    contact = await a_contact(story.tenant)
    with within(story.tenant):
        await add_note(story.agent, story.number, "Hm.")
        dns, invoice, note = await message_id(DNS), await message_id(INVOICE), await message_id("Hm.")
        other = await a_ticket(contact, story.tenant.support, body="Something else.")
        for ids, code in (
            ([], "split_needs_message"),
            ([note], "split_needs_message"),
            ([dns, invoice], "split_takes_all"),
            ([dns, invoice, note], "split_takes_all"),
            ([invoice, await message_id("Something else.")], "not_found"),
            ([invoice, elsewhere], "not_found"),
            ([uuid4()], "not_found"),
        ):
            with pytest.raises(Refusal) as refused:
                await split_ticket(
                    story.agent, story.number, Part(message_ids=ids, department_id=story.billing, subject="X")
                )
            assert refused.value.code == code, ids
        for department, subject, code in (
            (foreign.billing, "X", "not_found"), (story.billing, " ", "required"), (story.billing, "x" * 201, "too_long"),
        ):  # fmt: skip
            with pytest.raises(Refusal) as refused:
                await split_ticket(
                    story.agent, story.number, Part(message_ids=[invoice], department_id=department, subject=subject)
                )
            assert refused.value.code == code
        with pytest.raises(Refusal):
            await split_ticket(
                story.contact, story.number, Part(message_ids=[invoice], department_id=story.billing, subject="X")
            )
        assert await messages(story.number) == [DNS, INVOICE, "Hm."]
        assert await messages(other) == ["Something else."]


async def test_a_message_that_only_thanks_does_not_wait_wherever_it_goes() -> None:
    story = await a_story()
    with within(story.tenant):
        await reply(story.agent, story.number, "Both are right now.", status="solved")
        await reply(story.contact, story.number, "Thank you so much!")
        assert (await ticket(story.number))["waiting_since"] is None
        made = await split(story, INVOICE, "Both are right now.", "Thank you so much!")
        new = await ticket(made)
        assert (new["status"], new["waiting_since"]) == ("solved", None)
        with pytest.raises(Refusal) as refused:
            await split(story, "Thank you so much!")
        assert refused.value.code == "not_found"
