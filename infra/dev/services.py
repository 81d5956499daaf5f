"""The embedded services of `npm start` and of the tests: PostgreSQL 18 and Redis as direct children, under one folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from infra.dev.data_folder import FolderLock, RememberedPorts, secret
from infra.dev.place import find_place
from infra.dev.postgres import SUPERUSER, Postgres
from infra.dev.redis_server import RedisServer

DATABASE = "countersign"
OWNER, SYSTEM, APP = "countersign_owner", "countersign_system", "countersign_app"


@dataclass(frozen=True, repr=False)
class ServiceUrls:
    """Addresses with passwords in them, one per role; `repr` leaves them out so that no log gets them."""

    admin: str
    owner: str
    system: str
    app: str
    redis: str


class Services:
    """The running pair. Methods must be called from the thread that started it (see `infra.dev.child.spawn`)."""

    def __init__(self, data_dir: Path, lock: FolderLock, postgres: Postgres, redis: RedisServer) -> None:
        self.data_dir = data_dir
        self.postgres = postgres
        self.redis = redis
        self._lock = lock

    @property
    def urls(self) -> ServiceUrls:
        return self.urls_of(DATABASE)

    def urls_of(self, database: str) -> ServiceUrls:
        def dsn(role: str) -> str:
            return f"postgresql://{role}:{secret(self.data_dir, role)}@127.0.0.1:{self.postgres.port}/{database}"

        return ServiceUrls(
            admin=dsn(SUPERUSER),
            owner=dsn(OWNER),
            system=dsn(SYSTEM),
            app=dsn(APP),
            redis=f"redis://:{secret(self.data_dir, 'redis')}@127.0.0.1:{self.redis.port}/0",
        )

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
        if self.postgres.has_died():
            self.postgres.start()
            revived.append("PostgreSQL")
        if self.redis.has_died():
            self.redis.start()
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
            self.redis.stop()
            self.postgres.stop()
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
) -> Services:
    """Start both on `data_dir` and return when they answer and the roles and the database exist.

    Ports that are not given are those of the last start if they are free, else any. `fast` trades durability
    of the database for speed: for tests only. Raises StartError, also when another process holds the folder.
    """
    data_dir = data_dir.resolve()
    lock = FolderLock(data_dir)
    lock.acquire()
    started: list[Postgres | RedisServer] = []
    try:
        place = find_place(data_dir)
        ports = RememberedPorts(data_dir)
        logs = data_dir / "logs"
        redis = RedisServer(place, logs, ports.choose("redis", redis_port), password=secret(data_dir, "redis"))
        postgres = Postgres(
            place, logs, ports.choose("postgres", postgres_port), password=secret(data_dir, SUPERUSER), fast=fast
        )
        started.append(postgres)
        postgres.start()
        started.append(redis)
        redis.start()
        ports.remember({"postgres": postgres.port, "redis": redis.port})
        services = Services(data_dir, lock, postgres, redis)
        _make_roles(services)
    except BaseException:
        for server in reversed(started):
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
