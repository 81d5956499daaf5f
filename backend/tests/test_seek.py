"""Tickets for which nobody was available find somebody later (FIELD.md B4), in fair order and each once."""

import asyncio
from datetime import timedelta

from backend.clock import now
from backend.database import rows, value
from backend.tenants.presence.absences import end_absence
from backend.tenants.presence.hours import set_hours
from backend.tenants.presence.shifts import Shift
from backend.tests.factories import a_department, within
from backend.tests.test_routing import Agency, agency, member_id, who_has, why
from backend.tickets.assign import assign
from backend.tickets.reply import reply
from backend.tickets.routing.route import ENOUGH
from backend.tickets.routing.routes import NewRoute, set_routes
from backend.tickets.routing.seek import seek
from backend.tickets.transfer import transfer

__all__ = ["agency"]


async def test_who_is_back_is_given_what_waited_for_somebody(agency: Agency) -> None:
    with within(agency.tenant):
        absences = [await agency.goes_away(each) for each in (agency.jonas, agency.tessa)]
        first, second = await agency.opens(), await agency.opens()
        await seek()
        assert await who_has(first) is await who_has(second) is None
        await end_absence(agency.tessa, absences[1])
        await seek()
        assert await who_has(first) == await who_has(second) == agency.tessa.account
        assert await why(second) == "Assigned to Tessa because they are next available: 1 open ticket"


async def test_room_that_comes_free_goes_to_who_waited_longest_and_to_the_urgent_before_them(agency: Agency) -> None:
    with within(agency.tenant):
        await agency.goes_away(agency.jonas)
        await set_hours(agency.admin, await member_id(agency.tessa), shifts=[], time_zone=None, capacity=1)
        held, second, third, urgent = [await agency.opens() for _ in range(4)]
        await rows("update tickets set urgency = 1 where number = $1", urgent)
        for expected in (urgent, second, third):
            await reply(agency.tessa, held, "Done.", status="solved")
            await asyncio.gather(seek(), seek(), seek())
            assert [each for each in (second, third, urgent) if await _is_open_with(agency, each)] == [expected]
            held = expected


async def _is_open_with(agency: Agency, number: int) -> bool:
    open_with: bool = await value(
        "select assignee_id = $2 and meaning in ('new', 'open') from tickets where number = $1",
        number,
        agency.tessa.account,
    )
    return bool(open_with)


async def test_a_shift_that_begins_and_a_lead_who_is_back_are_found(agency: Agency) -> None:
    with within(agency.tenant):
        await agency.goes_away(agency.jonas)
        later = now() + timedelta(hours=3)
        minute = later.hour * 60 + 1
        tessa = await member_id(agency.tessa)
        await set_hours(agency.tessa, tessa, shifts=[Shift(later.weekday(), minute, minute + 1)], time_zone="UTC", capacity=None)  # fmt: skip
        number = await agency.opens()
        assert await who_has(number) is None
        here = now()
        begins = here.hour * 60
        await set_hours(agency.tessa, tessa, shifts=[Shift(here.weekday(), begins, begins + 60)], time_zone="UTC", capacity=None)  # fmt: skip
        await seek()
        assert await who_has(number) == agency.tessa.account


async def test_what_somebody_left_with_nobody_or_ended_meanwhile_is_not_sought_for(agency: Agency) -> None:
    with within(agency.tenant):
        absence = await agency.goes_away(agency.jonas)
        await agency.goes_away(agency.tessa)
        by_hand, ended, moved = [await agency.opens() for _ in range(3)]
        await assign(agency.admin, by_hand, await member_id(agency.jonas))
        await assign(agency.admin, by_hand, None)
        await reply(agency.admin, ended, "Done.", status="solved")
        await set_routes(
            agency.admin,
            [
                NewRoute(
                    department_id=agency.tenant.support, category=None, moments=("opened",), steps=("next_available",)
                )
            ],
        )
        await transfer(agency.admin, moved, await a_department(agency.tenant, "Elsewhere"))
        await end_absence(agency.jonas, absence)
        await seek()
        assert [await who_has(each) for each in (by_hand, ended, moved)] == [None] * 3


async def test_the_first_who_comes_in_is_not_given_all_of_the_night(agency: Agency) -> None:
    with within(agency.tenant):
        absence = await agency.goes_away(agency.jonas)
        await agency.goes_away(agency.tessa)
        numbers = [await agency.opens() for _ in range(ENOUGH + 2)]
        await end_absence(agency.jonas, absence)
        await seek()
        assert [await who_has(each) for each in numbers] == [agency.jonas.account] * ENOUGH + [None] * 2
        await set_hours(agency.admin, await member_id(agency.jonas), shifts=[], time_zone=None, capacity=ENOUGH + 1)
        await seek()
        assert await who_has(numbers[-2]) == agency.jonas.account


async def test_a_ticket_that_asks_for_one_who_is_away_holds_up_nobody_behind_it(agency: Agency) -> None:
    with within(agency.tenant):
        await set_routes(
            agency.admin,
            [NewRoute(department_id=None, category=None, moments=("opened",), steps=("usual_agent",))],
        )
        stranger = await agency.opens()
        await set_routes(
            agency.admin,
            [
                NewRoute(
                    department_id=None, category=None, moments=("opened",), steps=("usual_agent", "answered_first")
                ),
            ],
        )
        known = await agency.opens()
        await reply(agency.tessa, known, "Looking into it.", status="open")
        await seek()
        assert await who_has(stranger) == agency.tessa.account, "by now she is whom this client has worked with most"
        assert await who_has(known) == agency.tessa.account
