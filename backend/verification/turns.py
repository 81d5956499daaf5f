"""Few proofs at once write to the database, so that however many are given the pages find a connection and a free loop.

What a proof waits for in between, the comparing of its secret, is no part of a turn: that waits in a line of its own, and a
company's hosting panel may take its time.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakKeyDictionary

AT_ONCE: Final = 1
"""Proofs of one process that write at the same time. Each takes a few milliseconds, and they come no faster than they are
compared."""

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@asynccontextmanager
async def a_turn() -> AsyncIterator[None]:
    """Wait until it is this one's turn, in order of arrival."""
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns[loop] = asyncio.Semaphore(AT_ONCE)
    async with _turns[loop]:
        yield
