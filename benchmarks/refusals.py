"""How long a refused proof takes by what is wrong with it: what differs by more than noise would tell who asks.

Each client has five tries a day for each method, so every kind of mistake has clients of its own, four tries each. In
each turn all kinds are tried once, in an order drawn anew, so that noise and the number of the try hit all alike.
"""

import random
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import asyncpg
from redis.asyncio import Redis

from backend.actor import system as the_system
from backend.cards.facts import set_default_card
from backend.cards.tables import CardFact
from backend.database import bind, close_database, open_database, transaction
from backend.keys import set_secret_key
from benchmarks.documents import OPEN
from benchmarks.http_client import Connection, Failed, Visitor, connections_to, data_of
from benchmarks.load import PASSWORD, host_of, slug_of
from benchmarks.measure import Times, times_of
from benchmarks.report import Figure
from benchmarks.system import System

TRIES: Final = 4
"""Of one client. The fifth sends a mail about the lock, whatever was wrong."""
_OWN, _OTHERS, _ELSEWHERE, _NOBODYS = "4817", "1234", "9876", "5550"
_SHUFFLES: Final = 500
_DEPARTMENT: Final = "Cancellations"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a proof: what is typed, and which digits are on file."""

    name: str
    title: str
    method: str
    secret: str
    card: str | None = _OWN


MISTAKES: Final = (
    Mistake("wrong_password", "wrong password", "PASSWORD", "not the password"),
    Mistake("wrong_digits", "wrong digits", "CARD", _NOBODYS),
    Mistake("others_digits", "another client's digits", "CARD", _OTHERS),
    Mistake("no_card", "no card on file", "CARD", _OWN, card=None),
    Mistake("elsewhere", "digits of a client of another tenant", "CARD", _ELSEWHERE),
)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the medians lie apart, and how far they would if the mistakes made no difference."""

    milliseconds: float
    percent: float
    noise: float


async def measure_refusals(
    system: System, clients: int, settle: Callable[[], Awaitable[None]], say: Callable[[str], None]
) -> list[Figure]:
    """Refused requests through HTTP, `clients` clients for each mistake."""
    say(f"Refusing {len(MISTAKES) * clients * TRIES} proofs ...")
    people = await _people(system, clients)
    samples: dict[str, list[float]] = {each.name: [] for each in MISTAKES}
    drawn = random.Random(7)
    for number in range(clients):
        await _forget_tries(system)
        async with connections_to(system.port, 1) as (connection,):
            requests = {}
            for mistake in MISTAKES:
                email = people[mistake.name][number]
                requests[mistake.name] = await _request(connection, mistake, email)
            for _ in range(TRIES):
                await settle()
                for name in drawn.sample(list(requests), len(requests)):
                    began = time.perf_counter()
                    body = await connection.expect(requests[name])
                    samples[name].append(time.perf_counter() - began)
                    if b'"code":"proof_refused"' not in body:
                        raise Failed(repr(body[:300]))
    return figures_of(samples)


def figures_of(samples: Mapping[str, Sequence[float]]) -> list[Figure]:
    """The times of each mistake, and how far their medians lie apart."""
    times = {name: times_of(each, sum(each)) for name, each in samples.items()}
    found = spread_of(list(samples.values()))
    promise = f"<= noise, {found.noise:.2f} ms"
    return [
        *(_figure(each, times[each.name]) for each in MISTAKES),
        Figure(
            name="refusals_spread", title="refused proofs: spread of medians", unit="ms", value=found.milliseconds,
            promise=promise, kept=found.milliseconds <= found.noise,
        ),
        Figure(name="refusals_spread_percent", title="the same, of the least", unit="%", value=found.percent),
    ]  # fmt: skip


def spread_of(samples: Sequence[Sequence[float]]) -> Spread:
    """Samples that stand side by side were taken in the same turn.

    Noise is what remains of the spread when what was measured in a turn is dealt out anew among the mistakes: 99 of 100
    such deals spread less.
    """
    drawn = random.Random(11)
    turns = list(zip(*samples, strict=True))
    by_chance = sorted(
        _spread(list(zip(*(drawn.sample(turn, len(turn)) for turn in turns), strict=True))) for _ in range(_SHUFFLES)
    )
    least = min(statistics.median(each) for each in samples)
    found = _spread(samples)
    return Spread(found * 1000, found / least * 100, by_chance[int(0.99 * _SHUFFLES)] * 1000)


