"""Versions of a lifecycle: an edit makes the next one, open tickets keep theirs until an admin moves them as previewed."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from backend.actor import Actor
from backend.clock import advance, now
from backend.database import row, rows, value
from backend.errors import Refusal
from backend.jobs.drain import drain
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tickets.lifecycle.change_over import begin_change_over, plan_change_over
from backend.tickets.lifecycle.change_over_pages import (
    ChangeOverState,
    change_over_tickets,
    get_change_over,
    statuses_to_map,
)
from backend.tickets.lifecycle.faults import PolicyFaulty
from backend.tickets.lifecycle.presets import FOUNDRY
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.lifecycle.versions import policy_versions, save_policy
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply

pytestmark = pytest.mark.usefixtures("mail_out")

SLOWER = {
    **FOUNDRY["timers"],
    "pending": [
        {"after_hours": 48, "action": "remind", "template": "reminder_first"},
        {"after_hours": 240, "action": "set_status", "status": "closed", "tag": "No Response"},
    ],
}


@dataclass(frozen=True, slots=True)
class Scene:
    tenant: TestTenant
    admin: Actor
    agent: Actor
    contact: Actor

    async def save(self, base: UUID | None = None, **change: Any) -> UUID:
        base = base or await value("select policy_id from tenants")
        definition = msgspec.json.encode({**FOUNDRY, **change}).decode()
        return await save_policy(self.admin, base=base, name="Foundry", definition=definition)

    async def asked(self, status: str = "pending") -> int:
        new = NewTicket(department_id=self.tenant.support, subject="Slow", body="The site is slow.")
        number = (await open_ticket(self.contact, new)).number
        await reply(self.agent, number, "Which site?", status=status)
        return number

    async def plan(self, **statuses: str) -> ChangeOverState:
        found = await get_change_over(self.admin, await plan_change_over(self.admin, statuses))
        assert found is not None
        return found

    async def begin(self, plan: ChangeOverState) -> ChangeOverState:
        await begin_change_over(self.admin, plan.id)
        await drain(self.tenant.id)
        found = await get_change_over(self.admin, plan.id)
        assert found is not None
        return found


async def a_scene() -> Scene:
    tenant = await a_tenant()
    return Scene(tenant, await a_member(tenant, "admin"), await a_member(tenant), await a_contact(tenant))


async def due(number: int) -> list[tuple[int, datetime | None]]:
    found = await rows(
        "select x.step, x.due_at from timers x join tickets t on t.id = x.ticket_id where t.number = $1 "
        "and x.done_at is null and x.cancelled_at is null and x.action in ('remind', 'set_status', 'tag') order by x.step",
        number,
    )
    return [(each["step"], each["due_at"]) for each in found]


async def stands(number: int) -> Any:
    return await row("select status, policy_id, ladder_since, last_activity_at from tickets where number = $1", number)


async def code(doing: Any) -> str:
    with pytest.raises(Refusal) as refused:
        await doing
    return refused.value.code


async def test_an_edit_makes_the_next_version_and_an_open_ticket_keeps_what_it_was_promised() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        old: UUID = await value("select policy_id from tenants")
        before = await scene.asked()
        new = await scene.save(timers=SLOWER)
        after = await scene.asked()
        assert (await stands(before))["policy_id"] == old
        assert (await stands(after))["policy_id"] == new
        assert [len(await due(each)) for each in (before, after)] == [3, 2]
        # What the ticket does next is by its own version too.
        await reply(scene.contact, before, "The shop.")
        await reply(scene.agent, before, "Which page?", status="pending")
        assert len(await due(before)) == 3
        versions = await policy_versions(scene.admin)
        assert [(each["version"], each["is_current"], each["open_tickets"]) for each in versions] == [
            (2, True, 1),
            (1, False, 1),
        ]
        assert await scene.save(timers=SLOWER) == new, "saving what is there makes no version"


async def test_only_admins_save_only_what_is_valid_and_only_over_what_they_saw() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        base: UUID = await value("select policy_id from tenants")
        definition = msgspec.json.encode({**FOUNDRY, "timers": {}}).decode()
        for actor in (scene.agent, scene.contact, await a_member(scene.tenant, "lead")):
            assert await code(save_policy(actor, base=base, name="X", definition=definition)) == "not_allowed"
        with pytest.raises(PolicyFaulty):
            await scene.save(initial="closed")
        await scene.save(timers={})
        assert await code(scene.save(base)) == "lifecycle_changed_meanwhile"
        assert await value("select count(*) from lifecycle_policies") == 2


async def test_a_change_over_is_previewed_and_then_done_exactly_as_it_was_shown() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        young, old, solved, working = [await scene.asked(each) for each in ("pending", "pending", "solved", "open")]
        await advance(timedelta(hours=30))
        await drain(scene.tenant.id)
        young = await scene.asked()
        await scene.save(timers=SLOWER)
        since = (await stands(old))["ladder_since"]
        plan = await scene.plan()
        assert (plan.tickets, plan.closing, plan.newly, plan.no_longer, plan.restatused) == (4, 3, 0, 0, 0)
        tickets = {each["number"]: each for each in await change_over_tickets(scene.admin, plan.id, first=50, skip=0)}
        assert tickets[old]["closes_at"] == since + timedelta(hours=168)
        assert tickets[old]["to_closes_at"] == since + timedelta(hours=240)
        assert tickets[working]["to_closes_at"] is None
        assert len(await due(old)) == 2, "nothing has changed yet"
        done = await scene.begin(plan)
        assert (done.done, done.changed, done.ended_at is not None) == (4, 0, True)
        # It counts from when the status was taken; the reminder that is still to come is the new one.
        assert await due(old) == [(0, since + timedelta(hours=48)), (1, since + timedelta(hours=240))]
        assert (await stands(old))["ladder_since"] == since
        assert {(await stands(each))["policy_id"] for each in tickets} == {plan.policy_id}
        events = await rows("select data from events where type = 'TookVersion'")
        assert len(events) == 4
        assert (await scene.plan()).tickets == 0
        assert solved not in tickets, "it was closed by itself meanwhile"
        await advance(timedelta(hours=20))
        await drain(scene.tenant.id)
        assert len(await due(old)) == 1
        assert len(await due(young)) == 2


async def test_a_ticket_that_changed_between_the_plan_and_its_turn_is_left_alone_and_told() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        first, second, third = [await scene.asked() for _ in range(3)]
        await scene.save(timers=SLOWER)
        plan = await scene.plan()
        await reply(scene.contact, first, "The shop.")
        await reply(scene.agent, second, "And which page?", status="pending")
        before = [await stands(each) for each in (first, second)]
        done = await scene.begin(plan)
        assert (done.done, done.changed) == (1, 2)
        assert [await stands(each) for each in (first, second)] == before
        assert (await stands(third))["policy_id"] == plan.policy_id
        outcomes = {
            each["number"]: each["outcome"] for each in await change_over_tickets(scene.admin, plan.id, first=9, skip=0)
        }
        assert outcomes == {first: "changed", second: "changed", third: "done"}
        assert (await scene.begin(await scene.plan())).done == 2, "the next plan finds them"


async def test_a_status_that_is_gone_needs_another_that_is_open() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        number = await scene.asked()
        await set_status(scene.agent, number, "on_hold")
        without = [each for each in FOUNDRY["statuses"] if each["key"] != "on_hold"]
        await scene.save(
            statuses=without,
            client_message={key: what for key, what in FOUNDRY["client_message"].items() if key != "on_hold"},
            transitions=[each for each in FOUNDRY["transitions"] if "on_hold" not in (each["source"], each["to"])],
        )
        assert [each["status"] for each in await statuses_to_map(scene.admin)] == ["on_hold"]
        assert await code(plan_change_over(scene.admin, {})) == "status_to_follow"
        assert await code(plan_change_over(scene.admin, {"on_hold": "closed"})) == "status_to_follow"
        plan = await scene.plan(on_hold="pending")
        assert (plan.restatused, plan.newly) == (1, 1)
        await scene.begin(plan)
        assert (await stands(number))["status"] == "pending"
        assert [each[0] for each in await due(number)] == [0, 1, 2]


async def test_nobody_is_reminded_in_arrears_or_closed_within_a_day() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        await scene.save(timers={})
        number = await scene.asked()
        await advance(timedelta(days=20))
        await scene.save(timers=FOUNDRY["timers"])
        plan = await scene.plan()
        done = await scene.begin(plan)
        assert done.newly == 1
        assert await due(number) == [(2, plan.planned_at + timedelta(hours=24))]
        await drain(scene.tenant.id)
        assert (await stands(number))["status"] == "pending"


async def test_a_plan_is_done_once_in_time_and_only_for_the_version_that_it_was_made_for() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        await scene.asked()
        await scene.save(timers=SLOWER)
        assert await code(plan_change_over(scene.agent, {})) == "not_allowed"
        stale = await scene.plan()
        assert await code(begin_change_over(scene.agent, stale.id)) == "not_allowed"
        await scene.save(timers={})
        assert await code(begin_change_over(scene.admin, stale.id)) == "change_over_too_old"
        late = await scene.plan()
        await advance(timedelta(hours=2))
        assert await code(begin_change_over(scene.admin, late.id)) == "change_over_too_old"
        plan = await scene.plan()
        await begin_change_over(scene.admin, plan.id)
        assert await code(begin_change_over(scene.admin, plan.id)) == "change_over_under_way"
        assert await code(plan_change_over(scene.admin, {})) == "change_over_under_way"
        await drain(scene.tenant.id)
        assert await code(begin_change_over(scene.admin, plan.id)) == "change_over_too_old"
        assert now() > plan.planned_at


async def test_of_two_plans_that_are_begun_at_once_one_is() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        await scene.asked()
        await scene.save(timers=SLOWER)
        plans = [await scene.plan() for _ in range(2)]
        begun = await asyncio.gather(
            *(begin_change_over(scene.admin, each.id) for each in plans), return_exceptions=True
        )
        refused = [each for each in begun if each is not None]
        assert [each.code for each in refused if isinstance(each, Refusal)] == ["change_over_under_way"]
        assert len(refused) == 1


async def test_many_tickets_are_done_batch_by_batch() -> None:
    scene = await a_scene()
    with within(scene.tenant):
        number = await scene.asked("open")
        await rows(
            """insert into tickets (tenant_id, id, number, department_id, client_id, requester_id, policy_id, subject, status, meaning,
                                    urgency, channel, opened_at, last_activity_at)
               select tenant_id, gen_random_uuid(), number + n, department_id, client_id, requester_id, policy_id, subject, status,
                      meaning, urgency, channel, opened_at, last_activity_at
                 from tickets cross join generate_series(1, 250) n where number = $1""",
            number,
        )
        await scene.save(timers={"open": [{"after_hours": 999, "action": "tag", "tag": "Late"}]})
        done = await scene.begin(await scene.plan())
        assert (done.tickets, done.done) == (251, 251)
        assert await value("select count(*) from timers where action = 'tag' and cancelled_at is null") == 251
        assert await value("select count(*) from events where type = 'ChangeOverBegan'") == 3
