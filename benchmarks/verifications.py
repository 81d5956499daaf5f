"""How a queue page fares while a hundred proofs are checked: an agent must not feel that clients prove who they are.

Idle and busy turns follow each other, so that noise hits both alike. In a busy turn each of a hundred clients proves the
account password about a ticket of their own, again as soon as the answer is there.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from benchmarks.cases import Company, QueuePage, check
from benchmarks.documents import OPEN
from benchmarks.http_client import Connection, Failed, Visitor, connections_to, data_of
from benchmarks.load import PASSWORD, host_of
from benchmarks.measure import times_of
from benchmarks.refusals import free_owners
from benchmarks.report import Figure
from benchmarks.system import System

AT_ONCE: Final = 100
MOST_TIMES: Final = 2.0
_WARM_SECONDS: Final = 2.0
_PROVE: Final = (
    "mutation($n: Int!, $s: String!) { prove(number: $n, proof: {method: PASSWORD, secret: $s}) { __typename } }"
)
_DEPARTMENT: Final = "Support"


async def measure_verifications(
    system: System,
    companies: Sequence[Company],
    settle: Callable[[], Awaitable[None]],
    say: Callable[[str], None],
    *,
    turns: int,
    pages: int,
) -> list[Figure]:
    """The queue page alone, and with a hundred proofs in flight; `pages` pages in each of the turns."""
    say(f"Proving by {AT_ONCE} clients at once ...")
    case = QueuePage(companies)
    idle: list[float] = []
    busy: list[float] = []
    proved = 0
    seconds = 0.0
    requests = await _requests(system)
    for _ in range(turns):
        await settle()
        async with connections_to(system.port, 1) as (reader,):
            await _read(reader, case, pages // 4, [])
            await _read(reader, case, pages, idle)
        async with connections_to(system.port, 1 + AT_ONCE) as (reader, *provers):
            ending = asyncio.Event()
            began = time.perf_counter()
            proving = [
                asyncio.create_task(_prove_again_and_again(each, request, ending))
                for each, request in zip(provers, requests, strict=True)
            ]
            await asyncio.sleep(_WARM_SECONDS)
            await _read(reader, case, pages, busy)
            ending.set()
            proved += sum(await asyncio.gather(*proving))
            seconds += time.perf_counter() - began
    alone, beside = times_of(idle, sum(idle)), times_of(busy, sum(busy))
    times = beside.p95 / alone.p95
    return [
        Figure(name="queue_page_idle", title="queue page, idle", unit="ms", value=alone.p50, p95=alone.p95, concurrency=1),
        Figure(
            name="queue_page_beside_proofs", title=f"queue page beside {AT_ONCE} proofs", unit="ms", value=beside.p50,
            p95=beside.p95, concurrency=1,
        ),
        Figure(
            name="proofs_against_idle", title="the same, p95 against idle p95", unit="times", value=times,
            promise=f"< {MOST_TIMES:g}", kept=times < MOST_TIMES,
        ),
        Figure(
            name="proofs", title="proofs by password", unit="a second", value=proved / seconds, concurrency=AT_ONCE
        ),
    ]  # fmt: skip


async def _read(reader: Connection, case: QueuePage, pages: int, kept: list[float]) -> None:
    for turn in range(pages):
        began = time.perf_counter()
        body = await reader.expect(case.request(turn))
        kept.append(time.perf_counter() - began)
        check(body)


async def _prove_again_and_again(prover: Connection, request: bytes, ending: asyncio.Event) -> int:
    count = 0
    while not ending.is_set():
        body = await prover.expect(request)
        if b'"__typename":"Ticket"' not in body:
            raise Failed(repr(body[:300]))
        count += 1
    return count


async def _requests(system: System) -> list[bytes]:
    """A right proof of each of the clients, about a ticket of their own."""
    made = []
    for email in await free_owners(system, AT_ONCE):
        async with connections_to(system.port, 1) as (connection,):
            visitor = await Visitor(host_of(1)).sign_in(connection, email, PASSWORD)
            departments = data_of(await connection.expect(visitor.ask("{ departments { id name } }")))["departments"]
            support = next(each["id"] for each in departments if each["name"] == _DEPARTMENT)
            request = {"departmentId": support, "subject": "Who I am", "body": "Here is the proof."}
            opened = data_of(await connection.expect(visitor.ask(OPEN, input=request)))["openTicket"]
            made.append(visitor.ask(_PROVE, n=opened["ticket"]["number"], s=PASSWORD))
    return made
