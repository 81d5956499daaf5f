"""The place that a client is told is the one in which the agents see the ticket, and the expected time is a measured one."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from litestar import Litestar

from backend.actor import Actor
from backend.business_time import Calendar
from backend.clock import advance, now
from backend.database import count_queries, rows
from backend.ids import new_id
from backend.tests.client import a_browser
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tickets.open import NewTicket, open_from_mail, open_ticket
from backend.tickets.queries import queue
from backend.tickets.queue.first_response import ENOUGH, Usual
from backend.tickets.queue.place import MOST_AHEAD, Place, place, places
from backend.tickets.queue.sentences import duration, expectation_sentence, place_sentence
from backend.tickets.reply import reply
from backend.tickets.set_priority import set_priority
from backend.tickets.transfer import transfer

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OFFICE = Calendar(zone="Europe/Amsterdam", weekly=(((540, 1020),),) * 5 + ((), ()))
FRIDAY = datetime(2026, 6, 12, 14, 0, tzinfo=UTC)
"""Four o'clock in Amsterdam, an hour before the office closes for the weekend."""
PLACE = "query($n: Int!) { ticket(number: $n) { place { ahead isMore usualSeconds expectedAt likelyAt sentence expectation } } }"
_keys = itertools.count(1)


def told(
    at: datetime,
    usual: Usual | None,
    waiting_since: datetime = FRIDAY,
    calendar: Calendar = OFFICE,
    language: str = "en",
) -> str | None:
    found = place(calendar, usual, at, department="Support", ahead=3, waiting_since=waiting_since)
    words = expectation_sentence(found, language=language, time_zone="Europe/Amsterdam", at=at)
    return words and words.replace("\u00a0", " ")


def test_the_expectation_is_counted_in_opening_hours_and_says_when_nobody_is_there() -> None:
    usual = Usual(40 * MINUTE, 2 * HOUR)
    assert told(FRIDAY, usual) == "Usual answer: 40 min, seldom more than 2 h; probably today 16:40."
    late = FRIDAY + 2 * HOUR
    assert told(late, usual) == (
        "Usual answer: 40 min, seldom more than 2 h; probably Monday 10:00. We are closed until Monday 09:00."
    )
    assert told(late, usual, waiting_since=late, language="nl") == (
        "Meestal antwoord binnen 40 min, zelden meer dan 2 uur; waarschijnlijk maandag 09:40. Wij zijn gesloten tot maandag 09:00."
    )


def test_who_waits_longer_than_usual_is_not_told_of_a_time_that_is_past() -> None:
    usual = Usual(10 * MINUTE, 20 * MINUTE)
    assert told(FRIDAY + 15 * MINUTE, usual) == "Usual answer: 10 min, seldom more than 20 min; probably today 16:20."
    assert told(FRIDAY + 30 * MINUTE, usual) == (
        "Usual answer: 10 min, seldom more than 20 min. This one takes longer than usual."
    )
    assert told(FRIDAY, None) is None
    assert told(FRIDAY + 2 * HOUR, None) == "We are closed until Monday 09:00."


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "5 min"), (38, "40 min"), (56, "1 h"), (75, "1.5 h"), (121, "2.5 h"), (14 * 60, "14 working hours")],
)
def test_a_duration_is_rounded_up_as_people_say_it(minutes: int, said: str) -> None:
    assert duration(minutes * MINUTE, "en").replace("\u00a0", " ") == said


def test_how_many_are_ahead_is_said_in_words() -> None:
    def said(ahead: int) -> str:
        return place_sentence(
            place(OFFICE, None, FRIDAY, department="Support", ahead=ahead, waiting_since=FRIDAY), "en"
        )

    assert [said(each) for each in (0, 3, MOST_AHEAD)] == [
        "You are next in Support", "3 ahead of you in Support", "More than 500 ahead of you in Support",
    ]  # fmt: skip


async def opened(
    tenant: TestTenant, contact: Actor, priority: str | None = None, department: UUID | None = None
) -> int:
    new = NewTicket(department_id=department or tenant.support, subject="Slow", body="Slow.", priority=priority)
    return (await open_ticket(contact, new)).number


async def ahead(actor: Actor, numbers: Sequence[int]) -> list[int | None]:
    found = {each["number"]: each["id"] for each in await rows("select number, id from tickets")}
    placed = await places(actor, [found[each] for each in numbers])
    return [placed[found[each]].ahead if found[each] in placed else None for each in numbers]


