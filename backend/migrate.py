"""Migrations: numbered SQL files, each applied once, in order, as the owner, in a transaction of its own.

Hand-written, and safe to run before the new code: a lock that is not had within four seconds ends the run.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import asyncpg

FOLDER = Path(__file__).parent / "migrations"
_RUN_LOCK = 7_210_441  # One migration at a time, whoever starts it.


class MigrationError(Exception):
    """The migrations cannot be applied; the message says what to do."""


def role_of(url: str) -> str:
    """The role that a database URL signs in as."""
    return unquote(urlsplit(url).username or "")


async def migrate(owner_url: str, *, system_url: str, app_url: str) -> list[str]:
    """Apply what has not been applied. Returns the names of the files that were.

    Raises:
        MigrationError: a role is missing; the message holds the SQL that makes it.
    """
    connection = await asyncpg.connect(owner_url)
    try:
        await _require_roles(connection, {"system": system_url, "app": app_url})
        await connection.execute("select pg_advisory_lock($1)", _RUN_LOCK)
        await connection.execute(
            "create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())"
        )
        done = {found["name"] for found in await connection.fetch("select name from schema_migrations")}
        names = {"owner": role_of(owner_url), "system": role_of(system_url), "app": role_of(app_url)}
        applied = []
        for file in sorted(FOLDER.glob("[0-9]*.sql")):
            if file.stem in done:
                continue
            sql = file.read_text()
            for role, name in names.items():
                sql = sql.replace("{" + role + "}", '"' + name.replace('"', '""') + '"')
            async with connection.transaction():
                await connection.execute("set local lock_timeout = '4s'")
                await connection.execute(sql)
                await connection.execute("insert into schema_migrations (name) values ($1)", file.stem)
            applied.append(file.stem)
        return applied
    finally:
        await connection.close()


async def _require_roles(connection: asyncpg.Connection, urls: dict[str, str]) -> None:
    """Make the roles that are missing, where the owner may; else say how."""
    missing = []
    for url in urls.values():
        name = role_of(url)
        if not await connection.fetchval("select 1 from pg_roles where rolname = $1", name):
            missing.append((name, unquote(urlsplit(url).password or "")))
    if not missing:
        return
    may = await connection.fetchval("select rolcreaterole or rolsuper from pg_roles where rolname = current_user")
    if not may:
        statements = "\n".join(f"  create role \"{name}\" login password '...';" for name, _ in missing)
        raise MigrationError(
            "The database lacks roles that the owner may not make. As an administrator of the server, run:\n"
            + statements
        )
    for name, password in missing:
        quoted = await connection.fetchval(
            "select format('create role %I login password %L', $1::text, $2::text)", name, password
        )
        await connection.execute(quoted)
