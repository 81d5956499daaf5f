"""The sweep costs what is due: with a hundred times as many timers pending it takes no longer."""

import json
import os
from datetime import timedelta
from typing import Any

from backend.clock import now
from backend.database import system_connection
from backend.jobs.claims import TIMERS
from backend.jobs.leases import DEFAULT_LEASE
from backend.tests.factories import TestTenant, a_tenant, as_owner
from backend.tests.jobs.conftest import System
from backend.tests.jobs.test_leases import finish_everything
from backend.tests.jobs.test_timers import tickets_with_timers
from infra.dev.checks.figures import note

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
DUE = 200
FEW = 10_000
MANY = 1_000_000 if LONG else 100_000
TENANTS = 10
TICKETS = 100
TRIES = 150 if LONG else 20


async def pending_until(system: System, tenants: list[TestTenant], number: int) -> None:
    """So many timers pend in all; and of each tenant as many are due as ever, somewhere among them."""
    ids = [each.id for each in tenants]
    there = (await as_owner(system.urls, "select count(*) from timers where tenant_id = any($1)", ids))[0][0]
    await as_owner(
        system.urls,
        "insert into timers (tenant_id, id, ticket_id, step, action, due_at) "
        "select t.tenant_id, gen_random_uuid(), t.id, i, 'remind', $2::timestamptz + random() * interval '30 days' "
        "from tickets t cross join generate_series(1, $3::int) i where t.tenant_id = any($1)",
        ids,
        now() + timedelta(days=1),
        (number - there) // (TENANTS * TICKETS),
    )
    await as_owner(
        system.urls,
        "update timers set due_at = $2 where tenant_id = any($1) and due_at < $3",
        ids,
        now() + timedelta(days=2),
        now(),
    )
    await as_owner(
        system.urls,
        "update timers set due_at = $2 where tenant_id <> all($1) and due_at < $3 and done_at is null and cancelled_at is null",
        ids,
        now() + timedelta(days=2),
        now() + timedelta(days=1),
    )
    await as_owner(
        system.urls,
        "with chosen as (select tenant_id, id from timers where tenant_id = any($1) order by id limit $2) "
        "update timers t set due_at = $3::timestamptz - random() * interval '1 minute' from chosen c "
        "where t.tenant_id = c.tenant_id and t.id = c.id",
        ids,
        DUE,
        now(),
    )
    await as_owner(system.urls, "vacuum analyze timers")


async def cost_of_a_sweep(statement: str) -> tuple[int, float]:
    """Pages that it touches, and the milliseconds of the quickest of many tries; nothing is claimed in the end."""
    found: list[dict[str, Any]] = []
    async with system_connection() as connection:
        for _ in range(TRIES):
            untouched = connection.transaction()
            await untouched.start()
            plan = await connection.fetchval(
                f"explain (analyze, buffers, timing off, format json) {statement}",
                256,
                DEFAULT_LEASE.first,
                DEFAULT_LEASE.most,
            )
            await untouched.rollback()
            found.append(json.loads(plan)[0])
    assert {each["Plan"]["Actual Rows"] for each in found} == {DUE}
    pages = min(each["Plan"]["Shared Hit Blocks"] + each["Plan"]["Shared Read Blocks"] for each in found)
    return pages, min(each["Execution Time"] for each in found)


async def test_a_sweep_costs_the_same_with_a_hundred_times_as_many_pending(system: System) -> None:
    await finish_everything()
    tenants = [await a_tenant() for _ in range(TENANTS)]
    for tenant in tenants:
        await tickets_with_timers(tenant, TICKETS, 0)
    statements = {"sweep": TIMERS.longest_first, "sweep_taking_turns": TIMERS.taking_turns}
    await pending_until(system, tenants, FEW)
    before = {name: await cost_of_a_sweep(statement) for name, statement in statements.items()}
    await pending_until(system, tenants, MANY)
    after = {name: await cost_of_a_sweep(statement) for name, statement in statements.items()}
    for name in statements:
        pages, milliseconds = (there / here for there, here in zip(after[name], before[name], strict=True))
        note(f"{name}_of_{DUE}_due_with_{FEW}_pending", round(before[name][1], 3), "ms")
        note(f"{name}_of_{DUE}_due_with_{MANY}_pending", round(after[name][1], 3), "ms")
        note(f"{name}_cost_against_that", round(milliseconds, 2), "times")
        note(f"{name}_pages_against_that", round(pages, 2), "times")
        assert pages <= 1.2
        assert milliseconds <= (1.2 if LONG else 2)
    await finish_everything()
