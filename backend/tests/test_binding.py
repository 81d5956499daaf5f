"""Connections keep their tenant from one user to the next, and yet nobody ever sees another's."""

import asyncio
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from backend import database
from backend.database import DB, bind, close_database, open_database, rows, transaction, value
from backend.tests.factories import TestTenant, a_tenant
from infra.dev.services import ServiceUrls

BACKEND = Path(database.__file__).parent


@pytest.fixture
async def narrow(urls: ServiceUrls, database: None) -> Any:
    """A pool of two connections, so that tenants get each other's all the time."""
    kept = DB.pool
    DB.pool = await asyncpg.create_pool(
        urls.app, min_size=1, max_size=2, connection_class=BoundConnection, setup=bind_connection
    )
    yield DB.pool
    await DB.pool.close()
    DB.pool = kept


BoundConnection = database._Connection
bind_connection = database._bind_connection


async def seen() -> list[str]:
    return [str(each["id"]) for each in await rows("select id from tenants")]


@pytest.fixture
def binds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tenants to which connections are bound by a round trip of its own."""
    found: list[str] = []
    execute = BoundConnection.execute

    async def noted(self: Any, query: str, *arguments: Any, **options: Any) -> str:
        if "set_config" in query:
            found.append(arguments[0])
        return await execute(self, query, *arguments, **options)

    monkeypatch.setattr(BoundConnection, "execute", noted)
    return found


async def test_a_connection_is_bound_again_only_for_another_tenant(narrow: Any, binds: list[str]) -> None:
    one, two = await a_tenant(), await a_tenant()
    binds.clear()

    for tenant in (one, one, one, two, two, one):
        with bind(tenant.id):
            assert await seen() == [str(tenant.id)]
    assert await seen() == []

    assert binds == [str(one.id), str(two.id), str(one.id), ""]


async def test_statements_side_by_side_that_fail_and_are_cancelled_never_see_another_tenant(narrow: Any) -> None:
    tenants = [await a_tenant() for _ in range(8)]
    drawn = random.Random(1)
    wrong: list[object] = []

    async def read(tenant: TestTenant) -> None:
        with bind(tenant.id):
            if await seen() != [str(tenant.id)]:
                wrong.append(tenant)

    async def write_and_fail(tenant: TestTenant) -> None:
        with bind(tenant.id):
            async with transaction():
                await rows("update tenants set name = $1", str(tenant.id))
                if await seen() != [str(tenant.id)]:
                    wrong.append(tenant)
                await rows("select 1 / 0")

    async def sleep(tenant: TestTenant) -> None:
        with bind(tenant.id):
            async with transaction():
                await rows("select pg_sleep(0.5)")

    async def one_visit(number: int) -> None:
        tenant = drawn.choice(tenants)
        work = asyncio.create_task(drawn.choice((read, read, read, write_and_fail, sleep))(tenant))
        await asyncio.sleep(drawn.random() * 0.01)
        if number % 2 == 0:
            work.cancel()
        with suppress(asyncio.CancelledError, asyncpg.DivisionByZeroError):
            await work
        await read(drawn.choice(tenants))

    for start in range(0, 120, 12):
        await asyncio.gather(*(one_visit(number) for number in range(start, start + 12)))

    assert wrong == []


async def test_a_transaction_left_open_is_rolled_back_and_its_connection_keeps_to_its_tenant(narrow: Any) -> None:
    one, two = await a_tenant(), await a_tenant()
    with bind(one.id):
        async with narrow.acquire() as connection:
            await connection.execute("begin; update tenants set name = 'left open'")
    for tenant in (one, two):
        with bind(tenant.id):
            assert await seen() == [str(tenant.id)]
            assert await value("select name from tenants") != "left open"


async def test_a_connection_that_could_not_be_bound_is_not_used_again(
    narrow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = await a_tenant(), await a_tenant()
    with bind(one.id):
        assert await seen() == [str(one.id)]

    async def lost(*_: Any, **__: Any) -> str:
        raise ConnectionResetError

    with monkeypatch.context() as broken, bind(two.id):
        broken.setattr(BoundConnection, "execute", lost)
        with pytest.raises(ConnectionResetError):
            await seen()

    for tenant in (one, two, one):
        with bind(tenant.id):
            assert await seen() == [str(tenant.id)]


def test_nothing_else_changes_the_settings_of_a_connection() -> None:
    """A connection goes back to the pool as it is: whatever a statement set on it would last."""
    for file in BACKEND.rglob("*.py"):
        if "tests" in file.parts or file.name == "database.py":
            continue
        text = file.read_text().lower()
        for forbidden in ("set_config(", '"set session', "add_log_listener", "declare cursor", "with hold"):
            assert forbidden not in text, file


async def test_opening_the_database_uses_connections_that_stay_bound(urls: ServiceUrls, database: None) -> None:
    await close_database()
    await open_database(urls.app, pool=1)
    try:
        opened: Any = DB.pool
        async with opened.acquire() as connection:
            assert connection.get_reset_query() == ""
    finally:
        await close_database()
        await open_database(urls.app, system_url=urls.system, pool=12)
