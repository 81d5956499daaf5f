"""A claim takes what is free, once, and costs what is due."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from backend.database import bind, system_connection, system_rows
from backend.jobs.claims import CLAIM_LIVE, DELIVERIES, MAILS, SHARE, TIMERS
from backend.jobs.consumers import EFFECTS
from backend.jobs.drain import drain
from backend.jobs.leases import (
    DEFAULT_LEASE,
    Lease,
    claim_deliveries,
    claim_live,
    claim_mails,
    claim_timers,
    give_back_deliveries,
)
from backend.tests.factories import a_tenant
from backend.tests.jobs.conftest import System
from backend.tests.jobs.happenings import Happened, happen
from backend.tests.jobs.test_timers import tickets_with_timers
from backend.tickets.timers.fire import fire_timers

WAITING = 20_000

# Of each of two tenants as many rows that are leased, far in the future, or done; and five that are due.
CROWD = (
    "create temporary table crowd as select n, gen_random_uuid() as id, "
    "case when n <= 5 then null else clock_timestamp() + interval '1 hour' end as leased_until, "
    "case when n <= 5 then null when n % 2 = 0 then clock_timestamp() end as done_at from generate_series(1, {n}) n",
    "insert into events (tenant_id, id, type, at, actor_kind) select '{tenant}', id, 'Happened', clock_timestamp(), 'system' from crowd",
    "insert into deliveries (tenant_id, event_id, consumer, leased_until, done_at) "
    "select '{tenant}', id, consumer, leased_until, done_at from crowd cross join unnest(array['live', 'first']) consumer",
    "insert into outgoing_mails (tenant_id, id, event_id, recipient, template, language, mail_message_id, state, leased_until, created_at) "
    "select '{tenant}', id, id, 'a@b.example', 'receipt', 'en', '<a@b>', case when done_at is null then 'queued' else 'sent' end, "
    "leased_until, clock_timestamp() from crowd",
    "insert into accounts (tenant_id, id, kind, email, name, created_at) "
    "select '{tenant}', id, 'guest', 'a@b.example', 'A', clock_timestamp() from crowd where n = 1",
    "insert into tickets (tenant_id, id, number, department_id, requester_id, policy_id, subject, status, meaning, channel, "
    "opened_at, last_activity_at) select '{tenant}', c.id, 1, '{support}', c.id, t.policy_id, 'A', 'open', 'open', 'portal', "
    "clock_timestamp(), clock_timestamp() from crowd c join tenants t on t.id = '{tenant}' where n = 1",
    "insert into timers (tenant_id, id, ticket_id, step, action, due_at, done_at) "
    "select '{tenant}', c.id, t.id, 0, 'remind', coalesce(leased_until, '2020-01-01'), done_at "
    "from crowd c join tickets t on t.tenant_id = '{tenant}'",
    "drop table crowd",
    "analyze events", "analyze deliveries", "analyze outgoing_mails", "analyze timers",
)  # fmt: skip


async def finish_everything() -> None:
    """What other tests left is done, so that a claim sees this test's rows alone."""
    for statement in (
        "update deliveries set done_at = clock_timestamp() where done_at is null",
        "update outgoing_mails set state = 'sent' where state = 'queued'",
        "update timers set cancelled_at = clock_timestamp() where done_at is null and cancelled_at is null",
    ):
        await system_rows(statement)


@pytest.fixture
async def nothing_else(system: System) -> None:
    await finish_everything()


