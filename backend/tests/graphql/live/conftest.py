"""A web process and a worker as `npm start` runs them, with a database and a Redis of their own, and sockets to them."""

import asyncio
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import pytest

from backend.clock import refresh
from backend.database import close_database, open_database
from backend.redis import close_redis, open_redis
from backend.tests.conftest import SECRET_KEY, TEMPLATE
from backend.tests.folders import server_folder
from infra.dev.data_folder import free_port
from infra.dev.services import Services, ServiceUrls, start_services

ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True, slots=True)
class Running:
    """The port of the web process, and the Redis that may be killed. This process works on the same database."""

    port: int
    redis: Services


_systems = itertools.count(1)
"""A process that leaves this folder for the tests of another sets up anew when it comes back."""


@pytest.fixture(scope="package")
async def running(urls: ServiceUrls, worker_id: str, database: None) -> AsyncIterator[Running]:
    own = await _database(urls, f"live_{worker_id}_{next(_systems)}")
    folder = server_folder("live")
    redis = start_services(folder, only={"redis"})
    await close_database()
    await open_database(own.app, system_url=own.system, pool=12)
    await refresh()
    await close_redis()
    open_redis(redis.redis_url)
    port = free_port()
    settings = {
        "DATABASE_URL": own.app, "SYSTEM_DATABASE_URL": own.system, "OWNER_DATABASE_URL": own.owner, "REDIS_URL": redis.redis_url,
        "SECRET_KEY": SECRET_KEY, "PORT": str(port), "DATA_DIR": str(folder / "data"), "SMTP_URL": "smtp://127.0.0.1:1", "LOG_LEVEL": "warning",
    }  # fmt: skip
    with _process("web", settings, folder), _process("worker", settings, folder):
        await _until_ready(port)
        yield Running(port, redis)
    await close_redis()
    await close_database()
    redis.stop()
    await open_database(urls.app, system_url=urls.system, pool=12)
    open_redis(urls.redis)
    await refresh()


async def _database(urls: ServiceUrls, name: str) -> ServiceUrls:
    admin = await asyncpg.connect(urls.admin.rsplit("/", 1)[0] + "/postgres")
    try:
        await admin.execute("select pg_advisory_lock(1)")
        await admin.execute(f"create database {name} template {TEMPLATE} owner countersign_owner")
    finally:
        await admin.close()
    roles = {role: getattr(urls, role).rsplit("/", 1)[0] + f"/{name}" for role in ("admin", "owner", "system", "app")}
    return ServiceUrls(redis="", **roles)


@contextmanager
def _process(verb: str, settings: dict[str, str], folder: Path) -> Iterator[None]:
    """A verb of the command line in a process of its own, ended by SIGTERM; nothing unexpected may stand in its log."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERSIGN_")}
    environment |= {f"COUNTERSIGN_{name}": value for name, value in settings.items()}
    log = folder / f"{verb}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "backend.cli", verb], env=environment, cwd=ROOT, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        written = log.read_text()
        sys.stdout.write(written)
    assert "unexpected error" not in written, written
    assert "Exception in worker task" not in written, written


async def _until_ready(port: int) -> None:
    async with asyncio.timeout(60), httpx.AsyncClient() as http:
        while True:
            try:
                answer = await http.get(f"http://127.0.0.1:{port}/health/ready")
            except httpx.TransportError:
                await asyncio.sleep(0.1)
                continue
            if answer.status_code == 200 and answer.json() == {"database": True, "redis": True}:
                return
            await asyncio.sleep(0.1)
