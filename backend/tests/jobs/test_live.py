"""The screens hear of all that happens in their company, and of nothing else, whatever becomes of Redis."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from backend.database import system_rows
from backend.jobs.broker import Wakeups, open_broker
from backend.jobs.consumers import EFFECTS
from backend.jobs.leases import DEFAULT_LEASE, claim_live, finish_live
from backend.jobs.relay import QUEUE_LENGTH, Relay
from backend.live import FellBehind, LiveHub, LiveStream
from backend.redis import REDIS_LOST, redis_answers
from backend.tests.factories import a_tenant
from backend.tests.jobs.conftest import System, eventually
from backend.tests.jobs.happenings import Happened, happen
from backend.tests.jobs.test_leases import finish_everything


@pytest.fixture
async def relay(system: System) -> AsyncIterator[Relay]:
    await finish_everything()
    broker = open_broker(system.redis.redis_url, namespace="test_live")
    yield Relay(Wakeups(broker, EFFECTS, moving_clock=False), lease=DEFAULT_LEASE)
    broker.flush_all()
    broker.close()


async def hear(stream: LiveStream, wanted: set[UUID], seconds: float = 10) -> set[UUID]:
    """What the stream tells until all that is wanted was told."""
    heard: set[UUID] = set()
    async with asyncio.timeout(seconds):
        while not heard >= wanted:
            heard.add((await anext(stream)).event_id)
    return heard


async def test_readers_of_a_company_hear_of_it_and_of_no_other(relay: Relay) -> None:
    mine, other = await a_tenant(), await a_tenant()
    async with (
        LiveHub() as hub,
        hub.subscribe(mine.id) as one,
        hub.subscribe(mine.id) as two,
        hub.subscribe(other.id) as their,
    ):
        my_events = set(await happen(mine, [Happened(number=1), Happened(number=2)]))
        their_events = set(await happen(other, [Happened(number=3)]))
        assert await relay.tell_screens() is False
        heard = [
            await hear(stream, wanted) for stream, wanted in ((one, my_events), (two, my_events), (their, their_events))
        ]
        assert heard[0] & their_events == heard[1] & their_events == heard[2] & my_events == set()
        assert await claim_live(10, DEFAULT_LEASE) == []


async def test_a_reader_is_heard_by_redis_before_it_goes_on(relay: Relay) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    loop = asyncio.get_running_loop()
    start = loop.time()
    async with LiveHub() as hub, hub.subscribe(tenant.id), hub.subscribe(other.id) as stream:
        assert loop.time() - start < 0.5
        wanted = set(await happen(other, [Happened(number=1)]))
        await relay.tell_screens()
        await hear(stream, wanted, 1)


async def test_what_was_told_while_the_connection_was_lost_is_read_from_the_database(
    system: System, relay: Relay
) -> None:
    tenant = await a_tenant()
    async with LiveHub() as hub, hub.subscribe(tenant.id) as stream:
        system.redis.kill_redis()
        missed = set(await happen(tenant, [Happened(number=number) for number in range(5)]))
        await finish_live(await claim_live(10, DEFAULT_LEASE))
        async with hub.subscribe(tenant.id) as late:
            system.redis.start_redis()
            await hear(stream, missed)
            await hear(late, missed)
            await eventually(redis_answers)
            further = set(await happen(tenant, [Happened(number=6)]))
            await relay.tell_screens()
            await hear(stream, further)


async def test_a_reader_is_told_what_happened_just_before_it_began_to_listen(relay: Relay) -> None:
    tenant = await a_tenant()
    async with LiveHub() as hub:
        missed = set(await happen(tenant, [Happened(number=1), Happened(number=2)]))
        await finish_live(await claim_live(10, DEFAULT_LEASE))
        async with hub.subscribe(tenant.id, with_recent=True) as late, hub.subscribe(tenant.id) as later:
            await hear(late, missed, 1)
            further = set(await happen(tenant, [Happened(number=3)]))
            await relay.tell_screens()
            assert await hear(later, further, 1) == further


async def test_a_reader_that_falls_behind_is_told_so(relay: Relay) -> None:
    tenant = await a_tenant()
    async with LiveHub(queue_length=2) as hub, hub.subscribe(tenant.id) as slow, hub.subscribe(tenant.id) as quick:
        for number in range(3):
            wanted = set(await happen(tenant, [Happened(number=number)]))
            await relay.tell_screens()
            await hear(quick, wanted)
        with pytest.raises(FellBehind):
            await anext(slow)


async def test_without_redis_nothing_is_told_and_nothing_counts_as_tried(system: System, relay: Relay) -> None:
    tenant = await a_tenant()
    await happen(tenant, [Happened(number=1)])
    system.redis.kill_redis()
    try:
        for _ in range(3):
            with pytest.raises(REDIS_LOST):
                await relay.tell_screens()
            with pytest.raises(REDIS_LOST):
                await relay.wake_actors()
    finally:
        system.redis.start_redis()
    found = await system_rows(
        "select consumer, attempts, done_at from deliveries where tenant_id = $1 order by consumer", tenant.id
    )
    assert [tuple(row) for row in found] == [("first", 0, None), ("live", 0, None), ("second", 0, None)]


async def test_no_more_is_leased_than_the_queue_has_room_for(system: System, relay: Relay) -> None:
    tenant = await a_tenant()
    await happen(tenant, [Happened(number=number) for number in range(QUEUE_LENGTH // 2 + 10)])
    for _ in range(2):
        assert await relay.wake_actors() is True
        found = await system_rows(
            "select count(*) filter (where leased_until is not null), count(*) from deliveries "
            "where tenant_id = $1 and consumer <> 'live'",
            tenant.id,
        )
        assert tuple(found[0]) == (QUEUE_LENGTH, QUEUE_LENGTH + 20)
