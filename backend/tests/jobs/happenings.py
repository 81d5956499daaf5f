"""An event with consumers that leave a trace for each time they ran, for tests of how events reach their consumers."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from backend.database import bind, rows, transaction
from backend.events import LIVE, Event, StoredEvent, record
from backend.jobs.effects import Consumer
from backend.tests.factories import TestTenant

TRACES = """
create table traces (tenant_id uuid not null, event_id uuid not null, consumer text not null);
grant select, insert on traces to countersign_app, countersign_system;
"""


class Happened(Event, frozen=True, kw_only=True):
    """Something of a test."""

    consumers = (LIVE, "first", "second")
    number: int


class HappenedSlowly(Event, frozen=True, kw_only=True):
    """Something with an effect that takes a while."""

    consumers: ClassVar[tuple[str, ...]] = (LIVE, "slow")
    number: int


async def leave_trace(event: StoredEvent, consumer: str) -> None:
    await rows(
        "insert into traces (tenant_id, event_id, consumer) values ($1, $2, $3)", event.tenant_id, event.id, consumer
    )


async def first(event: StoredEvent) -> None:
    await leave_trace(event, "first")


async def second(event: StoredEvent) -> None:
    await leave_trace(event, "second")


async def slow(event: StoredEvent) -> None:
    await leave_trace(event, "slow")
    await asyncio.sleep(0.2)


CONSUMERS: dict[str, Consumer] = {"first": first, "second": second, "slow": slow}


async def happen(tenant: TestTenant, events: Sequence[Event]) -> list[UUID]:
    """Each in a transaction of its own."""
    ids = []
    with bind(tenant.id):
        for event in events:
            async with transaction():
                ids.append(await record(tenant.actor, event))
    return ids
