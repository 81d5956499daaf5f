"""What is counted along is what the tickets say, whatever happens to them, and costs no look at them."""

import asyncio
import random
from uuid import UUID

from backend.actor import Actor
from backend.database import count_queries, rows, value
from backend.ids import new_id
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, as_owner, within
from backend.tickets.queue.counts import department_counts, view_counts, waiting_counts
from infra.dev.services import ServiceUrls

TICKETS = """
    insert into tickets (tenant_id, id, number, department_id, requester_id, policy_id, subject, status, meaning, channel, opened_at,
                         waiting_since, last_activity_at)
    select t.id, gen_random_uuid(), n, $1, $2, t.policy_id, 'Slow', 'open', 'open', 'portal', now(), now(), now()
      from tenants t, generate_series($3::int, $4::int) n
"""
GROUPED = """
    select department_id, case when meaning in ('new', 'open') then 'waiting' else meaning end as view, count(*) as count,
           count(*) filter (where assignee_id = $1) as mine, count(*) filter (where assignee_id is null) as unassigned
      from tickets where meaning <> 'closed' group by 1, 2 order by 1, 2
"""
MEANINGS = ("new", "open", "waiting_for_client", "on_hold", "solved", "closed")


async def counted(agent: Actor) -> list[tuple[object, ...]]:
    return sorted(tuple(each.values()) for each in await view_counts(agent))


async def changed(
    tenant: TestTenant, numbers: list[int], departments: list[UUID], assignees: list[UUID | None]
) -> None:
    with within(tenant):
        for number in numbers:
            await rows(
                "update tickets set department_id = $2, assignee_id = $3, meaning = $4 where number = $1",
                number, random.choice(departments), random.choice(assignees), random.choice(MEANINGS),
            )  # fmt: skip


async def test_the_counts_are_those_of_the_tickets_while_many_change_at_once(urls: ServiceUrls) -> None:
    tenant, elsewhere = await a_tenant(), await a_tenant()
    departments = [tenant.support, await a_department(tenant)]
    contact, agent, other = await a_contact(tenant), await a_member(tenant), await a_member(tenant)
    with within(tenant):
        await rows(TICKETS, tenant.support, contact.account, 1, 60)
    assignees: list[UUID | None] = [None, agent.account, other.account]
    await asyncio.gather(
        *(changed(tenant, random.choices(range(1, 61), k=60), departments, assignees) for _ in range(6))
    )
    with within(tenant):
        found = sorted(tuple(each.values()) for each in await rows(GROUPED, agent.account))
        assert await counted(agent) == found
        kept = await value("select count(*) from queue_counts")
        await asyncio.gather(*(rows("select add_up_queue_counts($1)", tenant.id) for _ in range(4)))
        assert await counted(agent) == found
        await rows("select add_up_queue_counts($1)", tenant.id)
        assert await value("select count(*) from queue_counts") <= 2 * 4 * 3 < kept
        billing = [tuple(each.values()) for each in await department_counts(agent, [departments[1]])]
        assert sorted(billing) == [each for each in found if each[0] == departments[1]]
        assert await waiting_counts() == {each[0]: each[2] for each in found if each[1] == "waiting"}
    with within(elsewhere):
        assert await view_counts(elsewhere.actor) == []
    await as_owner(urls, "delete from tickets where tenant_id = $1", tenant.id)
    with within(tenant):
        assert await view_counts(agent) == []


async def test_counting_is_one_statement_that_reads_no_ticket_but_those_in_danger() -> None:
    tenant = await a_tenant()
    agent = await a_member(tenant)
    with within(tenant), count_queries() as count:
        await view_counts(agent)
        await department_counts(agent, [new_id()])
        await waiting_counts()
    assert len(count) == 3
    assert not [
        each
        for each in count.statements
        if "from tickets" in each.replace("from tickets where breach_at is not null", "")
    ]
