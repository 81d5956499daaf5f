"""What a company may write into its policy, in use: by the real verbs, under the clock."""

from collections.abc import Awaitable
from typing import Any

import msgspec
import pytest

from backend.actor import Actor
from backend.database import rows, value
from backend.errors import Refusal
from backend.tenants.calendars import Hours, calendar_of
from backend.tenants.set_hours import set_hours
from backend.tests.factories import a_member, within
from backend.tests.lifecycle.company import Company, a_company
from backend.tickets.abilities import abilities
from backend.tickets.change import get_policy
from backend.tickets.lifecycle.presets import FOUNDRY, LARKSPUR
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.lifecycle.versions import save_policy
from backend.tickets.reply import reply

pytestmark = pytest.mark.usefixtures("mail_out")


async def with_policy(company: Company, definition: dict[str, Any]) -> Actor:
    """The company's admin, after they have written this policy."""
    admin = await a_member(company.tenant, "admin")
    base = await value("select policy_id from tenants")
    await save_policy(admin, base=base, name="Ours", definition=msgspec.json.encode(definition).decode())
    return admin


async def refused(doing: Awaitable[object]) -> str:
    with pytest.raises(Refusal) as why:
        await doing
    return why.value.code


def messages(preset: dict[str, Any], **says: str) -> dict[str, Any]:
    return {**preset, "client_message": {**preset["client_message"], **says}}


async def test_a_message_that_is_refused_is_not_kept_and_the_client_is_told_in_words() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        await with_policy(company, messages(FOUNDRY, closed="refuse"))
        number = await company.opened()
        await company.sets(number, "closed")
        before = dict(await company.ticket(number))
        assert await refused(company.writes(number)) == "message_refused"
        assert dict(await company.ticket(number)) == before
        assert await value("select count(*) from messages") == 1
        assert await value("select count(*) from tickets") == 1


async def test_a_message_that_changes_nothing_is_kept_and_its_sender_waits() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        await with_policy(company, messages(FOUNDRY, on_hold="nothing"))
        number = await company.opened()
        await company.answers(number, "pending")
        await company.sets(number, "on_hold")
        await company.writes(number)
        found = await company.ticket(number)
        assert (found["status"], found["waiting_since"] is not None) == ("on_hold", True)
        assert await value("select count(*) from messages") == 3


@pytest.mark.parametrize("after", ["follow_up", "refuse"])
async def test_a_message_reopens_a_closed_ticket_only_within_the_window(after: str) -> None:
    company = await a_company("larkspur")
    with within(company.tenant):
        await with_policy(company, {**LARKSPUR, "reopening": {"within_hours": 48, "after": after}})
        soon, late = await company.opened(), await company.opened()
        for number in (soon, late):
            await company.answers(number, "closed")
        await company.later(hours=47)
        assert not (await company.writes(soon)).follow_up
        assert await company.status(soon) == "open"
        await company.later(hours=2)
        if after == "refuse":
            assert await refused(company.writes(late)) == "message_refused"
        else:
            assert (await company.writes(late)).follow_up
        assert await company.status(late) == "closed"
        # Closed anew, the window begins anew.
        await company.answers(soon, "closed")
        await company.later(hours=47)
        assert not (await company.writes(soon)).follow_up


async def test_what_only_leads_may_set_is_refused_to_agents_by_hand_and_with_an_answer() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        transitions = [{**each, "by": ["lead"]} if each["to"] == "solved" else each for each in FOUNDRY["transitions"]]
        await with_policy(company, {**FOUNDRY, "transitions": transitions})
        lead = await a_member(company.tenant, "lead")
        number = await company.opened()
        policy = await get_policy(company.tenant.id, await value("select policy_id from tenants"))
        offered = {
            actor.role: [each.key for each in abilities(actor, policy, "open").reply_statuses]
            for actor in (company.agent, lead)
        }
        assert offered == {"agent": ["open", "pending"], "lead": ["open", "pending", "solved"]}
        assert await refused(company.sets(number, "solved")) == "status_not_offered"
        assert await refused(company.answers(number, "solved")) == "status_not_offered"
        await company.answers(number)
        assert await company.status(number) == "pending", "the usual one is the last of those that are offered"
        await reply(lead, number, "Done.", status="solved")
        await company.writes(number)
        await set_status(lead, number, "solved")
        assert await company.status(number) == "solved"


async def test_an_answer_offers_what_the_policy_says_of_the_very_status() -> None:
    company = await a_company("larkspur")
    with within(company.tenant):
        await with_policy(company, {**LARKSPUR, "replies_in": {"closed": ["closed", "answered"]}})
        number = await company.opened()
        await company.answers(number, "closed")
        await company.answers(number)
        assert await company.status(number) == "answered"


async def test_a_step_may_tag_alone_and_the_history_tells_it() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        timers = {
            "open": [
                {"after_hours": 4, "action": "tag", "tag": "Late"},
                {"after_hours": 8, "action": "tag", "tag": "Very late"},
            ]
        }
        await with_policy(company, {**FOUNDRY, "timers": timers})
        number = await company.opened()
        await company.later(hours=3)
        await company.writes(number)
        await company.later(hours=1, minutes=1)
        found = await company.ticket(number)
        assert (found["tags"], found["status"]) == (["Late"], "open"), "who asks again does not put it off"
        await company.later(hours=4)
        assert (await company.ticket(number))["tags"] == ["Late", "Very late"]
        told = await rows("select data from events where type = 'TicketTagged' order by id")
        assert [msgspec.json.decode(each["data"])["tag"] for each in told] == ["Late", "Very late"]
        await company.answers(number, "pending")
        assert await company.pending(number) == []


async def test_a_step_in_opening_hours_is_due_when_the_department_was_open_so_long() -> None:
    company = await a_company("foundry")
    with within(company.tenant):
        ladder = [
            {"after_hours": 9, "count": "business_hours", "action": "remind", "template": "reminder_first"},
            {"after_hours": 24, "count": "business_hours", "action": "set_status", "status": "closed"},
        ]
        admin = await with_policy(company, {**FOUNDRY, "timers": {"pending": ladder}})
        office = ((540, 1020),)
        await set_hours(admin, None, Hours(weekly=(*(office,) * 5, (), ())))
        number = await company.opened()
        await company.answers(number, "pending")
        calendar = await calendar_of(company.tenant.id, company.tenant.support)
        since = (await company.ticket(number))["ladder_since"]
        due = [at for _, at in await company.pending(number)]
        assert due == [calendar.add(since, 9), calendar.add(since, 24)]
        assert due[1] is not None
        assert (due[1] - since).total_seconds() > 48 * 3600, "24 hours of opening take more than two days"
        assert [round(calendar.between(since, at), 6) for at in due if at] == [9, 24]
