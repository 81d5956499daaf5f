"""A loaded database for the tests, made by a process of its own: loading opens and closes the pools of its process."""

import asyncio
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import asyncpg
import msgspec

from backend.tests.conftest import _URLS as URLS
from backend.tests.conftest import TEMPLATE
from benchmarks.load import load
from benchmarks.sizes import Sizes
from infra.dev.services import ServiceUrls

_LOADED = "countersign_loaded"
SIZES = Sizes(tickets=6_000, tenants=7, clients=600)

EVERYONE_SIGNED_IN = """
    insert into sessions (tenant_id, id, account_id, token_hash, created_at, expires_at, address)
    select tenant_id, uuidv7(), id, sha256((id::text || n)::bytea), now(), now() + interval '1 day', '192.0.2.1'
      from accounts, generate_series(1, 3) n
"""


async def a_database(name: str, *, template: str = TEMPLATE) -> ServiceUrls:
    """A new database on the server of the tests, migrated or as the template is; its addresses."""
    admin = await _administrator()
    await admin.execute("select pg_advisory_lock(1)")
    await admin.execute(f"create database {name} template {template} owner countersign_owner")
    await admin.close()
    return _urls(name)


async def a_loaded_database(worker_id: str) -> ServiceUrls:
    """The addresses of a new database with what the benchmarks load, once for all processes of the run."""
    admin = await _administrator()
    await admin.execute("select pg_advisory_lock(2)")
    if not await admin.fetchval("select exists (select from pg_database where datname = $1)", _LOADED):
        await _load(await a_database(_LOADED))
    await admin.close()
    return await a_database(f"test_{worker_id}_loaded", template=_LOADED)


async def _load(target: ServiceUrls) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        await asyncio.get_running_loop().run_in_executor(process, load_now, target)
    system = await asyncpg.connect(target.system)
    await system.execute(EVERYONE_SIGNED_IN)
    await system.close()
    owner = await asyncpg.connect(target.owner)
    await owner.execute("analyze sessions")
    await owner.close()


async def _administrator() -> Any:
    url: str = msgspec.json.decode(os.environ[URLS])["admin"]
    return await asyncpg.connect(url.replace(f"/{TEMPLATE}", "/postgres"))


def _urls(name: str) -> ServiceUrls:
    found = msgspec.json.decode(os.environ[URLS])
    return ServiceUrls(**{role: url.replace(f"/{TEMPLATE}", f"/{name}") for role, url in found.items()})


def load_now(target: ServiceUrls) -> None:
    asyncio.run(load(target, SIZES, lambda words: None))
