"""Look whether everything is well: one line a check, exit code 1 when something is not."""

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import asyncpg

from backend.operator.checks.catalogue import check_constraints, check_migrations, check_roles, check_row_security
from backend.operator.checks.finding import Finding
from backend.operator.checks.keys import check_keys
from backend.operator.checks.proofs import check_proofs
from backend.operator.checks.running import check_effects, check_mail, check_redis, check_time, check_version
from backend.operator.embedded import completed
from backend.operator.trouble import CannotDo, plain_database_trouble
from backend.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    del parser


def run(settings: Settings, arguments: Namespace) -> int:
    return asyncio.run(_examine(completed(settings)))


async def _examine(settings: Settings) -> int:
    wrong = 0
    async for finding in examine(settings):
        print(f"{'ok   ' if finding.well else 'WRONG'}  {finding.about:<12}  {finding.words}", flush=True)
        wrong += not finding.well
    return 1 if wrong else 0


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Every check in turn; those of the database only when it can be reached."""
    async for finding in _examine_database(settings):
        yield finding
    yield await check_redis(settings)
    yield await check_mail(settings)


async def _examine_database(settings: Settings) -> AsyncIterator[Finding]:
    async with AsyncExitStack() as stack:
        connections = []
        for url in (settings.owner_database_url, settings.system_database_url, settings.database_url):
            try:
                with plain_database_trouble(url):
                    connection = await asyncpg.connect(url, timeout=10, command_timeout=600)
            except CannotDo as trouble:
                yield Finding(about="database", well=False, words=str(trouble))
                return
            stack.push_async_callback(connection.close)
            connections.append(connection)
        owner, system, app = connections
        yield await check_version(owner)
        yield await check_roles(owner, settings)
        migrations = await check_migrations(owner)
        yield migrations
        if not migrations.well:
            return
        yield await check_row_security(owner, app)
        yield await check_constraints(owner)
        yield await check_time(system, settings)
        yield await check_effects(system)
        yield await check_keys(system, settings)
        yield await check_proofs(system, settings)
