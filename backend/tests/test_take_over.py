"""The unfinished work of a colleague who is away: seen, taken over, and handed back on their return (FIELD.md A3)."""

from datetime import timedelta
from uuid import UUID

import pytest

from backend.actor import Actor
from backend.clock import now
from backend.database import rows, value
from backend.errors import Refusal
from backend.tenants.presence.absences import end_absence, set_absence
from backend.tenants.presence.hours import set_hours
from backend.tenants.presence.queries import presence_of
from backend.tenants.presence.shifts import Shift
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tickets.assign import assign
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.routing.take_over import hand_back, hand_back_all, take_over, take_over_all
from backend.tickets.routing.unfinished import count_unfinished, unfinished_work


class Team:
    """Two agents and a lead; Jonas has three tickets, one of them solved."""

    def __init__(self, tenant: TestTenant, jonas: Actor, tessa: Actor, lead: Actor, numbers: list[int]) -> None:
        self.tenant, self.jonas, self.tessa, self.lead, self.numbers = tenant, jonas, tessa, lead, numbers

    async def jonas_falls_ill(self) -> UUID:
        return await set_absence(
            self.lead, await member_id(self.jonas), from_at=now() - timedelta(hours=1), until_at=None, reason="Ill"
        )


async def member_id(of: Actor) -> UUID:
    found: UUID = await value("select id from members where account_id = $1", of.account)
    return found


async def has(who: Actor) -> list[int]:
    found = await rows("select number from tickets where assignee_id = $1 order by number", who.account)
    return [each["number"] for each in found]


@pytest.fixture
async def team() -> Team:
    tenant = await a_tenant()
    jonas, tessa, lead = (
        await a_member(tenant, name="Jonas"),
        await a_member(tenant, name="Tessa"),
        await a_member(tenant, "lead"),
    )
    client = await a_contact(tenant)
    with within(tenant):
        numbers = []
        for _ in range(3):
            opened = await open_ticket(client, NewTicket(department_id=tenant.support, subject="A", body="B"))
            await assign(lead, opened.number, await member_id(jonas))
            numbers.append(opened.number)
        await set_status(jonas, numbers[2], "solved")
    return Team(tenant, jonas, tessa, lead, numbers)


async def test_what_a_colleague_who_is_away_left_undone_is_seen_taken_over_and_handed_back(team: Team) -> None:
    with within(team.tenant):
        assert await unfinished_work(team.tessa, "away") == []
        absence = await team.jonas_falls_ill()
        [seen] = await unfinished_work(team.tessa, "away")
        assert (seen.account_id, seen.count) == (team.jonas.account, 2)
        assert [each["number"] for each in seen.tickets] == team.numbers[:2]
        assert await count_unfinished(team.tessa) == 2
        await take_over(team.tessa, team.numbers[0])
        assert await has(team.tessa) == team.numbers[:1]
        assert await take_over_all(team.tessa, await member_id(team.jonas)) == team.numbers[1:2]
        assert await has(team.jonas) == team.numbers[2:], "what is solved stays"
        assert await count_unfinished(team.tessa) == 0
        with pytest.raises(Refusal, match="still away"):
            await hand_back(team.tessa, team.numbers[0])
        assert await unfinished_work(team.tessa, "back") == []
        await end_absence(team.jonas, absence)
        [back] = await unfinished_work(team.tessa, "back")
        assert (back.account_id, back.count) == (team.jonas.account, 2)
        await hand_back(team.tessa, team.numbers[0])
        assert await hand_back_all(team.jonas, await member_id(team.jonas)) == team.numbers[1:2]
        assert await has(team.jonas) == team.numbers
        assert await unfinished_work(team.tessa, "back") == []
        told = await rows(
            "select type, ticket_id is null as whole from events where type ~ 'TakenOver|HandedBack' order by id"
        )
        assert [each["type"] for each in told if not each["whole"]] == ["TicketTakenOver"] * 2 + [
            "TicketHandedBack"
        ] * 2
        assert [each["type"] for each in told if each["whole"]] == ["WorkTakenOver"] * 2 + ["WorkHandedBack"] * 2


