"""What is promised to a ticket goes with what happens to it, and who can act hears of it in time (FIELD.md D3)."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest

from backend.actor import Actor
from backend.business_time import Calendar
from backend.clock import advance, now
from backend.database import row, rows, transaction, value
from backend.errors import Refusal
from backend.events import stored
from backend.jobs.drain import Drained, drain
from backend.tenants.calendars import Hours, OwnDay, calendar_of
from backend.tenants.departments import create_department
from backend.tenants.set_hours import set_hours, set_targets
from backend.tenants.targets import Promised, Rule, Targets
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tickets.assign import assign
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.promises.clocks import Clock, read_clocks
from backend.tickets.promises.move import move_promises
from backend.tickets.reply import reply
from backend.tickets.set_priority import set_priority
from backend.tickets.transfer import transfer

HOUR = timedelta(hours=1)
OFFICE = Hours(weekly=(((540, 1020),),) * 5 + ((), ()), country="NL")
ALWAYS = Hours(weekly=(((0, 1440),),) * 7)


def promised(**minutes: int) -> Targets:
    return Targets(
        urgencies=(Promised(**{name: each // 2 for name, each in minutes.items()}),) * 3 + (Promised(**minutes),) * 2,
        aim=Rule(warn_minutes=30), solution=Rule(count="all_hours", warn_minutes=60),
    )  # fmt: skip


async def opened(tenant: TestTenant, contact: Actor, department: UUID | None = None) -> int:
    new = NewTicket(department_id=department or tenant.support, subject="Slow", body="The site is slow.")
    return (await open_ticket(contact, new)).number


async def clock(number: int, promise: Any = "aim") -> Clock:
    found = read_clocks(await value("select clocks from tickets where number = $1", number)).of(promise)
    assert found
    return found


async def breach(number: int) -> datetime | None:
    found: datetime | None = await value("select breach_at from tickets where number = $1", number)
    return found


async def later(tenant: TestTenant, by: timedelta) -> Drained:
    await advance(by)
    return await drain(tenant.id)


async def pending(number: int) -> list[tuple[str, int]]:
    found = await rows(
        "select x.action, x.step from timers x join tickets t on t.tenant_id = x.tenant_id and t.id = x.ticket_id where t.number = $1 "
        "and x.done_at is null and x.cancelled_at is null and x.action in ('warn', 'breach') order by x.due_at, x.step",
        number,
    )
    return [tuple(each) for each in found]


async def history(number: int) -> list[str]:
    found = await rows(
        "select e.type, e.data from events e join tickets t on t.tenant_id = e.tenant_id and t.id = e.ticket_id where t.number = $1 order by e.id",
        number,
    )
    return [
        f"{each['type']} {msgspec.json.decode(each['data'])['promise']}"
        for each in found
        if each["type"] in ("BreachNear", "PromiseMissed")
    ]


async def mailed(number: int) -> list[str]:
    found = await rows(
        "select m.recipient from outgoing_mails m join tickets t on t.tenant_id = m.tenant_id and t.id = m.ticket_id "
        "where t.number = $1 and m.template = 'staff_breach_near' order by m.recipient",
        number,
    )
    return [each["recipient"] for each in found]


async def test_the_department_is_warned_before_the_aim_is_missed_and_the_ticket_is_marked() -> None:
    tenant = await a_tenant()
    contact, admin, agent = (
        await a_contact(tenant),
        await a_member(tenant, "admin", departments=[]),
        await a_member(tenant),
    )
    with within(tenant):
        await set_targets(admin, None, promised(aim=120, answer=1440))
        number = await opened(tenant, contact)
        assert (await clock(number)).due_at == await value("select opened_at + interval '2 hours' from tickets")
        await later(tenant, HOUR)
        assert await breach(number) is None
        heard = await later(tenant, 0.6 * HOUR)
        assert await breach(number) == (await clock(number)).due_at
        assert await mailed(number) == [agent.email]
        assert "BreachNear" in [each.type for each in heard.live]
        await later(tenant, HOUR)
        assert (await clock(number)).missed_at
        assert await history(number) == ["BreachNear aim", "PromiseMissed aim"]
        await reply(agent, number, "On it", status="open")
        assert await breach(number) is None
        assert await pending(number) == []
        assert (await clock(number, "answer")).missed_at is None


async def test_whoever_has_the_ticket_is_warned_alone() -> None:
    tenant = await a_tenant()
    contact, admin = await a_contact(tenant), await a_member(tenant, "admin", departments=[])
    agent, _ = await a_member(tenant), await a_member(tenant)
    with within(tenant):
        await set_targets(admin, None, promised(aim=120))
        number = await opened(tenant, contact)
        await assign(agent, number, await value("select id from members where account_id = $1", agent.account_id))
        await later(tenant, 1.6 * HOUR)
        assert await mailed(number) == [agent.email]


async def test_a_clock_that_jumps_over_the_warning_warns_of_nothing_and_notes_what_was_missed() -> None:
    tenant = await a_tenant()
    contact, admin, _ = await a_contact(tenant), await a_member(tenant, "admin"), await a_member(tenant)
    with within(tenant):
        await set_targets(admin, None, promised(aim=120, answer=240))
        number = await opened(tenant, contact)
        await later(tenant, 100 * HOUR)
        assert await mailed(number) == []
        assert await history(number) == ["PromiseMissed aim", "PromiseMissed answer"]
        assert await breach(number) == (await clock(number)).due_at


async def test_the_clock_stands_while_the_client_is_waited_for_and_on_hold() -> None:
    tenant = await a_tenant()
    contact, admin, agent = await a_contact(tenant), await a_member(tenant, "admin"), await a_member(tenant)
    with within(tenant):
        await set_targets(admin, None, promised(solution=600))
        number = await opened(tenant, contact)
        await later(tenant, HOUR)
        for status in ("pending", "on_hold"):
            await set_status(agent, number, status)
            assert (await clock(number, "solution")).due_at is None
            assert await pending(number) == []
            await later(tenant, 30 * HOUR if status == "on_hold" else 5 * HOUR)
        await reply(contact, number, "Here it is.")
        going = await clock(number, "solution")
        assert going.due_at
        assert abs(going.due_at - now() - 9 * HOUR) < timedelta(minutes=1)
        await reply(agent, number, "Done", status="solved")
        ended = await clock(number, "solution")
        assert ended.ended_at
        assert ended.missed_at is None


async def test_priority_and_department_move_what_is_promised() -> None:
    tenant = await a_tenant()
    contact, admin, agent = await a_contact(tenant), await a_member(tenant, "admin"), await a_member(tenant)
    with within(tenant):
        await set_targets(admin, None, promised(aim=240))
        night = await create_department(admin, name="Night", description="", audience="everyone", proof_level="none")
        await set_targets(admin, night, promised(aim=600))
        number = await opened(tenant, contact)
        opened_at = await value("select opened_at from tickets where number = $1", number)
        assert (await clock(number)).due_at == opened_at + 4 * HOUR
        await set_priority(agent, number, "critical")
        assert abs(((await clock(number)).due_at or now()) - opened_at - 2 * HOUR) < timedelta(seconds=1)
        await transfer(agent, number, night)
        assert abs(((await clock(number)).due_at or now()) - opened_at - 5 * HOUR) < timedelta(seconds=1)
        await set_targets(admin, night, None)
        await drain(tenant.id)
        assert abs(((await clock(number)).due_at or now()) - opened_at - 2 * HOUR) < timedelta(seconds=1)


async def test_new_hours_move_what_is_promised_to_open_tickets() -> None:
    tenant = await a_tenant()
    contact, admin = await a_contact(tenant), await a_member(tenant, "admin")
    with within(tenant):
        await set_targets(admin, None, promised(aim=600))
        number = await opened(tenant, contact)
        old = await clock(number)
        await set_hours(admin, tenant.support, OFFICE)
        await drain(tenant.id)
        calendar = await calendar_of(tenant.id, tenant.support)
        assert calendar == Calendar("Europe/Amsterdam", OFFICE.weekly, "NL")
        moved = await clock(number)
        assert moved.due_at != old.due_at
        assert moved.since
        assert moved.due_at == calendar.add_time(moved.since, timedelta(minutes=600) - timedelta(seconds=moved.used))
        await set_hours(admin, tenant.support, None)
        await drain(tenant.id)
        back = await clock(number)
        assert back.due_at
        assert old.due_at
        assert back.due_at - old.due_at < timedelta(minutes=1)


async def test_all_open_tickets_move_a_batch_at_a_time() -> None:
    tenant = await a_tenant()
    contact, admin = await a_contact(tenant), await a_member(tenant, "admin")
    with within(tenant):
        numbers = [await opened(tenant, contact) for _ in range(5)]
        await set_targets(admin, None, promised(answer=60))
        changed = await row("select * from events where type = 'TargetsChanged'")
        async with transaction():
            await move_promises(stored(changed), batch=2)
        moved = [await row("select 1 from tickets where number = $1 and clocks is not null", each) for each in numbers]
        assert [each is not None for each in moved] == [True, True, False, False, False]
        await drain(tenant.id)
        for number in numbers:
            assert (await clock(number, "answer")).due_at


async def test_a_follow_up_is_promised_an_answer_too() -> None:
    tenant = await a_tenant()
    contact, admin, agent = await a_contact(tenant), await a_member(tenant, "admin"), await a_member(tenant)
    with within(tenant):
        await set_targets(admin, None, promised(answer=60))
        number = await opened(tenant, contact)
        await reply(agent, number, "Done", status="solved")
        await later(tenant, 25 * HOUR)
        follow_up = await reply(contact, number, "It is back")
        assert (await clock(follow_up.number, "answer")).due_at


async def test_hours_of_the_weekend_and_of_holidays_do_not_count() -> None:
    tenant = await a_tenant(language="nl")
    contact, admin = await a_contact(tenant), await a_member(tenant, "admin")
    with within(tenant):
        await set_hours(admin, None, OFFICE)
        await set_targets(admin, None, promised(aim=120))
        zone = ZoneInfo("Europe/Amsterdam")
        today = now().astimezone(zone).date()
        friday = today + timedelta(days=(4 - today.weekday()) % 7 or 7)
        await advance(datetime.combine(friday, time(16), zone) - now())
        number = await opened(tenant, contact)
        due = (await clock(number)).due_at
        assert due
        local = due.astimezone(zone)
        assert local.date() > friday + timedelta(days=2) or OFFICE.calendar("Europe/Amsterdam").holiday(friday)
        assert (local.hour, local.minute) == (10, 0)


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        (msgspec.structs.replace(ALWAYS, zone="Mars/Base"), "zone"),
        (msgspec.structs.replace(ALWAYS, country="XX"), "country"),
        (msgspec.structs.replace(ALWAYS, country="NL", subdivision="BY"), "subdivision"),
        (Hours(weekly=((),) * 7), "weekly"),
        (Hours(weekly=(((600, 540),),) * 7), "weekly"),
        (
            msgspec.structs.replace(ALWAYS, days=(OwnDay(day=date(2026, 1, 1), name="A", spans=((9, 8),)),)),
            "days",
        ),
        (msgspec.structs.replace(ALWAYS, days=(OwnDay(day=date(2026, 1, 1), name="A"),) * 2), "days"),
    ],
)
async def test_hours_that_make_no_sense_are_refused_at_their_field(hours: Hours, field: str) -> None:
    tenant = await a_tenant()
    admin, agent = await a_member(tenant, "admin"), await a_member(tenant)
    with within(tenant):
        with pytest.raises(Refusal) as refused:
            await set_hours(admin, None, hours)
        assert refused.value.field == field
        with pytest.raises(Refusal):
            await set_hours(agent, None, ALWAYS)
        assert await row("select 1 from calendars") is None


async def test_promises_that_cannot_be_kept_are_refused() -> None:
    tenant = await a_tenant()
    admin = await a_member(tenant, "admin")
    with within(tenant):
        for wrong in (promised(aim=0), promised(answer=10**7), promised(aim=200, answer=100)):
            with pytest.raises(Refusal):
                await set_targets(admin, None, wrong)
