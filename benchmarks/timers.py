"""How many timers fire in a second: the whole path from the sweep to the mail that is queued, and then to the mail sent.

Pending timers of all tenants are made due in one statement while nothing else happens; one worker works them off.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import asyncpg

from benchmarks.report import Figure
from benchmarks.system import System

_SECONDS: Final = 600.0
# The first steps of ladders that run for long, so that nothing else of them becomes due.
_MAKE_DUE: Final = """
    with chosen as (
        select tenant_id, id from timers
         where done_at is null and cancelled_at is null and step = 0 and action in ('remind', 'set_status')
           and due_at > clock_timestamp() + interval '1 hour'
         limit $1
    )
    update timers t set due_at = clock_timestamp() from chosen c where t.tenant_id = c.tenant_id and t.id = c.id
    returning t.id
"""
_WAITING: Final = (
    "select count(*) from timers where done_at is null and cancelled_at is null and due_at <= clock_timestamp()",
    "select count(*) from deliveries where done_at is null",
    "select count(*) from outgoing_mails where state = 'queued'",
)


async def measure_timers(
    system: System, many: int, settle: Callable[[], Awaitable[None]], say: Callable[[str], None]
) -> list[Figure]:
    """So many timers, or as many as there are."""
    connection = await asyncpg.connect(system.urls.system)
    try:
        await settle()
        spent = system.cpu_seconds()
        began = time.perf_counter()
        due = [each["id"] for each in await connection.fetch(_MAKE_DUE, many)]
        say(f"Firing {len(due):,} timers ...")
        fired, queued, sent = [await _until_none(connection, began, number) for number in range(1, 4)]
        cost = system.cpu_seconds() - spent
        await _verify(connection, due)
    finally:
        await connection.close()
    return [
        Figure(name="timers_fired", title=f"timers fired, of {len(due):,} due at once", unit="a second", value=len(due) / fired),
        Figure(name="timers_queued", title="the same until their mails are queued", unit="a second", value=len(due) / queued),
        Figure(name="timers_sent", title="the same until their mails are sent", unit="a second", value=len(due) / sent),
        Figure(name="timer_cost", title="processor time of a timer, its mail included", unit="ms", value=1000 * cost / len(due)),
    ]  # fmt: skip


async def _until_none(connection: Any, began: float, number: int) -> float:
    """Seconds until nothing of the first so many kinds waits."""
    while any([await connection.fetchval(sql) for sql in _WAITING[:number]]):
        if time.perf_counter() - began > _SECONDS:
            raise RuntimeError("The worker did not get through the timers: see worker.log.")
        await asyncio.sleep(0.02)
    return time.perf_counter() - began


async def _verify(connection: Any, due: list[Any]) -> None:
    done = await connection.fetchval("select count(*) from timers where id = any($1) and done_at is not null", due)
    if done != len(due):
        raise RuntimeError(f"{done} of {len(due)} timers fired.")
