"""The five lifecycles of FIELD.md, each rule of the table as a test named after its row, by the real verbs and the clock."""

from collections.abc import Awaitable
from datetime import timedelta

import pytest

from backend.clock import now
from backend.database import value
from backend.errors import Refusal
from backend.tests.factories import within
from backend.tests.lifecycle.company import Company, a_company
from backend.tickets.reply import Channel, reply

pytestmark = pytest.mark.usefixtures("mail_out")
A_LONG_TIME = 400
"""Days in which every timer that there was would have come."""


async def refused(doing: Awaitable[object]) -> str:
    with pytest.raises(Refusal) as why:
        await doing
    return why.value.code


async def goes_on_in_a_new_ticket(company: Company, number: int) -> None:
    """Closed for good: what is written makes a linked ticket, and the old one stays as it is."""
    before = dict(await company.ticket(number))
    for by_mail in (False, True):
        written = await company.writes(number, by_mail=by_mail)
        assert written.follow_up
        new = await company.ticket(written.number)
        assert (new["follow_up_of"], new["status"], new["subject"]) == (before["id"], "open", before["subject"])
        assert new["waiting_since"] is not None
    assert dict(await company.ticket(number)) == before


async def reopens(company: Company, number: int, *, by_mail: bool = False) -> None:
    written = await company.writes(number, by_mail=by_mail)
    assert (written.follow_up, written.number) == (False, number)
    found = await company.ticket(number)
    assert (found["status"], found["meaning"], found["closed_at"]) == ("open", "open", None)
    assert found["waiting_since"] is not None
    assert number in await company.queue()


# ---------------------------------------------------------------- A Larkspur


async def test_a_new_ticket_is_open_asked_is_answered_and_answered_is_closed() -> None:
    company = await a_company("larkspur")
    with within(company.tenant):
        number = await company.opened()
        assert await company.status(number) == "open"
        await company.answers(number, "answered")
        assert await company.status(number) == "answered"
        await company.writes(number)
        assert await company.status(number) == "open"
        await company.answers(number)
        assert await company.status(number) == "closed"


async def test_a_closed_ticket_reopens_by_the_portal_and_by_mail() -> None:
    company = await a_company("larkspur")
    with within(company.tenant):
        for by_mail in (False, True):
            number = await company.opened()
            await company.answers(number)
            await company.later(days=A_LONG_TIME)
            await reopens(company, number, by_mail=by_mail)


async def test_a_no_timer_ever_changes_a_ticket() -> None:
    company = await a_company("larkspur")
    with within(company.tenant):
        tickets = {status: await company.opened() for status in ("open", "answered", "closed")}
        for status, number in tickets.items():
            await company.answers(number, status)
        await company.later(days=A_LONG_TIME)
        for status, number in tickets.items():
            assert (await company.status(number), await company.pending(number)) == (status, [])
            assert await company.mails(number) == ["receipt", "reply"]


@pytest.mark.parametrize("channel", ["portal", "email"])
async def test_a10_a_closed_ticket_does_not_reopen_when_it_is_only_thanked(channel: Channel) -> None:
    company = await a_company("larkspur")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number)
        before = dict(await company.ticket(number))
        await reply(company.client, number, "Great, thank you very much!", channel=channel)
        after = dict(await company.ticket(number))
        assert {name: after[name] for name in ("status", "waiting_since", "closed_at")} == {
            name: before[name] for name in ("status", "waiting_since", "closed_at")
        }
        assert number not in await company.queue()
        await reopens(company, number)


# ---------------------------------------------------------------- B Foundry


async def test_b5_a_new_ticket_is_open_and_the_client_is_told_at_once() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        number = await company.opened()
        await company.later(minutes=1)
        assert await company.status(number) == "open"
        assert await company.mails(number) == ["receipt"]


async def test_b5_a_response_from_the_client_opens_the_ticket_again() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        for status in ("pending", "solved"):
            number = await company.opened()
            await company.answers(number, status)
            await reopens(company, number)
            assert await company.pending(number) == []


async def test_b5_open_tickets_are_worked_by_date_and_time() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        first = await company.opened("First")
        await company.later(minutes=5)
        second = await company.opened("Second")
        await company.later(minutes=5)
        await company.writes(first)
        assert await company.queue() == [first, second]


async def test_b6_a_question_is_pending_and_mailed_at_once() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number, "pending")
        await company.later(minutes=1)
        assert await company.status(number) == "pending"
        assert await company.mails(number) == ["receipt", "reply"]


async def test_b6_pending_reminds_after_24_hours() -> None:
    await pending_until(timedelta(hours=24), "reminder_first", "pending")


async def test_b6_pending_reminds_again_after_5_days() -> None:
    await pending_until(timedelta(days=5), "reminder_second", "pending")


async def test_b6_pending_closes_with_the_tag_no_response_after_7_days() -> None:
    company, number = await pending_until(timedelta(days=7), "closed_no_response", "closed")
    with within(company.tenant):
        assert (await company.ticket(number))["tags"] == ["No Response"]
        assert await company.pending(number) == []


async def pending_until(span: timedelta, mail: str, status: str) -> tuple[Company, int]:
    """A pending ticket: a minute before the span nothing of it has happened, a minute after it has, once."""
    company = await a_company("foundry")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number, "pending")
        await company.later(seconds=span.total_seconds() - 60)
        assert mail not in await company.mails(number)
        assert await company.status(number) == "pending"
        await company.later(minutes=2)
        assert (await company.mails(number)).count(mail) == 1
        assert await company.status(number) == status
        await company.later(minutes=30)
        assert (await company.mails(number)).count(mail) == 1
    return company, number


