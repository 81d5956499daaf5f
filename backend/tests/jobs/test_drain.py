"""Tests of effects run them by `drain`, which does in one call what relay and worker do."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from backend.database import system_rows
from backend.events import StoredEvent
from backend.jobs.broker import Wakeups, open_broker
from backend.jobs.consumers import EFFECTS
from backend.jobs.drain import drain
from backend.jobs.effects import Consumer, Effects
from backend.tests.factories import a_tenant
from backend.tests.jobs.conftest import System
from backend.tests.jobs.happenings import CONSUMERS, Happened, happen, leave_trace
from backend.tests.jobs.test_relay import traces
from backend.tests.jobs.test_timers import tickets_with_timers


def effects(**consumers: Consumer) -> Effects:
    async def nothing_due(tenant_id: UUID, row_id: object) -> None:
        raise AssertionError("Nothing of this kind is due.")

    return Effects(
        consumers={**CONSUMERS, **consumers}, send_mail=nothing_due, fire_timers=nothing_due,
        work_webhook=nothing_due, sync_cards=nothing_due, process_mail=nothing_due,
    )  # fmt: skip


async def test_everything_is_done_and_what_the_screens_would_hear_is_returned(system: System) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    ids = await happen(tenant, [Happened(number=1), Happened(number=2)])
    await happen(other, [Happened(number=3)])
    done = await drain(tenant.id, effects=effects())
    assert [event.event_id for event in done.live] == ids
    assert done.deliveries == 4
    assert await traces(tenant) == sorted((each, name) for each in ids for name in ("first", "second"))
    assert await traces(other) == []
    assert (await drain(tenant.id, effects=effects())).deliveries == 0


async def test_a_failing_consumer_is_raised_leaves_nothing_and_is_tried_again(system: System) -> None:
    tenant = await a_tenant()
    [event_id] = await happen(tenant, [Happened(number=1)])

    async def breaks(event: StoredEvent) -> None:
        await leave_trace(event, "second")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await drain(tenant.id, effects=effects(second=breaks))
    assert await traces(tenant) == [(event_id, "first")]
    await drain(tenant.id, effects=effects())
    assert await traces(tenant) == [(event_id, "first"), (event_id, "second")]


async def test_a_failing_consumer_leaves_its_kind_and_an_id_and_none_of_its_words(system: System) -> None:
    tenant = await a_tenant()
    [event_id] = await happen(tenant, [Happened(number=1)])

    async def breaks(event: StoredEvent) -> None:
        raise ValueError("the password is swordfish")

    broker = open_broker(system.redis.redis_url, namespace="test_drain")
    wakeups = Wakeups(broker, effects(second=breaks), moving_clock=False)
    await wakeups.deliver(str(tenant.id), "second", str(event_id))
    broker.close()
    found = await system_rows(
        "select last_error from deliveries where tenant_id = $1 and consumer = 'second' and done_at is null", tenant.id
    )
    assert re.fullmatch(r"ValueError \([0-9a-f]{12}\)", found[0]["last_error"])


async def test_timers_that_are_due_fire_and_a_mail_is_tried_once(system: System) -> None:
    tenant = await a_tenant()
    await tickets_with_timers(tenant, 2, 0)
    tried: list[UUID] = []

    async def keeps_it_queued(tenant_id: UUID, mail_id: UUID) -> None:
        tried.append(mail_id)

    done = await drain(
        tenant.id,
        effects=replace(EFFECTS, send_mail=keeps_it_queued),
    )
    assert len(done.tickets) == 2
    assert sorted(event.type for event in done.live) == ["ReminderSent", "StatusChanged"]
    assert done.mails == len(set(tried)) == len(tried) == 2
