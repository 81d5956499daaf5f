"""`npm run bench`: start a system of its own, load it, measure it through HTTP, write results.json and a table."""

import argparse
import asyncio
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import asyncpg
import uvloop

from benchmarks import quality
from benchmarks.cases import (
    Case,
    Company,
    DeskQueuePage,
    OpenTicket,
    OrdinaryQueuePage,
    QueuePage,
    Search,
    TicketPage,
    ViewCounts,
    sign_in,
)
from benchmarks.floor import open_floors
from benchmarks.http_client import connections_to
from benchmarks.load import host_of, load
from benchmarks.measure import Measured, measure_many, measure_one
from benchmarks.refusals import measure_refusals
from benchmarks.report import RESULTS, Figure, table, write
from benchmarks.sizes import MEASURED_TENANTS, Sizes
from benchmarks.system import Place, System, commit, machine, running_system
from benchmarks.timers import measure_timers
from benchmarks.verifications import measure_verifications
from infra.dev.errors import StartError

AT_ONCE: Final = 8
_SETTLE_SECONDS: Final = 120.0
_PROMISES: Final = {
    "queue_page": ("ratio", 2.5),
    "ticket_page": ("p50", 10.0),
    "search": ("p50", 10.0),
    "open_ticket": ("p50", 20.0),
}
_GROWTH: Final = 1.5
"""How much longer a queue page and the counts may take with any number of tickets than with the usual 20,000."""
_USUAL_TICKETS: Final = 20_000
_STARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Effort:
    """How often each thing is measured."""

    rounds: int
    each: int
    refused: int
    """Clients for each mistake of a proof."""
    timers: int
    """Timers that are made due at once."""


USUAL: Final = Effort(rounds=12, each=25, refused=50, timers=2_000)
QUICK: Final = Effort(rounds=3, each=10, refused=4, timers=500)


