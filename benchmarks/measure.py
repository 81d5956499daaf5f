"""Measure cases, alternating with the floor and with a bare route of the same server, so that noise hits all three."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.cases import Case, check
from benchmarks.http_client import Connection

WARM_UP: Final = 40
HELLO: Final = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of single requests, and how many were answered in a second."""

    p50: float
    p95: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A case beside its floor and the bare route."""

    times: Times
    hello: Times
    floor: Times | None

    @property
    def ours(self) -> float:
        return self.times.p50 - self.hello.p50

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor.p50 if self.floor else None


def times_of(samples: Sequence[float], seconds: float) -> Times:
    """Raises: ValueError without samples."""
    if not samples:
        raise ValueError("Nothing was measured.")
    ordered = sorted(samples)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return Times(statistics.median(ordered) * 1000, p95 * 1000, len(ordered) / seconds)


async def measure_one(
    case: Case, connection: Connection, *, rounds: int, each: int, settle: Callable[[], Awaitable[None]]
) -> Measured:
    """One request at a time: hello, floor, case, hello, floor, case, and so on, so that noise hits all three alike."""

    async def bare(turn: int) -> None:
        await connection.expect(HELLO)

    async def ask(turn: int) -> None:
        check(await connection.expect(case.request(turn)))

    steps: tuple[Callable[[int], Awaitable[None]], ...] = (bare, case.floor, ask)
    for turn in range(WARM_UP):
        for step in steps:
            await step(turn)
    samples: tuple[list[float], ...] = ([], [], [])
    for number in range(rounds):
        await settle()
        for turn in range(number * each, (number + 1) * each):
            for step, kept in zip(steps, samples, strict=True):
                began = time.perf_counter()
                await step(turn)
                kept.append(time.perf_counter() - began)
    hello, floor, ours = (times_of(each, sum(each)) for each in samples)
    return Measured(ours, hello, floor)


async def measure_many(
    case: Case, connections: Sequence[Connection], *, rounds: int, each: int, settle: Callable[[], Awaitable[None]]
) -> Measured:
    """All connections at once, hello and case in turn, `each` requests on every connection in every round."""
    hello: list[float] = []
    ours: list[float] = []
    seconds = [0.0, 0.0]

    async def run(connection: Connection, kept: list[float], requests: Sequence[bytes]) -> None:
        for request in requests:
            began = time.perf_counter()
            body = await connection.expect(request)
            kept.append(time.perf_counter() - began)
            if request is not HELLO:
                check(body)

    for number in range(rounds):
        for place, (kept, make) in enumerate(((hello, _hello), (ours, case.request))):
            await settle()
            batches = [
                [make((number * each + turn) * len(connections) + place_of) for turn in range(each)]
                for place_of in range(len(connections))
            ]
            began = time.perf_counter()
            await asyncio.gather(
                *(run(connection, kept, batch) for connection, batch in zip(connections, batches, strict=True))
            )
            seconds[place] += time.perf_counter() - began
    return Measured(times_of(ours, seconds[1]), times_of(hello, seconds[0]), None)


def _hello(turn: int) -> bytes:
    return HELLO
