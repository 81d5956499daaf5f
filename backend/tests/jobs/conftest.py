"""A database and a Redis of their own for tests that stop servers and kill workers, and the workers themselves."""

import asyncio
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import pytest

from backend.clock import refresh
from backend.database import close_database, open_database
from backend.redis import another_redis
from backend.tests.conftest import SECRET_KEY, TEMPLATE
from backend.tests.folders import server_folder
from backend.tests.jobs.happenings import TRACES
from infra.dev.services import Services, ServiceUrls, start_services


def _until_started(process: subprocess.Popen[bytes], log: Path) -> None:
    """A process that is still importing knows no signal yet. Returns at once where it has ended."""
    deadline = time.monotonic() + 30
    while process.poll() is None and not _has_started(log):
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def _has_started(log: Path) -> bool:
    return "worker_started" in log.read_text()


_logs = itertools.count(1)
_systems = itertools.count(1)
"""A process that leaves this folder for the tests of another sets up anew when it comes back."""


@dataclass(frozen=True, kw_only=True)
class System:
    """What a test of this folder runs on. This process is connected to it as well."""

    urls: ServiceUrls
    redis: Services
    folder: Path
    logs: dict[int, Path] = field(default_factory=dict)

    @contextmanager
    def worker(self, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
        """A running worker; ended by SIGTERM when the block ends, unless the test killed it."""
        environment = {
            **os.environ,
            "COUNTERSIGN_DATABASE_URL": self.urls.app,
            "COUNTERSIGN_SYSTEM_DATABASE_URL": self.urls.system,
            "COUNTERSIGN_REDIS_URL": self.redis.redis_url,
            "COUNTERSIGN_SECRET_KEY": SECRET_KEY,
            "COUNTERSIGN_DATA_DIR": str(self.folder),
            **settings,
        }
        log = self.folder / f"worker-{next(_logs)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "backend.tests.jobs.worker_process"],
                env=environment,
                stderr=output,
                stdout=output,
            )
        self.logs[process.pid] = log
        try:
            yield process
            _until_started(process, log)
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                assert process.wait(timeout=10) == 0, log.read_text()
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            sys.stdout.write(log.read_text())

    def has_started(self, worker: subprocess.Popen[bytes]) -> bool:
        """Whether it claims and works by now."""
        return _has_started(self.logs[worker.pid])


@pytest.fixture(scope="package")
async def system(urls: ServiceUrls, worker_id: str, database: None) -> AsyncIterator[System]:
    name = f"jobs_{worker_id}_{next(_systems)}"
    admin = await asyncpg.connect(urls.admin.rsplit("/", 1)[0] + "/postgres")
    try:
        await admin.execute("select pg_advisory_lock(1)")
        await admin.execute(f"create database {name} template {TEMPLATE} owner countersign_owner")
    finally:
        await admin.close()
    own = ServiceUrls(
        redis="",
        **{role: getattr(urls, role).rsplit("/", 1)[0] + f"/{name}" for role in ("admin", "owner", "system", "app")},
    )
    owner = await asyncpg.connect(own.owner)
    await owner.execute(TRACES)
    await owner.close()
    folder = server_folder("jobs")
    redis = start_services(folder, only={"redis"})
    await close_database()
    await open_database(own.app, system_url=own.system, pool=12)
    await refresh()
    async with another_redis(redis.redis_url):
        yield System(urls=own, redis=redis, folder=folder)
    await close_database()
    redis.stop()
    await open_database(urls.app, system_url=urls.system, pool=12)
    await refresh()


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    """Ask until it holds. Raises: TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)
