"""The embedded services of `npm start` and of the tests: PostgreSQL 18 and Redis as direct children, under one folder."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from infra.dev.data_folder import FolderLock, RememberedPorts, secret
from infra.dev.place import Place, find_place
from infra.dev.postgres import SUPERUSER, Postgres
from infra.dev.redis_server import RedisServer

DATABASE = "countersign"
OWNER, SYSTEM, APP = "countersign_owner", "countersign_system", "countersign_app"


@dataclass(frozen=True, repr=False)
class DatabaseUrls:
    """Addresses with passwords in them, one per role; `repr` leaves them out so that no log gets them."""

    admin: str
    owner: str
    system: str
    app: str


@dataclass(frozen=True, repr=False)
class ServiceUrls(DatabaseUrls):
    redis: str


class Services:
    """The running pair. Methods must be called from the thread that started it (see `infra.dev.child.spawn`)."""

    def __init__(self, data_dir: Path, lock: FolderLock, postgres: Postgres | None, redis: RedisServer | None) -> None:
        self.data_dir = data_dir
        self._postgres = postgres
        self._redis = redis
        self._lock = lock

    @property
    def postgres(self) -> Postgres:
        assert self._postgres is not None, "started without an embedded PostgreSQL"
        return self._postgres

    @property
    def redis(self) -> RedisServer:
        assert self._redis is not None, "started without an embedded Redis"
        return self._redis

    @property
    def urls(self) -> ServiceUrls:
        return self.urls_of(DATABASE)

    def urls_of(self, database: str) -> ServiceUrls:
        roles = self.database_urls(database)
        return ServiceUrls(
            admin=roles.admin, owner=roles.owner, system=roles.system, app=roles.app, redis=self.redis_url
        )

    def database_urls(self, database: str = DATABASE) -> DatabaseUrls:
        def dsn(role: str) -> str:
            return f"postgresql://{role}:{secret(self.data_dir, role)}@127.0.0.1:{self.postgres.port}/{database}"

        return DatabaseUrls(admin=dsn(SUPERUSER), owner=dsn(OWNER), system=dsn(SYSTEM), app=dsn(APP))

    @property
    def redis_url(self) -> str:
        return f"redis://:{secret(self.data_dir, 'redis')}@127.0.0.1:{self.redis.port}/0"

    def create_database(self, name: str, *, template: str | None = None) -> ServiceUrls:
        """A database that the owner role owns; empty, or a copy of `template`, to which nobody may be connected."""
        for identifier in (name, template or name):
            if re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", identifier) is None:
                raise ValueError(f"not a plain database name: {identifier!r}")
        copy = f" template {template} strategy file_copy" if template else ""
        self.postgres.run_sql(f"create database {name} owner {OWNER}{copy};\n{_access(name)}")
        return self.urls_of(name)

    def drop_database(self, name: str) -> None:
        """Ends the sessions in it first."""
        if re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", name) is None:
            raise ValueError(f"not a plain database name: {name!r}")
        self.postgres.run_sql(f"drop database if exists {name} with (force);")

    def poll(self) -> list[str]:
        """Start again what has died, at the same address; returns the names. Raises StartError if that fails."""
        revived = []
        if self._postgres is not None and self._postgres.has_died():
            self._postgres.start()
            revived.append("PostgreSQL")
        if self._redis is not None and self._redis.has_died():
            self._redis.start()
            revived.append("Redis")
        return revived

    def kill_redis(self) -> None:
        self.redis.kill()

    def start_redis(self) -> None:
        self.redis.start()

    def restart_redis(self) -> None:
        """A crash and a new, empty Redis at the same address."""
        self.redis.kill()
        self.redis.start()

    def stop(self) -> None:
        try:
            if self._redis is not None:
                self._redis.stop()
            if self._postgres is not None:
                self._postgres.stop()
        finally:
            self._lock.release()

    def __enter__(self) -> Services:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start_services(
    data_dir: Path,
    *,
    postgres_port: int | None = None,
    redis_port: int | None = None,
    fast: bool = False,
    only: Collection[Literal["postgres", "redis"]] = ("postgres", "redis"),
) -> Services:
    """Start them on `data_dir` and return when they answer and the roles and the database exist.

    Ports that are not given are those of the last start if they are free, else any. `fast` trades durability
    of the database for speed: for tests alone. `only` leaves out a server that runs elsewhere.
    Raises StartError, also when another process holds the folder.
    """
    data_dir = data_dir.resolve()
    lock = FolderLock(data_dir)
    lock.acquire()
    postgres: Postgres | None = None
    redis: RedisServer | None = None
    try:
        place = find_place(data_dir) if only else Place(account=None, folder=data_dir)
        ports = RememberedPorts(data_dir)
        logs = data_dir / "logs"
        chosen = {}
        if "redis" in only:
            chosen["redis"] = ports.choose("redis", redis_port)
            redis = RedisServer(place, logs, chosen["redis"], password=secret(data_dir, "redis"))
        if "postgres" in only:
            chosen["postgres"] = ports.choose("postgres", postgres_port)
            password = secret(data_dir, SUPERUSER)
            postgres = Postgres(place, logs, chosen["postgres"], password=password, fast=fast)
            postgres.start()
        if redis is not None:
            redis.start()
        ports.remember(chosen)
        services = Services(data_dir, lock, postgres, redis)
        if postgres is not None:
            _make_roles(services)
    except BaseException:
        for server in (redis, postgres):
            if server is not None:
                server.stop()
        lock.release()
        raise
    return services


def _make_roles(services: Services) -> None:
    """Roles with the passwords of the secrets folder, and the database. Safe to run at every start."""
    statements = []
    for role in (OWNER, SYSTEM, APP):
        statements.append(
            f"do $$ begin if not exists (select from pg_roles where rolname = '{role}') then "
            f"create role {role}; end if; end $$;\n"
            f"alter role {role} with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication "
            f"password '{secret(services.data_dir, role)}';"
        )
    statements.append(f"select 'exists' from pg_database where datname = '{DATABASE}';")  # noqa: S608 - a constant
    if services.postgres.run_sql("\n".join(statements)).strip() != "exists":
        services.create_database(DATABASE)


def _access(database: str) -> str:
    return f"revoke all on database {database} from public;\ngrant connect on database {database} to {SYSTEM}, {APP};"