async def test_b7_an_answer_is_solved_the_client_is_told_and_24_hours_later_it_is_closed() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number)
        assert await company.status(number) == "solved"
        await company.later(hours=23, minutes=59)
        assert await company.mails(number) == ["receipt", "reply"]
        assert await company.status(number) == "solved"
        await company.later(minutes=2)
        assert await company.status(number) == "closed"
        assert (await company.ticket(number))["tags"] == []
        assert await company.mails(number) == ["receipt", "reply", "closed"]


async def test_b7_within_24_hours_the_client_may_add_something() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number, "solved")
        await company.later(hours=23)
        await reopens(company, number)
        await company.later(days=A_LONG_TIME)
        assert await company.status(number) == "open"


async def test_b8_closed_cannot_be_updated_an_attempt_makes_a_new_ticket() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number, "solved")
        await company.later(hours=25)
        assert await refused(company.answers(number, "open")) == "status_not_offered"
        assert await refused(company.sets(number, "open")) == "status_not_offered"
        await goes_on_in_a_new_ticket(company, number)


async def test_b9_no_timer_runs_on_hold_and_it_is_set_apart() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number, "pending")
        await company.sets(number, "on_hold")
        assert await company.pending(number) == []
        await company.later(days=A_LONG_TIME)
        assert await company.status(number) == "on_hold"
        assert "reminder_first" not in await company.mails(number)
        assert number not in await company.queue()
        await reopens(company, number)


# ---------------------------------------------------------------- C Anchor


async def test_c_asked_is_awaiting_you_without_an_end_and_a_reply_opens_it() -> None:
    company = await a_company("anchor")
    with within(company.tenant):
        number = await company.opened()
        assert await company.status(number) == "open"
        await company.answers(number, "awaiting_you")
        await company.later(days=A_LONG_TIME)
        assert await company.status(number) == "awaiting_you"
        await reopens(company, number)


async def test_c_resolved_closes_after_3_days_unless_the_client_replies() -> None:
    company = await a_company("anchor")
    with within(company.tenant):
        silent, replied = await company.opened(), await company.opened()
        for number in (silent, replied):
            await company.answers(number)
            assert await company.status(number) == "resolved"
        await company.later(hours=71, minutes=59)
        await reopens(company, replied)
        assert await company.status(silent) == "resolved"
        await company.later(minutes=2)
        assert [await company.status(each) for each in (silent, replied)] == ["closed", "open"]


async def test_c_a_reply_to_a_closed_ticket_makes_a_new_linked_one() -> None:
    company = await a_company("anchor")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number, "resolved")
        await company.later(days=4)
        await goes_on_in_a_new_ticket(company, number)


# ---------------------------------------------------------------- D Polderhost


async def test_d4_a_client_who_asks_for_news_keeps_the_place_in_the_queue() -> None:
    company = await a_company("polder")
    with within(company.tenant):
        numbers = []
        for subject in ("First", "Second", "Third"):
            numbers.append(await company.opened(subject))
            await company.later(minutes=5)
        for _ in range(3):
            await company.writes(numbers[0])
            await company.later(minutes=5)
        assert await company.queue() == numbers


async def test_d10_open_then_awaiting_after_the_answer_then_open_after_the_client_s_closed_when_finished() -> None:
    company = await a_company("polder")
    with within(company.tenant):
        number = await company.opened()
        assert await company.status(number) == "open"
        await company.answers(number)
        assert await company.status(number) == "awaiting"
        await company.writes(number)
        assert await company.status(number) == "open"
        await company.answers(number, "closed")
        assert await company.status(number) == "closed"
        await reopens(company, number)


async def test_d_awaiting_closes_after_14_days_without_a_reminder() -> None:
    company = await a_company("polder")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number)
        await company.later(days=13, hours=23, minutes=59)
        assert await company.status(number) == "awaiting"
        await company.later(minutes=2)
        assert await company.status(number) == "closed"
        assert await company.mails(number) == ["receipt", "reply", "closed"]
        await reopens(company, number)


# ---------------------------------------------------------------- E Orchard


async def test_e5_open_closed_when_solved_on_hold_while_waiting_for_the_client() -> None:
    company = await a_company("orchard")
    with within(company.tenant):
        number = await company.opened()
        assert await company.status(number) == "open"
        await company.answers(number, "on_hold")
        found = await company.ticket(number)
        assert (found["status"], found["meaning"]) == ("on_hold", "waiting_for_client")
        await company.answers(number)
        assert await company.status(number) == "closed"


@pytest.mark.parametrize("by_mail", [True, False], ids=["by mail", "on the site"])
@pytest.mark.parametrize("status", ["closed", "on_hold"])
async def test_e5_a_reply_to_a_closed_or_on_hold_ticket_reopens_it(status: str, by_mail: bool) -> None:
    company = await a_company("orchard")
    with within(company.tenant):
        number = await company.opened()
        await company.answers(number, status)
        await company.later(days=A_LONG_TIME)
        assert (await company.status(number), await company.pending(number)) == (status, [])
        await reopens(company, number, by_mail=by_mail)


# ---------------------------------------------------------------- all five


@pytest.mark.parametrize("policy", ["larkspur", "foundry", "anchor", "polder", "orchard"])
async def test_every_lifecycle_runs_by_itself_and_whoever_waits_keeps_the_first_unanswered_moment(policy: str) -> None:
    company = await a_company(policy)
    with within(company.tenant):
        number = await company.opened()
        since = await value("select waiting_since from tickets where number = $1", number)
        await company.later(hours=3)
        await company.writes(number)
        assert (await company.ticket(number))["waiting_since"] == since
        await company.answers(number)
        assert (await company.ticket(number))["waiting_since"] is None
        assert now() - since >= timedelta(hours=3)
