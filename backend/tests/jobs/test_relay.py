"""Every event reaches each of its consumers, once in effect, whatever is stopped or killed in between."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from uuid import UUID

from backend.database import bind, system_rows, transaction
from backend.events import record_all
from backend.live import LiveHub
from backend.tests.factories import TestTenant, a_tenant
from backend.tests.jobs.conftest import System, eventually
from backend.tests.jobs.crew import a_crew
from backend.tests.jobs.happenings import Happened, HappenedSlowly, happen
from infra.dev.checks.figures import note

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
EVENTS = 10_000 if LONG else 1_000
"""Each with two consumers beside the screens."""
CREW = 4 if LONG else 2
KILLS = 20 if LONG else 3
SECONDS = 600 if LONG else 120


async def open_deliveries(tenant: TestTenant) -> int:
    found = await system_rows("select count(*) from deliveries where tenant_id = $1 and done_at is null", tenant.id)
    return int(found[0][0])


async def traces(tenant: TestTenant) -> list[tuple[UUID, str]]:
    found = await system_rows("select event_id, consumer from traces where tenant_id = $1", tenant.id)
    return sorted((row["event_id"], row["consumer"]) for row in found)


def nothing_open(tenant: TestTenant) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        return await open_deliveries(tenant) == 0

    return check


async def test_an_event_reaches_its_consumers_and_the_screens_within_a_second(system: System) -> None:
    tenant = await a_tenant()
    with system.worker():
        async with LiveHub() as hub, hub.subscribe(tenant.id) as stream:
            [before] = await happen(tenant, [Happened(number=0)])
            await eventually(nothing_open(tenant))
            loop = asyncio.get_running_loop()
            await anext(stream)
            start = loop.time()
            [event_id] = await happen(tenant, [Happened(number=1)])
            async with asyncio.timeout(5):
                # An update may come twice: published, and caught up with when the hub had just connected.
                while (told := await anext(stream)).event_id == before:
                    pass
            assert loop.time() - start < 1
            assert (told.event_id, told.type, told.data) == (event_id, "Happened", {"number": 1})
            await eventually(nothing_open(tenant), 5)
            assert loop.time() - start < 2
            assert [pair for pair in await traces(tenant) if pair[0] == event_id] == [
                (event_id, "first"),
                (event_id, "second"),
            ]


async def test_nothing_is_lost_or_done_twice_when_redis_stops_in_between(system: System) -> None:
    tenant = await a_tenant()
    heard: set[UUID] = set()
    with system.worker():
        async with LiveHub() as hub, hub.subscribe(tenant.id) as stream:

            async def listen() -> None:
                async for event in stream:
                    heard.add(event.event_id)

            listening = asyncio.create_task(listen())
            ids = await happen(tenant, [Happened(number=number) for number in range(30)])
            system.redis.kill_redis()
            ids += await happen(tenant, [Happened(number=number) for number in range(30, 80)])
            await asyncio.sleep(2)
            assert await open_deliveries(tenant) >= 50 * 3
            system.redis.start_redis()
            ids += await happen(tenant, [Happened(number=number) for number in range(80, 100)])
            await eventually(nothing_open(tenant), 40)

            async def all_heard() -> bool:
                return heard >= set(ids)

            await eventually(all_heard, 10)
            listening.cancel()
    assert await traces(tenant) == sorted((each, name) for each in ids for name in ("first", "second"))


async def test_what_killed_workers_held_is_done_by_others_once_in_effect(system: System) -> None:
    tenant = await a_tenant()
    ids: list[UUID] = []
    with bind(tenant.id):
        for _ in range(EVENTS // 500):
            async with transaction():
                ids += await record_all(tenant.actor, [Happened(number=number) for number in range(500)])
    slow = await happen(tenant, [HappenedSlowly(number=number) for number in range(16)])
    whole = 3 * len(ids) + 2 * len(slow)

    async def done() -> int:
        return whole - await open_deliveries(tenant)

    with a_crew(system, CREW) as crew:
        await crew.kill_amid(done, whole, KILLS, SECONDS)
    assert await traces(tenant) == sorted(
        [(each, name) for each in ids for name in ("first", "second")] + [(each, "slow") for each in slow]
    )
    note("deliveries_done_once", whole, "deliveries")
    note("workers_killed_amid_deliveries", crew.killed, "workers")
