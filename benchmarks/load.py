"""Load companies with their people, clients and tickets, set by set.

Triggers for foreign keys are off and secondary indexes are dropped while rows stream in; afterwards the indexes are made
again and every foreign key of the catalogue is checked as a query, so that nothing stands here that could not be reached.
"""

import time
from collections.abc import Callable
from typing import Any, Final

import asyncpg

from backend.accounts.passwords import hash_password
from backend.database import close_database, open_database
from backend.tenants.create import NewTenant, create_tenant
from backend.tickets.lifecycle.presets import PRESETS
from benchmarks import load_sql as sql
from benchmarks.sizes import FIRST_NUMBER, RARE_EVERY, RARE_PLACE, RARE_WORD, Sizes
from benchmarks.words import phrases
from infra.dev.services import ServiceUrls

PASSWORD: Final = "correct horse battery"
BATCH: Final = 50_000
_POLICY: Final = "foundry"


def slug_of(number: int) -> str:
    return f"company{number}"


def host_of(number: int) -> str:
    return f"{slug_of(number)}.localhost"


async def load(urls: ServiceUrls, sizes: Sizes, say: Callable[[str], None]) -> None:
    """Fill an empty, migrated database."""
    began = time.perf_counter()
    counts = sizes.of_tenants()
    tenants = await _make_tenants(urls, len(counts))
    connection = await asyncpg.connect(urls.admin, command_timeout=None)
    try:
        await connection.execute(
            "set session_replication_role = replica; set synchronous_commit = off; "
            "set maintenance_work_mem = '512MB'; set work_mem = '64MB'; set app.tenant_id = ''"
        )
        indexes = await _drop_secondary_indexes(connection)
        await connection.execute("create temp table phrases (id int primary key, words text not null)")
        await connection.copy_records_to_table("phrases", records=list(enumerate(phrases())))
        password_hash = await hash_password(PASSWORD)
        done = 0
        for batch in _batches(list(zip(tenants, counts, strict=True))):
            sized = [(tenant, n, sizes.clients_of(n)) for tenant, n in batch]
            await _load_batch(connection, sized, password_hash)
            done += sum(n for _, n in batch)
            say(f"{done:,} tickets after {time.perf_counter() - began:.0f} s")
        for index in indexes:
            await connection.execute(index)
        await connection.execute("vacuum (analyze)")
        await _check(connection)
        await connection.execute("checkpoint")
    finally:
        await connection.close()
    say(f"Loaded and checked in {time.perf_counter() - began:.0f} s")


async def _make_tenants(urls: ServiceUrls, count: int) -> list[Any]:
    await open_database(urls.app, system_url=urls.system, pool=2)
    try:
        made = []
        for number in range(1, count + 1):
            actor = await create_tenant(
                NewTenant(
                    slug=slug_of(number),
                    name=f"Company {number}",
                    hosts=(host_of(number),),
                    mail_domain=f"{slug_of(number)}.example",
                    language="en",
                    time_zone="Europe/Amsterdam",
                    policy_name=_POLICY,
                    policy=PRESETS[_POLICY],
                )
            )
            made.append(actor.tenant_id)
        return made
    finally:
        await close_database()


def _batches(tenants: list[tuple[Any, int]]) -> list[list[tuple[Any, int]]]:
    """Tenants together of which the tickets lie interleaved in time, as they would come in."""
    batches: list[list[tuple[Any, int]]] = [[]]
    for tenant in tenants:
        if batches[-1] and sum(n for _, n in batches[-1]) + tenant[1] > BATCH:
            batches.append([])
        batches[-1].append(tenant)
    return batches


async def _load_batch(connection: Any, batch: list[tuple[Any, int, int]], password_hash: str) -> None:
    async with connection.transaction():
        await connection.execute("create temp table batch (tenant_id uuid, tickets int, clients int) on commit drop")
        await connection.copy_records_to_table("batch", records=batch)
        for statement in sql.PEOPLE:
            await connection.execute(statement, *([password_hash] if "$1" in statement else []))
        await connection.execute(sql.DRAWN, FIRST_NUMBER)
        await connection.execute("analyze drawn")
        await connection.execute(sql.TEXTS, RARE_EVERY, RARE_PLACE, RARE_WORD)
        for statement in sql.ROWS:
            await connection.execute(statement)


async def _drop_secondary_indexes(connection: Any) -> list[str]:
    """Drop the indexes of the great tables that no constraint needs; the statements that make them again."""
    found = await connection.fetch(
        """select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made_by
             from pg_index i
            where i.indrelid = any(array['tickets', 'messages', 'search_entries', 'attestations', 'attestation_persons',
                                         'events', 'deliveries',
                                         'outgoing_mails', 'timers']::regclass[])
              and not exists (select from pg_constraint c where c.conindid = i.indexrelid)"""
    )
    for each in found:
        await connection.execute(f"drop index {each['name']}")
    return [each["made_by"] for each in found]


async def _check(connection: Any) -> None:
    """Raises: RuntimeError where a row breaks a foreign key."""
    keys = await connection.fetch(
        """select c.conname, c.conrelid::regclass::text as source, c.confrelid::regclass::text as target,
                  (select array_agg(a.attname order by k.n) from unnest(c.conkey) with ordinality k (number, n)
                     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number) as columns,
                  (select array_agg(a.attname order by k.n) from unnest(c.confkey) with ordinality k (number, n)
                     join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number) as keys
             from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace"""
    )
    for key in keys:
        joined = " and ".join(f"t.{k} = s.{c}" for c, k in zip(key["columns"], key["keys"], strict=True))
        given = " and ".join(f"s.{column} is not null" for column in key["columns"])
        broken = await connection.fetchval(
            f"select count(*) from {key['source']} s left join {key['target']} t on {joined} "
            f"where {given} and t.{key['keys'][-1]} is null"
        )
        if broken:
            raise RuntimeError(f"{broken} rows of {key['source']} break {key['conname']}.")