async def test_nothing_is_taken_over_from_who_is_there_and_only_what_was_taken_over_is_handed_back(team: Team) -> None:
    with within(team.tenant):
        with pytest.raises(Refusal, match="not away"):
            await take_over(team.tessa, team.numbers[0])
        with pytest.raises(Refusal, match="not away"):
            await take_over_all(team.tessa, await member_id(team.jonas))
        with pytest.raises(Refusal, match="not taken over"):
            await hand_back(team.tessa, team.numbers[0])
        await team.jonas_falls_ill()
        with pytest.raises(Refusal, match="not away"):
            await take_over(team.tessa, team.numbers[2])  # it is solved
        await take_over(team.tessa, team.numbers[0])
        with pytest.raises(Refusal, match="not away"):
            await take_over(team.lead, team.numbers[0])
        await assign(team.lead, team.numbers[0], await member_id(team.lead))
        assert await value("select taken_over_from from tickets where number = $1", team.numbers[0]) is None


async def test_what_goes_from_hand_to_hand_goes_back_to_the_first(team: Team) -> None:
    with within(team.tenant):
        absence = await team.jonas_falls_ill()
        await take_over(team.tessa, team.numbers[0])
        await set_absence(team.tessa, await member_id(team.tessa), from_at=now() - timedelta(hours=1), until_at=None)
        await take_over(team.lead, team.numbers[0])
        await end_absence(team.lead, absence)
        await hand_back(team.lead, team.numbers[0])
        assert await has(team.jonas) == team.numbers


async def test_an_absence_is_the_member_s_own_to_say_or_a_lead_s_and_begins_and_ends_by_itself(team: Team) -> None:
    with within(team.tenant):
        jonas = await member_id(team.jonas)
        tomorrow, later = now() + timedelta(days=1), now() + timedelta(days=3)
        with pytest.raises(Refusal, match="role"):
            await set_absence(team.tessa, jonas, from_at=tomorrow, until_at=later)
        coming = await set_absence(team.jonas, jonas, from_at=tomorrow, until_at=later, reason="Skiing")
        assert (await presence_of([team.jonas.account], now()))[team.jonas.account].state == "in"
        then = (await presence_of([team.jonas.account], now() + timedelta(days=2)))[team.jonas.account]
        assert (then.state, then.until, then.reason) == ("away", later, "Skiing")
        assert (await presence_of([team.jonas.account], later))[team.jonas.account].state == "in"
        with pytest.raises(Refusal, match="role"):
            await end_absence(team.tessa, coming)
        await end_absence(team.lead, coming)
        assert await value("select count(*) from absences") == 0
        for start, end in (
            (later, tomorrow),
            (now() - timedelta(days=2), now() - timedelta(days=1)),
            (tomorrow, tomorrow),
        ):
            with pytest.raises(Refusal, match="end"):
                await set_absence(team.jonas, jonas, from_at=start, until_at=end)


async def test_hours_are_one_s_own_and_how_many_tickets_is_a_lead_s_to_say(team: Team) -> None:
    with within(team.tenant):
        jonas = await member_id(team.jonas)
        hours = [Shift(0, 540, 1020), Shift(6, 1320, 360)]
        await set_hours(team.jonas, jonas, shifts=hours, time_zone="Asia/Tokyo", capacity=None)
        for actor, capacity in ((team.tessa, None), (team.jonas, 3)):
            with pytest.raises(Refusal, match="role"):
                await set_hours(actor, jonas, shifts=[], time_zone=None, capacity=capacity)
        await set_hours(team.lead, jonas, shifts=hours, time_zone="Asia/Tokyo", capacity=3)
        found = (await presence_of([team.jonas.account], now()))[team.jonas.account]
        assert (found.time_zone, found.capacity, sorted(found.shifts, key=str)) == (
            "Asia/Tokyo",
            3,
            sorted(hours, key=str),
        )
        wrong = (
            [Shift(7, 540, 600)], [Shift(0, -1, 600)], [Shift(0, 600, 600)], [Shift(0, 540, 1441)],
            [Shift(0, 540, 600), Shift(0, 599, 700)], [Shift(6, 1320, 600), Shift(0, 540, 700)],
        )  # fmt: skip
        for each in wrong:
            with pytest.raises(Refusal):
                await set_hours(team.jonas, jonas, shifts=each, time_zone=None, capacity=3)
        await set_hours(team.jonas, jonas, shifts=[Shift(0, 0, 1440), Shift(1, 0, 1440)], time_zone=None, capacity=3)
