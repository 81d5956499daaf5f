"""What people do to the timers of a ticket: keep it open, close it now, snooze, pause, resume."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from backend.actor import Actor
from backend.clock import advance, now
from backend.database import rows, value
from backend.errors import Refusal
from backend.jobs.drain import drain
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply
from backend.tickets.timers.close_now import close_now
from backend.tickets.timers.keep_open import keep_open
from backend.tickets.timers.pause import pause, resume
from backend.tickets.timers.snooze import snooze

HOUR = timedelta(hours=1)
LADDER = [24 * HOUR, 120 * HOUR, 168 * HOUR]


@dataclass(frozen=True, slots=True)
class Foundry:
    """A company with a ticket that waits for its client."""

    tenant: TestTenant
    contact: Actor
    agent: Actor
    number: int

    async def due(self) -> list[datetime | None]:
        found = await rows(
            "select x.due_at from timers x join tickets t on t.tenant_id = x.tenant_id and t.id = x.ticket_id "
            "where t.number = $1 and x.done_at is null and x.cancelled_at is null order by x.step",
            self.number,
        )
        return [each["due_at"] for each in found]

    async def later(self, by: timedelta) -> None:
        await advance(by)
        await drain(self.tenant.id)

    async def status(self) -> str:
        found: str = await value("select status from tickets where number = $1", self.number)
        return found

    async def history(self) -> list[str]:
        found = await rows(
            "select e.type from events e join tickets t on t.tenant_id = e.tenant_id and t.id = e.ticket_id "
            "where t.number = $1 order by e.id",
            self.number,
        )
        return [each["type"] for each in found]


@pytest.fixture
async def foundry() -> AsyncIterator[Foundry]:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        new = NewTicket(department_id=tenant.support, subject="Slow", body="The site is slow.")
        number = (await open_ticket(contact, new)).number
        await reply(agent, number, "Which site?", status="pending")
        yield Foundry(tenant, contact, agent, number)


def about(found: list[datetime | None], wanted: list[datetime]) -> bool:
    return len(found) == len(wanted) and all(
        one is not None and abs(one - other) < timedelta(minutes=1) for one, other in zip(found, wanted, strict=True)
    )


async def test_a_client_who_keeps_a_ticket_open_begins_its_ladder_again(foundry: Foundry) -> None:
    await foundry.later(130 * HOUR)
    assert len(await foundry.due()) == 1
    await keep_open(foundry.contact, foundry.number)
    assert about(await foundry.due(), [now() + each for each in LADDER])
    assert await foundry.status() == "pending"
    assert (await foundry.history())[-1] == "KeptOpen"


async def test_nothing_is_kept_open_that_does_not_close_by_itself(foundry: Foundry) -> None:
    await set_status(foundry.agent, foundry.number, "open")
    with pytest.raises(Refusal) as refused:
        await keep_open(foundry.contact, foundry.number)
    assert refused.value.code == "nothing_pending"


async def test_a_client_closes_what_would_close_by_itself_and_nothing_else(foundry: Foundry) -> None:
    await close_now(foundry.contact, foundry.number)
    assert await foundry.status() == "closed"
    assert await foundry.due() == []
    with pytest.raises(Refusal):
        await close_now(foundry.contact, foundry.number)
    new = NewTicket(department_id=foundry.tenant.support, subject="Else", body="Else")
    other = (await open_ticket(foundry.contact, new)).number
    with pytest.raises(Refusal) as refused:
        await close_now(foundry.contact, other)
    assert refused.value.code == "status_not_offered"
    await close_now(foundry.agent, other)


async def test_nobody_touches_the_timers_of_another_client(foundry: Foundry) -> None:
    stranger = await a_contact(foundry.tenant)
    with within(foundry.tenant):
        for verb in (keep_open, close_now):
            with pytest.raises(Refusal) as refused:
                await verb(stranger, foundry.number)
            assert refused.value.code == "not_found"
        for staffs in (pause, resume):
            with pytest.raises(Refusal) as refused:
                await staffs(foundry.contact, foundry.number)
            assert refused.value.code == "not_allowed"


async def test_an_agent_snoozes_all_that_is_pending(foundry: Foundry) -> None:
    began = now()
    await snooze(foundry.agent, foundry.number, hours=48)
    assert about(await foundry.due(), [began + each + 48 * HOUR for each in LADDER])
    await snooze(foundry.agent, foundry.number, until=began + 100 * HOUR)
    assert about(await foundry.due(), [began + 100 * HOUR, began + 196 * HOUR, began + 244 * HOUR])
    assert (await foundry.history())[-2:] == ["TimersSnoozed", "TimersSnoozed"]


@pytest.mark.parametrize("wrong", [{}, {"hours": 0}, {"hours": -1}, {"hours": 1e9}, {"hours": float("nan")},
                                   {"hours": 1, "until": datetime.max.replace(tzinfo=UTC)},
                                   {"until": datetime.fromisoformat("2999-01-01T10:00")},
                                   {"until": datetime.max.replace(tzinfo=UTC)}])  # fmt: skip
async def test_a_snooze_that_makes_no_sense_is_refused(foundry: Foundry, wrong: dict[str, float]) -> None:
    with pytest.raises(Refusal):
        await snooze(foundry.agent, foundry.number, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Refusal):
        await snooze(foundry.agent, foundry.number, until=now() - HOUR)


async def test_what_is_paused_waits_and_goes_on_with_the_time_that_was_left(foundry: Foundry) -> None:
    await foundry.later(10 * HOUR)
    await pause(foundry.agent, foundry.number)
    assert await foundry.due() == [None, None, None]
    await foundry.later(300 * HOUR)
    assert await foundry.status() == "pending"
    with pytest.raises(Refusal):
        await pause(foundry.agent, foundry.number)
    with pytest.raises(Refusal):
        await snooze(foundry.agent, foundry.number, hours=1)
    await resume(foundry.agent, foundry.number)
    assert about(await foundry.due(), [now() + each - 10 * HOUR for each in LADDER])
    with pytest.raises(Refusal):
        await resume(foundry.agent, foundry.number)


async def test_a_change_of_status_ends_a_pause(foundry: Foundry) -> None:
    await pause(foundry.agent, foundry.number)
    await reply(foundry.contact, foundry.number, "The shop.")
    assert await foundry.due() == []