@pytest.fixture(scope="module")
async def crowd(system: System) -> None:
    await finish_everything()
    owner = await asyncpg.connect(system.urls.owner)
    for tenant in (await a_tenant(), await a_tenant()):
        for sql in CROWD:
            await owner.execute(sql.format(n=WAITING // 2, tenant=tenant.id, support=tenant.support))
    await owner.close()


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (CLAIM_LIVE, "deliveries_live"),
        (DELIVERIES.longest_first, "deliveries_open"),
        (MAILS.longest_first, "outgoing_mails_queued"),
        (TIMERS.longest_first, "timers_due"),
        (DELIVERIES.taking_turns, "deliveries_turns"),
        (MAILS.taking_turns, "outgoing_mails_turns"),
        (TIMERS.taking_turns, "timers_turns"),
    ],
)
async def test_a_claim_reads_what_is_due_and_not_what_waits(crowd: None, statement: str, index: str) -> None:
    async with system_connection() as connection:
        untouched = connection.transaction()
        await untouched.start()
        found = await connection.fetchval(f"explain (analyze, buffers, format json) {statement}", 200, 15.0, 300.0)
        await untouched.rollback()
    plan = json.loads(found)[0]["Plan"]
    scans = [
        node for node in nodes(plan) if "Scan" in node["Node Type"] and node.get("Relation Name") not in (None, "clock")
    ]
    assert index in {node.get("Index Name") for node in scans}
    assert not [node for node in scans if node["Node Type"] == "Seq Scan" and node["Actual Rows"] > 10]
    assert sum(node.get("Rows Removed by Filter", 0) for node in scans) == 0
    assert max(node["Actual Rows"] * node["Actual Loops"] for node in scans) <= 10
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 400


async def test_what_is_leased_is_claimed_by_nobody_else_until_the_lease_ends(nothing_else: None) -> None:
    tenant = await a_tenant()
    [event_id] = await happen(tenant, [Happened(number=1)])
    claimed = await claim_deliveries(10, Lease(first=3600))
    assert sorted((each.event_id, each.consumer) for each in claimed) == [(event_id, "first"), (event_id, "second")]
    assert [each.event_id for each in await claim_live(10, Lease(first=0))] == [event_id]
    assert [each.event_id for each in await claim_live(10, DEFAULT_LEASE)] == [event_id]
    assert await claim_live(10, DEFAULT_LEASE) == []
    assert await claim_deliveries(10, DEFAULT_LEASE) == []
    await give_back_deliveries(claimed, Lease(back=0))
    assert len(await claim_deliveries(10, DEFAULT_LEASE)) == 2
    assert await claim_mails(10, DEFAULT_LEASE) == []


CLAIMS = [claim_deliveries, claim_mails, claim_timers]


@pytest.mark.parametrize("claim", CLAIMS)
async def test_tenants_take_turns_where_one_has_more_than_can_be_taken(
    nothing_else: None, claim: Callable[..., Awaitable[list[Any]]]
) -> None:
    crowd, few, one = await a_tenant(), await a_tenant(), await a_tenant()
    for tenant, waiting in ((crowd, 200), (few, 4), (one, 2)):
        await tickets_with_timers(tenant, waiting, 0)
        if claim is not claim_timers:
            with bind(tenant.id):
                for ticket in (await system_rows("select id from tickets where tenant_id = $1", tenant.id))[:waiting]:
                    await fire_timers(tenant.id, [ticket["id"]])
    if claim is claim_mails:
        for tenant in (crowd, few, one):
            await drain(tenant.id, effects=replace(EFFECTS, send_mail=stays_queued))
    assert {each.tenant_id for each in await claim(10, Lease(first=0))} == {crowd.id}
    claimed = Counter(each.tenant_id for each in await claim(12, DEFAULT_LEASE, fairly=True))
    assert claimed == {crowd.id: 6, few.id: 4, one.id: 2}
    # Nobody else has any left, and a share is all that one gets at once.
    assert Counter(each.tenant_id for each in await claim(200, DEFAULT_LEASE, fairly=True)) == {crowd.id: SHARE}
    assert len(await claim(400, DEFAULT_LEASE)) == 200 - 6 - SHARE


async def stays_queued(tenant_id: UUID, mail_id: UUID) -> None:
    """A mail that nobody sends."""


async def test_a_lease_grows_with_each_try_up_to_five_minutes(nothing_else: None) -> None:
    tenant = await a_tenant()
    await happen(tenant, [Happened(number=1)])
    seconds = []
    for _ in range(7):
        await claim_deliveries(10, DEFAULT_LEASE)
        found = await system_rows(
            "update deliveries set leased_until = null from (select event_id as id, extract(epoch from leased_until - clock_timestamp()) "
            "as seconds from deliveries where tenant_id = $1 and consumer = 'first') as before "
            "where tenant_id = $1 and consumer in ('first', 'second') returning seconds",
            tenant.id,
        )
        seconds.append(round(found[0]["seconds"]))
    assert seconds == [15, 30, 60, 120, 240, 300, 300]