async def test_every_place_is_the_one_in_the_agents_own_list() -> None:
    tenant = await a_tenant(priority_choice=True)
    billing = await a_department(tenant)
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        numbers = [
            await opened(tenant, contact, priority, department)
            for priority in ("low", None, "critical", None)
            for department in (tenant.support, billing)
        ]
        for _ in range(2):
            mailed = await open_from_mail(
                tenant.guest, department_id=tenant.support, subject="Slow", body="Slow.", name="G", email="g@else.example",
                mail_message_id=None, answer_by_mail=True, idempotency_key=f"digest {next(_keys)}",
            )  # fmt: skip
            numbers.append(mailed.number)
        await set_priority(agent, numbers[0], "urgent")
        await transfer(agent, numbers[1], tenant.support)
        await reply(contact, numbers[4], "Any news?")
        await reply(agent, numbers[6], "We are on it.", status="open")
        await reply(agent, numbers[3], "Done.", status="solved")
        for department in (tenant.support, billing):
            listed = [each["number"] for each in (await queue(agent, department_id=department)).rows]
            waiting = [each for each in listed if each != numbers[6]]
            assert await ahead(contact, waiting) == list(range(len(waiting)))
        assert await ahead(contact, [numbers[6], numbers[3]]) == [None, None]


async def answered(tenant: TestTenant, contact: Actor, agent: Actor, times: int, after: timedelta) -> None:
    for _ in range(times):
        number = await opened(tenant, contact)
        await advance(after)
        await reply(agent, number, "Done.")


async def test_the_usual_answer_is_known_from_enough_first_answers_of_the_department(app: Litestar) -> None:
    tenant = await a_tenant()
    billing = await a_department(tenant)
    contact, agent = await a_contact(tenant), await a_member(tenant)
    async with a_browser(app, tenant) as portal:
        await portal.carry_on(contact)
        with within(tenant):
            await answered(tenant, contact, agent, ENOUGH - 1, 30 * MINUTE)
            number = await opened(tenant, contact)
            found = await portal.ask(PLACE, n=number)
            assert found["place"]["usualSeconds"] is None
            assert found["place"]["expectation"] is None
            again = await opened(tenant, contact)
            await advance(90 * MINUTE)
            await reply(agent, again, "We look.", status="pending")
            await reply(contact, again, "And?")
            await advance(10 * HOUR)
            await reply(agent, again, "Done.")
        found = (await portal.ask(PLACE, n=number))["place"]
        assert (found["ahead"], found["sentence"]) == (0, "You are next in Support")
        assert found["usualSeconds"] in range(1800, 1805)
        assert found["likelyAt"] is None
        assert found["expectation"] == "Usual answer: 30\u00a0min. This one takes longer than usual."
        with within(tenant):
            elsewhere = await opened(tenant, contact, department=billing)
            later = await opened(tenant, contact)
        assert (await portal.ask(PLACE, n=elsewhere))["place"]["usualSeconds"] is None
        assert (await portal.ask(PLACE, n=later))["place"]["ahead"] == 1
        with within(tenant):
            await advance(timedelta(days=31))
        assert (await portal.ask(PLACE, n=later))["place"]["usualSeconds"] is None


async def test_what_is_as_urgent_is_what_counts_where_enough_of_it_was_answered() -> None:
    tenant = await a_tenant(priority_choice=True)
    contact = await a_contact(tenant)
    with within(tenant):
        numbers = [await opened(tenant, contact, each) for each in ("critical", "low", "high")]
        await facts(tenant, contact, urgency=0, seconds=600)
        await facts(tenant, contact, urgency=4, seconds=36_000)
        found = {each["number"]: each["id"] for each in await rows("select number, id from tickets")}
        placed = await places(contact, [found[each] for each in numbers])
        usual = [placed[found[each]].usual for each in numbers]
    assert usual[0] == Usual(10 * MINUTE, 10 * MINUTE)
    assert usual[1] == Usual(10 * HOUR, 10 * HOUR)
    assert usual[2] == Usual(10 * MINUTE, 10 * HOUR)


async def facts(tenant: TestTenant, contact: Actor, *, urgency: int, seconds: int) -> None:
    """Answered tickets as they lie there after a month."""
    await rows(
        """with made as (
               insert into tickets (tenant_id, id, number, department_id, requester_id, policy_id, subject, status, meaning, channel,
                                    opened_at, last_activity_at)
               select t.id, gen_random_uuid(), $6 + n, $1, $2, t.policy_id, 'Old', 'closed', 'closed', 'portal', $3, $3
                 from tenants t, generate_series(1, 20) n returning tenant_id, id)
           insert into first_responses (tenant_id, id, department_id, urgency, answered_at, seconds)
           select tenant_id, id, $1, $4, $3, $5 from made""",
        tenant.support, contact.account, now(), urgency, seconds, 10_000 * (urgency + 1),
    )  # fmt: skip


async def test_a_page_of_places_costs_two_statements() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    with within(tenant):
        for _ in range(5):
            await opened(tenant, contact)
        ids = [each["id"] for each in await rows("select id from tickets")]
        await places(contact, ids)
        with count_queries() as count:
            found: dict[UUID, Place] = await places(contact, ids)
        assert len(found) == 5
        assert len(count) == 2
        with count_queries() as count:
            assert await places(contact, [new_id()]) == {}
        assert len(count) == 1
