"""Real PostgreSQL and Redis for every test: started once a run, a database of its own for each worker process.

Each test makes its own tenant (see `a_tenant`), so nothing is cleaned up and a leak between tenants shows as a bug.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest
from litestar import Litestar
from redis.asyncio import Redis

from backend import files
from backend.app import create_app
from backend.clock import refresh
from backend.database import close_database, open_database
from backend.files import open_files
from backend.keys import set_secret_key
from backend.migrate import migrate
from backend.redis import close_redis, open_redis
from backend.settings import Settings
from backend.tests.folders import close_run_folder, open_run_folder
from infra.dev.services import Services, ServiceUrls, start_services

TEMPLATE = "countersign_template"
SECRET_KEY = "a secret key for tests, forty characters"
_URLS = "COUNTERSIGN_TEST_URLS"
_services: Services | None = None
_folder: Path | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers before the worker processes, which find them by an environment variable."""
    global _services, _folder
    set_secret_key(SECRET_KEY)
    if _URLS in os.environ or config.option.collectonly:
        return
    _folder = open_run_folder()
    _services = start_services(_folder, fast=True)
    urls = _services.create_database(TEMPLATE)
    asyncio.run(migrate(urls.owner, system_url=urls.system, app_url=urls.app))
    os.environ[_URLS] = msgspec.json.encode(vars_of(urls)).decode()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Also when the start or the run was interrupted."""
    global _services, _folder
    if _services is not None:
        _services.stop()
        _services = None
        os.environ.pop(_URLS, None)
    if _folder is not None:
        close_run_folder(_folder)
        _folder = None


def vars_of(urls: ServiceUrls) -> dict[str, str]:
    return {name: getattr(urls, name) for name in ("admin", "owner", "system", "app", "redis")}


@pytest.fixture(scope="session")
async def urls(worker_id: str) -> ServiceUrls:
    """The addresses of this worker's own database, copied from the migrated template, and of its own Redis number."""
    import asyncpg

    found = msgspec.json.decode(os.environ[_URLS])
    name = f"test_{worker_id}"
    admin = await asyncpg.connect(found["admin"].replace(f"/{TEMPLATE}", "/postgres"))
    try:
        await admin.execute("select pg_advisory_lock(1)")
        await admin.execute(f"create database {name} template {TEMPLATE} owner countersign_owner")
    finally:
        await admin.close()
    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw")) + 1
    own = {role: url.replace(f"/{TEMPLATE}", f"/{name}") for role, url in found.items()}
    return ServiceUrls(**{**own, "redis": found["redis"].rsplit("/", 1)[0] + f"/{number}"})


@pytest.fixture(scope="session", autouse=True)
async def database(urls: ServiceUrls, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[None]:
    """The pools of this process, open for the whole run."""
    await open_database(urls.app, system_url=urls.system, pool=12)
    open_redis(urls.redis)
    await refresh()
    open_files(tmp_path_factory.mktemp("files"))
    yield
    await close_redis()
    await close_database()


@pytest.fixture(autouse=True, scope="module")
def _files_of_all_modules() -> Iterator[None]:
    """A module that opens a store of files of its own leaves the one that was there before."""
    before = files._store
    yield
    if before is not None:
        files._store = before


@pytest.fixture(scope="session")
def settings(urls: ServiceUrls, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a development system on this worker's database."""
    return Settings(
        database_url=urls.app,
        owner_database_url=urls.owner,
        system_database_url=urls.system,
        redis_url=urls.redis,
        secret_key=SECRET_KEY,
        data_dir=tmp_path_factory.mktemp("data"),
        log_level="warning",
    )


@pytest.fixture(scope="session")
def app(settings: Settings, database: None) -> Litestar:
    """The web application, on the pools that the tests use too: its own life cycle is tested elsewhere."""
    open_files(settings.data_dir / "files")
    return create_app(settings)


@pytest.fixture(scope="session")
async def _own_redis(urls: ServiceUrls) -> AsyncIterator[Redis]:
    """A connection of the tests' own, beside the one of the code: tests stop servers and open others."""
    async with Redis.from_url(urls.redis) as connected:
        yield connected


@pytest.fixture(autouse=True)
async def _tries_of_this_test_alone(_own_redis: Redis) -> None:
    """All tests come from one network address, whose tries are counted for a quarter of an hour."""
    if counted := await _own_redis.keys("*:127.0.0.1"):
        await _own_redis.delete(*counted)
