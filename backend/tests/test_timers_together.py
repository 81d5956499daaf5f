"""Timers of several tickets fire in one transaction, and no ticket pays for another."""

import asyncio
from uuid import UUID

import pytest

from backend.database import count_queries, system_connection, system_rows
from backend.tests.factories import TestTenant, a_tenant, within
from backend.tests.jobs.conftest import eventually
from backend.tests.jobs.test_timers import tickets_with_timers
from backend.tickets.timers.fire import fire_timers


async def tickets_of(tenant: TestTenant) -> list[UUID]:
    found = await system_rows("select id from tickets where tenant_id = $1 order by number", tenant.id)
    return [each["id"] for each in found]


async def fired(tenant: TestTenant) -> set[UUID]:
    """Tickets whose timer left its event; and each did once."""
    found = await system_rows(
        "select ticket_id from events where tenant_id = $1 and type in ('ReminderSent', 'StatusChanged')", tenant.id
    )
    assert len(found) == len({each["ticket_id"] for each in found})
    return {each["ticket_id"] for each in found}


async def test_reminders_of_ten_tickets_cost_few_statements() -> None:
    tenant = await a_tenant()
    await tickets_with_timers(tenant, 20, 0)
    tickets = (await tickets_of(tenant))[1::2]
    with within(tenant):
        await fire_timers(tenant.id, tickets[:1])
        with count_queries() as count:
            assert await fire_timers(tenant.id, tickets) == 9
    assert len(count) == 5
    assert await fired(tenant) == set(tickets)


async def test_a_ticket_whose_timer_cannot_fire_holds_up_no_other_and_is_told_of() -> None:
    tenant = await a_tenant()
    await tickets_with_timers(tenant, 6, 0)
    tickets = await tickets_of(tenant)
    await system_rows("update tickets set status = 'gone' where tenant_id = $1 and id = $2", tenant.id, tickets[2])
    with within(tenant):
        with pytest.raises(ExceptionGroup) as failed:
            await fire_timers(tenant.id, tickets)
        assert len(failed.value.exceptions) == 1
    assert await fired(tenant) == set(tickets) - {tickets[2]}


async def test_a_ticket_that_somebody_holds_is_waited_for_when_the_others_are_done() -> None:
    tenant = await a_tenant()
    await tickets_with_timers(tenant, 6, 0)
    tickets = await tickets_of(tenant)

    async def others_fired() -> bool:
        return len(await fired(tenant)) == 5

    async with system_connection() as connection:
        held = connection.transaction()
        await held.start()
        await connection.execute(
            "select from tickets where tenant_id = $1 and id = $2 for update", tenant.id, tickets[2]
        )
        with within(tenant):
            firing = asyncio.create_task(fire_timers(tenant.id, tickets))
        await eventually(others_fired)
        assert not firing.done()
        await held.rollback()
    assert await firing == 6
    assert await fired(tenant) == set(tickets)
