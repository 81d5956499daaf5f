"""The operator's verbs as a person runs them: a process of its own, on databases of its own."""

import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from backend.tests.conftest import SECRET_KEY, TEMPLATE
from infra.dev.data_folder import free_port
from infra.dev.services import ServiceUrls

ROOT = Path(__file__).resolve().parents[3]
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Ran:
    """How a verb ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, repr=False)
class Place:
    """A database with a data folder: what a verb works on."""

    urls: ServiceUrls
    data_dir: Path
    smtp_url: str = "smtp://127.0.0.1:1"

    def environment(self, **settings: str) -> dict[str, str]:
        """What a verb is told of the place; settings by name, in lower case."""
        given = {
            "database_url": self.urls.app,
            "owner_database_url": self.urls.owner,
            "system_database_url": self.urls.system,
            "redis_url": self.urls.redis,
            "smtp_url": self.smtp_url,
            "data_dir": str(self.data_dir),
            "secret_key": SECRET_KEY,
            **settings,
        }
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERSIGN_")}
        return environment | {f"COUNTERSIGN_{name.upper()}": value for name, value in given.items()}

    async def cli(self, *words: str, stdout: int = subprocess.PIPE, **settings: str) -> Ran:
        """Run a verb there; settings by name, in lower case."""
        ran = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "backend.cli", *words],
            cwd=ROOT,
            env=self.environment(**settings),
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
        assert "Traceback" not in ran.stderr, ran.stderr
        return Ran(ran.returncode, ran.stdout or "", ran.stderr)

    async def admin(self, *statements: str) -> None:
        """Do as the server's administrator, whom nothing stops."""
        connection = await asyncpg.connect(self.urls.admin)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def look(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        """Read as the owner, who sees every tenant."""
        connection = await asyncpg.connect(self.urls.owner)
        try:
            return list(await connection.fetch(sql, *arguments))
        finally:
            await connection.close()


class Databases:
    """Makes databases on the server of the tests, and removes them in the end."""

    def __init__(self, urls: ServiceUrls) -> None:
        self._urls = urls
        self._own = urls.app.rsplit("/", 1)[1]
        self.made: list[str] = []

    async def make(self, data_dir: Path, *, template: str | None = TEMPLATE, smtp_url: str = "") -> Place:
        """A database like the template, or an empty one where that is None."""
        name = f"{self._own}_{next(_numbers)}"
        like = f" template {template}" if template else ""
        await self._server(f"create database {name} owner countersign_owner{like}")
        self.made.append(name)
        roles = {
            role: getattr(self._urls, role).replace(f"/{self._own}", f"/{name}")
            for role in ("admin", "owner", "system", "app")
        }
        return Place(ServiceUrls(**roles, redis=self._urls.redis), data_dir, smtp_url or "smtp://127.0.0.1:1")

    async def remove(self) -> None:
        for name in self.made:
            await self._server(f"drop database {name} with (force)")

    async def _server(self, statement: str) -> None:
        connection = await asyncpg.connect(self._urls.admin.replace(f"/{self._own}", "/postgres"))
        try:
            await connection.execute("select pg_advisory_lock(1)")  # A template is copied by one at a time.
            await connection.execute(statement)
        finally:
            await connection.close()


@pytest.fixture(scope="session")
async def databases(urls: ServiceUrls) -> AsyncIterator[Databases]:
    made = Databases(urls)
    yield made
    await made.remove()


@pytest.fixture(scope="session")
def smtp_url() -> Iterator[str]:
    """A mail server that takes everything and keeps nothing."""
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    server.start()
    yield f"smtp://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture(scope="session")
async def demo(databases: Databases, smtp_url: str, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A database into which the demo was loaded; for looking, not for changing."""
    place = await databases.make(tmp_path_factory.mktemp("demo"), smtp_url=smtp_url)
    ran = await place.cli("demo")
    assert ran.code == 0, ran.err
    return place
