"""Business time. `now()` is the only source of it; sessions, tokens and limits use `real_now()`.

In development and tests the business clock may run ahead of real time: its offset is one row, which each process
reads again several times a second. In production the offset stays zero and is never read.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import asyncpg

from backend.database import row, system_rows

REFRESH_SECONDS = 0.2

_offset = timedelta()


def real_now() -> datetime:
    """Real time, for sessions, tokens, limits and leases."""
    return datetime.now(UTC)


def now() -> datetime:
    """Business time: when a message was written, a timer is due, a ticket was closed."""
    return datetime.now(UTC) + _offset


def ahead() -> timedelta:
    """How far business time runs ahead of real time; nothing in production."""
    return _offset


async def refresh() -> None:
    """Read the offset from its row."""
    found = await row("select offset_ms from clock")
    _set(found["offset_ms"] if found else 0)


async def keep_fresh() -> None:
    """Read the offset again and again; a task of each process in development.

    While the database is away the offset stays as it was.
    """
    while True:
        with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await refresh()
        await asyncio.sleep(REFRESH_SECONDS)


async def advance(by: timedelta) -> datetime:
    """Move the business clock ahead, as the system role. Returns the new business time."""
    found = await system_rows(
        "update clock set offset_ms = offset_ms + $1 returning offset_ms", int(by / timedelta(milliseconds=1))
    )
    _set(found[0]["offset_ms"])
    return now()


def _set(offset_ms: int) -> None:
    global _offset
    _offset = timedelta(milliseconds=offset_ms)