def main() -> int:
    options = _options()
    if options.quality:
        return quality.main()
    sizes = Sizes(options.tickets, options.tenants, options.clients or max(2_000, options.tickets // 10))
    try:
        if options.data_dir is not None:
            return _run(options, sizes, options.data_dir)
        with tempfile.TemporaryDirectory(prefix="countersign-bench-") as folder:
            Path(folder).chmod(0o755)
            return _run(options, sizes, Path(folder))
    except StartError as error:
        print(error, file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure the promises of speed and memory.")
    parser.add_argument("--tickets", type=int, default=20_000)
    parser.add_argument("--tenants", type=int, default=MEASURED_TENANTS)
    parser.add_argument("--clients", type=int, help="default: one for ten tickets, at least 2,000")
    parser.add_argument("--quick", action="store_true", help="5,000 tickets and few rounds; nothing is written")
    parser.add_argument(
        "--only", choices=sorted(_ALONE), help="measure this alone; the other figures stay as they were"
    )
    parser.add_argument("--data-dir", type=Path, help="a folder that is kept, and used again with what was loaded")
    parser.add_argument("--port", type=int, help="the first of five ports; default: any free ones")
    parser.add_argument("--quality", action="store_true", help="how well the leak guard finds; nothing else is run")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    if options.quick:
        options.tickets = 5_000
    return options


def _run(options: argparse.Namespace, sizes: Sizes, data_dir: Path) -> int:
    effort = QUICK if options.quick else USUAL
    with running_system(Place(data_dir, options.port)) as system:
        _loaded(system, sizes, data_dir)
        system.start_worker()
        if options.only is not None:
            system.start_web()
            return _report(options, sizes, uvloop.run(_ALONE[options.only](system, sizes, effort)))
        seconds = [system.start_web()]
        for _ in range(0 if options.quick else _STARTS - 1):
            system.stop_web()
            seconds.append(system.start_web())
        figures = uvloop.run(
            _measured(system, sizes, effort, (QueuePage, DeskQueuePage, ViewCounts, TicketPage, Search, OpenTicket))
        )
        figures += _of_memory(system.memory())
        figures += uvloop.run(_refusals(system, sizes, effort))
        figures += uvloop.run(_verifications(system, sizes, effort))
        figures += uvloop.run(_timers(system, sizes, effort))
        system.stop_web()
        system.start_web(compiled=False)
        figures += uvloop.run(_measured(system, sizes, effort, (OrdinaryQueuePage,)))
    start = sorted(seconds)[len(seconds) // 2]
    figures.append(Figure(name="start", title="start of the web server", unit="s", value=start))
    figures += _growth(figures, sizes, options.results)
    return _report(options, sizes, figures)


def _report(options: argparse.Namespace, sizes: Sizes, figures: list[Figure]) -> int:
    print(table(figures))
    if not options.quick:
        run = {
            "tickets": sizes.tickets, "tenants": sizes.tenants, "clients": sizes.clients,
            "date": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit(), "machine": machine(),
        }  # fmt: skip
        write(figures, run, options.results, beside=options.only is not None)
    return 0


def _loaded(system: System, sizes: Sizes, data_dir: Path) -> None:
    """Load the data, or find what an earlier run loaded. Raises: StartError where that was another size or long ago."""
    marker = data_dir / "loaded.json"
    if not marker.exists():
        print(f"Loading {sizes.tickets:,} tickets of {sizes.tenants:,} tenants ...", flush=True)
        asyncio.run(load(system.urls, sizes, lambda words: print(f"  {words}", flush=True)))
        marker.write_text(json.dumps({"tickets": sizes.tickets, "tenants": sizes.tenants, "at": time.time()}))
        return
    found = json.loads(marker.read_text())
    if (found["tickets"], found["tenants"]) != (sizes.tickets, sizes.tenants):
        raise StartError(f"{data_dir} holds {found['tickets']:,} tickets of {found['tenants']:,} tenants.")
    if time.time() - found["at"] > 20 * 3600:
        raise StartError(f"What {data_dir} holds is a day old: its timers would fire. Remove the folder.")


async def _measured(
    system: System, sizes: Sizes, effort: Effort, kinds: Sequence[Callable[[Sequence[Company]], Case]]
) -> list[Figure]:
    hosts = [host_of(number) for number in range(1, MEASURED_TENANTS + 1)]
    floors = await open_floors(system.urls.app, system.urls.system, hosts)
    system_role = await asyncpg.connect(system.urls.system)

    async def settle() -> None:
        await _settled(system_role)

    async with connections_to(system.port, 1) as (connection,):
        companies = await sign_in(connection, sizes, floors)
    figures = []
    for kind in kinds:
        case = kind(companies)
        gc.collect()
        async with connections_to(system.port, 1) as (connection,):
            await case.verify(connection)
            one = await measure_one(case, connection, rounds=effort.rounds, each=effort.each, settle=settle)
        async with connections_to(system.port, AT_ONCE) as connections:
            rounds = max(2, effort.rounds // 4)
            many = await measure_many(case, connections, rounds=rounds, each=effort.each, settle=settle)
        figures += [_figure(case, one, 1), _figure(case, many, AT_ONCE)]
    await settle()
    for floor in floors:
        await floor.connection.close()
    await system_role.close()
    return figures


async def _refusals(system: System, sizes: Sizes, effort: Effort) -> list[Figure]:
    system_role = await asyncpg.connect(system.urls.system)
    try:
        return await measure_refusals(
            system, effort.refused, lambda: _settled(system_role), lambda words: print(words, flush=True)
        )
    finally:
        await system_role.close()


async def _verifications(system: System, sizes: Sizes, effort: Effort) -> list[Figure]:
    hosts = [host_of(number) for number in range(1, MEASURED_TENANTS + 1)]
    floors = await open_floors(system.urls.app, system.urls.system, hosts)
    system_role = await asyncpg.connect(system.urls.system)
    try:
        async with connections_to(system.port, 1) as (connection,):
            companies = await sign_in(connection, sizes, floors)
        return await measure_verifications(
            system, companies, lambda: _settled(system_role), lambda words: print(words, flush=True),
            turns=max(3, effort.rounds // 2), pages=effort.each * 4,
        )  # fmt: skip
    finally:
        for floor in floors:
            await floor.connection.close()
        await system_role.close()


async def _timers(system: System, sizes: Sizes, effort: Effort) -> list[Figure]:
    system_role = await asyncpg.connect(system.urls.system)
    try:
        return await measure_timers(
            system, effort.timers, lambda: _settled(system_role), lambda words: print(words, flush=True)
        )
    finally:
        await system_role.close()


async def _queue(system: System, sizes: Sizes, effort: Effort) -> list[Figure]:
    return await _measured(system, sizes, effort, (QueuePage, ViewCounts))


_ALONE: Final = {"queue": _queue, "refusals": _refusals, "timers": _timers, "verifications": _verifications}


def _figure(case: Case, measured: Measured, at_once: int) -> Figure:
    promise, kept = "", None
    if at_once == 1 and case.name in _PROMISES:
        kind, most = _PROMISES[case.name]
        value = measured.ratio if kind == "ratio" else measured.times.p50
        promise, kept = f"{kind} <= {most:g}", value is not None and value <= most
    return Figure(
        name=f"{case.name}_{at_once}", title=case.title, unit="ms", concurrency=at_once, value=measured.times.p50,
        p95=measured.times.p95, per_second=measured.times.per_second, hello=measured.hello.p50,
        floor=measured.floor.p50 if measured.floor else None, ratio=measured.ratio, promise=promise, kept=kept,
    )  # fmt: skip


def _growth(figures: list[Figure], sizes: Sizes, results: Path) -> list[Figure]:
    """The queue page's time against its time with the usual number of tickets, where that was measured."""
    before = json.loads(results.read_text()) if results.exists() else {}
    if sizes.tickets <= _USUAL_TICKETS or str(_USUAL_TICKETS) not in before:
        return []
    usual = before[str(_USUAL_TICKETS)]["figures"]
    grown = []
    for name, measured, what in (
        ("growth", "queue_page_1", "queue page"),
        ("growth_counts", "view_counts_1", "counts"),
    ):
        if measured in usual:
            value = next(each.value for each in figures if each.name == measured) / usual[measured]["value"]
            title = f"{what} against {_USUAL_TICKETS:,} tickets"
            kept = value <= _GROWTH
            grown.append(Figure(name=name, title=title, unit="times", value=value, promise=f"<= {_GROWTH}", kept=kept))
    return grown


def _of_memory(memory: dict[str, float]) -> list[Figure]:
    if not memory:
        return []
    service = memory["web"] + memory["worker"]
    figures = [
        Figure(name=f"memory_{name}", title=f"memory of {name}", unit="MiB", value=value)
        for name, value in memory.items()
    ]
    both = Figure(
        name="memory_service", title="memory of web and worker", unit="MiB", value=service, promise="PSS <= 250",
        kept=service <= 250,
    )  # fmt: skip
    return [*figures, both]


async def _settled(connection: Any) -> None:
    """Return when the worker has done what opened tickets asked for, so that it disturbs nobody."""
    deadline = time.monotonic() + _SETTLE_SECONDS
    while await connection.fetchval(
        "select exists (select from deliveries where done_at is null and consumer = 'live') "
        "or exists (select from deliveries where done_at is null and consumer <> 'live') "
        "or exists (select from outgoing_mails where state = 'queued')"
    ):
        if time.monotonic() > deadline:
            raise StartError("The worker did not get through what was opened: see worker.log.")
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
