"""However many proofs are given at once, pages find a connection and a loop that is theirs.

A proof costs as much as a page, in a dozen statements. Where many are under way each statement gives way for a moment, so that
a page meets a statement or two and not the whole of it; and few write at the same time. A proof that comes alone waits for
nothing. What a company's hosting panel is asked is no part of a turn: that may take its time.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakKeyDictionary

from backend.database import giving_way

AT_ONCE: Final = 2
"""Proofs of one process that write at the same time; more than that come no faster than they are compared."""
FEW: Final = 4
"""So many may be under way before they give way."""
GAP_SECONDS: Final = 0.004
"""About what a page takes."""


class _Line:
    """The proofs of one event loop."""

    def __init__(self) -> None:
        self.under_way = 0
        self.turns = asyncio.Semaphore(AT_ONCE)

    def gap(self) -> float:
        return GAP_SECONDS if self.under_way > FEW else 0.0


_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line] = WeakKeyDictionary()


def _line() -> _Line:
    loop = asyncio.get_running_loop()
    if loop not in _lines:
        _lines[loop] = _Line()
    return _lines[loop]


@asynccontextmanager
async def in_line() -> AsyncIterator[None]:
    """Everything that is done for one proof."""
    line = _line()
    line.under_way += 1
    try:
        with giving_way(line.gap):
            yield
    finally:
        line.under_way -= 1


@asynccontextmanager
async def a_turn() -> AsyncIterator[None]:
    """Wait for one of the turns to write, in order of arrival."""
    async with _line().turns:
        yield
