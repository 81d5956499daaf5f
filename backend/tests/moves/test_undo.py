"""An undo restores rows equal to what they were; what came to pass since stays."""

from datetime import timedelta

import pytest

from backend.accounts.secret import Secret
from backend.database import rows, value
from backend.errors import Refusal
from backend.secrets.seal import NewSecret
from backend.tests.factories import within
from backend.tests.moves.story import Story, a_story, a_ticket, at_of, everything, messages, split, ticket
from backend.tickets.assign import assign
from backend.tickets.moves.merge import merge_tickets
from backend.tickets.moves.undo import undo_merge, undo_split
from backend.tickets.queries import queue
from backend.tickets.reply import add_note, reply
from backend.tickets.set_priority import set_priority

DNS, INVOICE = "The MX records are wrong.", "And the invoice of May?"


async def a_rich_story(policy: str = "foundry") -> Story:
    """With an answer, a timer, a note and a sealed secret."""
    story = await a_story(policy=policy)
    with within(story.tenant):
        await reply(
            story.contact, story.number, "The login.", secrets=[NewSecret(label="FTP", value=Secret("Hunter-2"))]
        )
        await add_note(story.agent, story.number, "Hm.")
        await reply(story.agent, story.number, "Paid, and right.", status="solved" if policy == "foundry" else None)
    return story


@pytest.mark.parametrize("policy", ["larkspur", "foundry", "anchor", "polder", "orchard"])
@pytest.mark.parametrize("texts", [(INVOICE,), (INVOICE, "The login."), (INVOICE, "Hm.", "Paid, and right.")])
async def test_an_undone_split_leaves_the_rows_as_they_were(policy: str, texts: tuple[str, ...]) -> None:
    story = await a_rich_story(policy)
    with within(story.tenant):
        before = await everything(story.number)
        made = await split(story, *texts)
        assert await everything(story.number) != before
        assert await undo_split(story.agent, made) == story.number
        assert await everything(story.number) == before
        gone = await ticket(made)
        assert (gone["meaning"], gone["merged_into"]) == ("closed", (await ticket(story.number))["id"])
        assert await messages(made) == []
        assert (await reply(story.contact, made, "Well?")).number == story.number
        with pytest.raises(Refusal) as refused:
            await undo_split(story.agent, made)
        assert refused.value.code == "nothing_to_undo"


@pytest.mark.parametrize("policy", ["larkspur", "foundry", "anchor", "polder", "orchard"])
@pytest.mark.parametrize("turned", [False, True])
async def test_an_undone_merge_leaves_both_as_they_were(policy: str, turned: bool) -> None:
    story = await a_rich_story(policy)
    with within(story.tenant):
        other = await a_ticket(story.contact, story.tenant.support, "Again", "Once more.")
        await set_priority(story.agent, other, "critical")
        if (await ticket(story.number))["meaning"] == "closed":
            await reply(story.contact, story.number, "Not yet.")
        source, target = (other, story.number) if turned else (story.number, other)
        before = await everything(source, target)
        await merge_tickets(story.agent, source, target)
        assert await everything(source, target) != before
        assert await undo_merge(story.agent, source) == target
        assert await everything(source, target) == before
        with pytest.raises(Refusal) as refused:
            await undo_merge(story.agent, source)
        assert refused.value.code == "nothing_to_undo"


async def test_a_split_is_not_undone_once_something_would_be_lost_and_it_says_what() -> None:
    story = await a_story()
    with within(story.tenant):
        made = await split(story, INVOICE)
        await reply(story.contact, made, "It is urgent.")
        with pytest.raises(Refusal) as refused:
            await undo_split(story.agent, made)
        assert refused.value.code == "undo_would_lose_message"
        assert str(made) in refused.value.message("nl")
        await reply(story.contact, story.number, "And the colours?")
        other = await split(story, "And the colours?")
        await assign(
            story.agent, other, await value("select id from members where account_id = $1", story.agent.account)
        )
        with pytest.raises(Refusal) as refused:
            await undo_split(story.agent, other)
        assert refused.value.code == "undo_would_lose"
        assert await messages(other) == ["And the colours?"]


