"""The database: one engine, each connection bound to one tenant, one way to open a transaction.

Nobody else opens a connection or a transaction. With no tenant bound there are no rows.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias
from uuid import UUID

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

ACQUIRE_SECONDS = 10.0

Row: TypeAlias = asyncpg.Record

_tenant: ContextVar[UUID | None] = ContextVar("tenant", default=None)


@dataclass(slots=True)
class QueryCount:
    """What `count_queries` saw: the statements in the order in which they ran."""

    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)


_count: ContextVar[QueryCount | None] = ContextVar("query_count", default=None)
_gap: ContextVar[Callable[[], float] | None] = ContextVar("gap", default=None)


class _Engine(PostgresEngine):
    """Piccolo's engine, connected by `open_database` alone."""

    def __init__(self) -> None:
        super().__init__(config={})

    async def get_version(self) -> float:
        return 18.0  # Piccolo asks at import, when nothing is connected; `cli doctor` asks the real server.

    async def prep_database(self) -> None:
        return None

    async def get_new_connection(self) -> Any:
        raise RuntimeError("A connection outside the pool is bound to no tenant and would see nothing.")

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        note(querystring)
        return await super().run_querystring(querystring, in_pool)


DB = _Engine()
_system_pool: asyncpg.Pool | None = None
_aside_pool: asyncpg.Pool | None = None
ASIDE: Final = 2
"""Connections of a process for what gives way: pages keep theirs, on which their statements are planned already."""


def note(statement: object) -> None:
    """Count a statement for `count_queries`."""
    if (count := _count.get()) is not None:
        count.statements.append(str(statement))


@contextmanager
def count_queries() -> Iterator[QueryCount]:
    """Count the statements that run inside the block, in this task and its children."""
    count = QueryCount()
    token = _count.set(count)
    try:
        yield count
    finally:
        _count.reset(token)


@contextmanager
def giving_way(gap: Callable[[], float]) -> Iterator[None]:
    """Each statement inside the block waits first for as many seconds as `gap` says then: others of this loop go first.

    They have few connections of their own, so that those of pages stay free.
    """
    token = _gap.set(gap)
    try:
        yield
    finally:
        _gap.reset(token)


async def _give_way() -> None:
    if (gap := _gap.get()) is not None and (seconds := gap()) > 0:
        await asyncio.sleep(seconds)


class _Connection(asyncpg.Connection):
    """A connection that stays bound when it goes back to the pool, and is bound anew only for another tenant.

    So a statement costs one round trip, not three. Nothing else lasts from one user to the next: there are no session
    settings, cursors, advisory locks or listeners on it, and a transaction left open is rolled back.
    """

    __slots__ = ("_bound",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bound: UUID | Literal["unknown"] | None = "unknown"

    def get_reset_query(self) -> str:
        return ""

    async def bind(self, tenant: UUID | None) -> None:
        """Bind to the tenant. It counts as bound when that has succeeded; where it fails the pool closes the connection."""
        if self._bound != tenant:
            self._bound = "unknown"
            await self.execute("select set_config('app.tenant_id', $1, false)", "" if tenant is None else str(tenant))
            self._bound = tenant


async def _bind_connection(connection: Any) -> None:
    await connection.bind(_tenant.get())


async def open_database(url: str, *, system_url: str = "", pool: int = 8) -> None:
    """Open the pools of this process: the application's, and the system role's where a URL for it is given."""
    global _system_pool, _aside_pool
    DB.pool = await _app_pool(url, least=1, most=pool)
    _aside_pool = await _app_pool(url, least=0, most=ASIDE)
    if system_url:
        _system_pool = await asyncpg.create_pool(system_url, min_size=1, max_size=max(2, pool // 2), command_timeout=60)


async def _app_pool(url: str, *, least: int, most: int) -> asyncpg.Pool:
    return await asyncpg.create_pool(
        url,
        min_size=least,
        max_size=most,
        connection_class=_Connection,
        setup=_bind_connection,
        command_timeout=30,
        timeout=ACQUIRE_SECONDS,
    )


async def close_database() -> None:
    """Close the pools of this process."""
    global _system_pool, _aside_pool
    if _aside_pool is not None:
        await _aside_pool.close()
        _aside_pool = None
    if DB.pool is not None:
        await DB.pool.close()
        DB.pool = None
    if _system_pool is not None:
        await _system_pool.close()
        _system_pool = None


def bound_tenant() -> UUID | None:
    """The tenant that this task is bound to."""
    return _tenant.get()


@contextmanager
def bind(tenant_id: UUID | None) -> Iterator[None]:
    """Bind this task, and the tasks that it starts, to a tenant.

    Raises:
        RuntimeError: inside a transaction, where a change of tenant would have no effect.
    """
    if DB.current_transaction.get() is not None:
        raise RuntimeError("A transaction is open: its connection stays bound to its tenant.")
    token = _tenant.set(tenant_id)
    try:
        yield
    finally:
        _tenant.reset(token)


@asynccontextmanager
async def transaction() -> AsyncIterator[PostgresTransaction]:
    """One write, one transaction. Not nestable; nothing inside runs side by side.

    Piccolo's own context is not used: cancelled while it begins, or where its end fails, it would keep the connection.
    """
    opened = PostgresTransaction(DB, allow_nested=False)
    await _give_way()
    async with _acquired() as connection, connection.transaction():
        opened.connection = connection
        token = DB.current_transaction.set(opened)
        try:
            yield opened
        finally:
            DB.current_transaction.reset(token)


@asynccontextmanager
async def _acquired() -> AsyncIterator[Any]:
    """A connection of the pool for a moment. The pool's own time-out would cost a task for each statement."""
    pool = _aside_pool if _gap.get() is not None else DB.pool
    if pool is None:
        raise RuntimeError("The database is not open.")
    async with asyncio.timeout(ACQUIRE_SECONDS):
        connection = await pool.acquire()
    try:
        yield connection
    finally:
        await pool.release(connection)


async def rows(sql: str, *arguments: object) -> list[Row]:
    """Rows of a statement, as the bound tenant: through the open transaction, or a connection of the pool."""
    note(sql)
    await _give_way()
    opened = DB.current_transaction.get()
    if opened is not None:
        return list(await opened.connection.fetch(sql, *arguments))
    async with _acquired() as connection:
        return list(await connection.fetch(sql, *arguments))


async def row(sql: str, *arguments: object) -> Row | None:
    """The first row of a statement, or None."""
    found = await rows(sql, *arguments)
    return found[0] if found else None


async def value(sql: str, *arguments: object) -> Any:
    """The first column of the first row, or None."""
    found = await rows(sql, *arguments)
    return found[0][0] if found else None


async def system_rows(sql: str, *arguments: object) -> list[Row]:
    """Rows of a statement as the system role, which sees every tenant: relay, clock and operator only."""
    async with system_connection() as connection:
        return list(await connection.fetch(sql, *arguments))


@asynccontextmanager
async def system_connection() -> AsyncIterator[Any]:
    """A connection as the system role. Every UPDATE and DELETE through it names `tenant_id`."""
    if _system_pool is None:
        raise RuntimeError("This process has no connection as the system role.")
    async with _system_pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
        yield connection