def _spread(samples: Sequence[Sequence[float]]) -> float:
    medians = [statistics.median(each) for each in samples]
    return max(medians) - min(medians)


def _figure(mistake: Mistake, times: Times) -> Figure:
    return Figure(
        name=f"refusal_{mistake.name}", title=f"refused: {mistake.title}", unit="ms", concurrency=1, value=times.p50,
        p95=times.p95, per_second=times.per_second,
    )  # fmt: skip


async def _forget_tries(system: System) -> None:
    """All clients here come from one address, which would be slowed down long before the last of them."""
    async with Redis.from_url(system.urls.redis) as redis:
        async for key in redis.scan_iter("proofs:*"):
            await redis.delete(key)


async def _people(system: System, clients: int) -> dict[str, list[str]]:
    """The addresses of owners who have tried nothing today, and the cards on file that each mistake needs."""
    set_secret_key(system.secret_key)
    await open_database(system.urls.app, system_url=system.urls.system, pool=2)
    connection = await asyncpg.connect(system.urls.system)
    try:
        first, second = await connection.fetch(
            "select id from tenants where slug = any($1) order by slug", [slug_of(1), slug_of(2)]
        )
        wanted = len(MISTAKES) * clients + 1
        free = await connection.fetch(_FREE, first["id"], wanted)
        if len(free) < wanted:
            raise Failed(f"{wanted} clients who have tried nothing today are needed; there are {len(free)}.")
        elsewhere = await connection.fetchval("select id from clients where tenant_id = $1 limit 1", second["id"])
        await _set_card(second["id"], elsewhere, _ELSEWHERE)
        await _set_card(first["id"], free[-1]["client_id"], _OTHERS)
        people: dict[str, list[str]] = {}
        for place, mistake in enumerate(MISTAKES):
            chosen = free[place : len(MISTAKES) * clients : len(MISTAKES)]
            people[mistake.name] = [each["email"] for each in chosen]
            for each in chosen:
                await _set_card(first["id"], each["client_id"], mistake.card)
        return people
    finally:
        await connection.close()
        await close_database()


async def free_owners(system: System, count: int) -> list[str]:
    """The addresses of owners at the first tenant who have proved, and tried, nothing yet."""
    connection = await asyncpg.connect(system.urls.system)
    try:
        tenant_id = await connection.fetchval("select id from tenants where slug = $1", slug_of(1))
        found = await connection.fetch(_FREE, tenant_id, count)
    finally:
        await connection.close()
    if len(found) < count:
        raise Failed(f"{count} clients who have tried nothing are needed; there are {len(found)}.")
    return [each["email"] for each in found]


_FREE: Final = """
    select c.client_id, a.email
      from contacts c join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
     where c.tenant_id = $1 and c.role = 'owner' and a.email <> 'owner@client1.example'
       and not exists (select from proof_attempts p where p.tenant_id = c.tenant_id and p.client_id = c.client_id)
     order by c.client_id limit $2
"""


async def _set_card(tenant_id: UUID, client_id: UUID, digits: str | None) -> None:
    with bind(tenant_id):
        async with transaction():
            if digits is None:
                await CardFact.delete().where(CardFact.tenant_id == tenant_id, CardFact.client_id == client_id)
            else:
                await set_default_card(the_system(tenant_id, "en", "benchmark"), client_id, digits)


async def _request(connection: Connection, mistake: Mistake, email: str) -> bytes:
    """A request of a client of the first tenant, signed in, with the proof that will be refused."""
    visitor = await Visitor(host_of(1)).sign_in(connection, email, PASSWORD)
    departments = data_of(await connection.expect(visitor.ask("{ departments { id name } }")))["departments"]
    request: dict[str, Any] = {
        "departmentId": next(each["id"] for each in departments if each["name"] == _DEPARTMENT),
        "subject": "Please end the contract",
        "body": "At the end of the year.",
        "proof": {"method": mistake.method, "secret": mistake.secret},
    }
    return visitor.ask(OPEN, input=request)
