"""A loaded database for the tests, made by a process of its own: loading opens and closes the pools of its process."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import asyncpg

from backend.tests.conftest import TEMPLATE
from benchmarks.load import load
from benchmarks.sizes import Sizes
from infra.dev.services import ServiceUrls

SIZES = Sizes(tickets=6_000, tenants=7, clients=600)

EVERYONE_SIGNED_IN = """
    insert into sessions (tenant_id, id, account_id, token_hash, created_at, expires_at, address)
    select tenant_id, uuidv7(), id, sha256((id::text || n)::bytea), now(), now() + interval '1 day', '192.0.2.1'
      from accounts, generate_series(1, 3) n
"""


async def a_loaded_database(urls: ServiceUrls) -> ServiceUrls:
    """The addresses of a new database with what the benchmarks load."""
    name = f"{urls.admin.rsplit('/', 1)[1]}_loaded"
    admin = await asyncpg.connect(urls.admin)
    await admin.execute("select pg_advisory_lock(1)")
    await admin.execute(f"create database {name} template {TEMPLATE} owner countersign_owner")
    await admin.close()
    own = {each: getattr(urls, each).rsplit("/", 1)[0] + f"/{name}" for each in ("admin", "owner", "system", "app")}
    target = ServiceUrls(**own, redis=urls.redis)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        await asyncio.get_running_loop().run_in_executor(process, load_now, target)
    system = await asyncpg.connect(target.system)
    await system.execute(EVERYONE_SIGNED_IN)
    await system.close()
    owner = await asyncpg.connect(target.owner)
    await owner.execute("analyze sessions")
    await owner.close()
    return target


def load_now(target: ServiceUrls) -> None:
    asyncio.run(load(target, SIZES, lambda words: None))