async def test_what_was_written_since_a_merge_stays_where_it_was_written() -> None:
    story = await a_story(second=None)
    with within(story.tenant):
        other = await a_ticket(story.contact, story.tenant.support, "Again", "Once more.")
        await merge_tickets(story.agent, story.number, other)
        await reply(story.contact, story.number, "To the old number.")
        await reply(story.agent, other, "Done.", status="solved")
        await undo_merge(story.agent, story.number)
        old, new = await ticket(story.number), await ticket(other)
        assert await messages(story.number) == [DNS]
        assert await messages(other) == ["Once more.", "To the old number.", "Done."]
        assert (old["status"], old["waiting_since"]) == ("open", await at_of(DNS))
        assert (new["status"], new["waiting_since"]) == ("solved", None)


async def test_a_target_that_waits_for_its_own_new_message_goes_on_waiting_after_the_undo() -> None:
    story = await a_story(second=None)
    with within(story.tenant):
        other = await a_ticket(story.contact, story.tenant.support, "Again", "Once more.")
        await reply(story.agent, other, "Try now.", status="pending")
        await merge_tickets(story.agent, story.number, other)
        await reply(story.contact, other, "Still wrong.")
        await undo_merge(story.agent, story.number)
        new = await ticket(other)
        assert (new["status"], new["waiting_since"]) == ("open", await at_of("Still wrong."))


async def test_what_went_back_to_an_answered_ticket_waits_there_again() -> None:
    story = await a_story()
    with within(story.tenant):
        made = await split(story, INVOICE)
        await reply(story.agent, story.number, "The records are right.", status="solved")
        await undo_split(story.agent, made)
        old = await ticket(story.number)
        assert (old["status"], old["waiting_since"]) == ("open", await at_of(INVOICE))
        assert [each["number"] for each in (await queue(story.agent)).rows] == [story.number]
        assert await value("select count(*) from timers where done_at is null and cancelled_at is null") == 0


async def test_what_stands_upon_a_move_is_undone_first() -> None:
    story = await a_story()
    with within(story.tenant):
        second = await a_ticket(story.contact, story.tenant.support, "B", "Second.")
        third = await a_ticket(story.contact, story.tenant.support, "C", "Third.")
        before = await everything(story.number, second, third)
        await merge_tickets(story.agent, story.number, second)
        await merge_tickets(story.agent, second, third)
        with pytest.raises(Refusal) as refused:
            await undo_merge(story.agent, story.number)
        assert refused.value.code == "undo_merge_first"
        assert f"#{third}" in refused.value.message("en")
        await undo_merge(story.agent, second)
        await undo_merge(story.agent, story.number)
        assert await everything(story.number, second, third) == before


async def test_a_ladder_that_stood_still_too_long_goes_on_where_it_was() -> None:
    story = await a_rich_story()
    with within(story.tenant):
        other = await a_ticket(story.contact, story.tenant.support, "Again", "Once more.")
        await merge_tickets(story.agent, story.number, other)
        # As if it had been merged two days ago.
        long = timedelta(days=2)
        await rows("update timers set due_at = due_at - $1::interval where action = 'set_status'", long)
        before = await value("select min(due_at) from timers where action = 'set_status'")
        await undo_merge(story.agent, story.number)
        after = await value("select min(due_at) from timers where action = 'set_status' and cancelled_at is null")
        assert after >= before


async def test_nobody_but_the_staff_undoes() -> None:
    story = await a_story()
    with within(story.tenant):
        made = await split(story, INVOICE)
        for verb in (
            undo_split(story.contact, made),
            undo_merge(story.contact, story.number),
            undo_split(story.tenant.guest, made),
        ):
            with pytest.raises(Refusal):
                await verb
        with pytest.raises(Refusal) as refused:
            await undo_merge(story.agent, story.number)
        assert refused.value.code == "nothing_to_undo"
        with pytest.raises(Refusal):
            await undo_split(story.agent, 99_999)
