"""The database itself keeps tenants apart, whatever the code above it does."""

import asyncpg
import pytest

from backend.database import bind, rows, transaction, value
from backend.tests.factories import a_contact, a_tenant
from infra.dev.services import ServiceUrls

WITHOUT_TENANT = {"clock", "schema_migrations"}


async def tables(urls: ServiceUrls) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(urls.owner)
    try:
        return list(
            await connection.fetch(
                """select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
                          pg_get_userbyid(c.relowner) as owner,
                          (select array_agg(a.attname::text order by k.n) from pg_index i cross join lateral unnest(i.indkey) with ordinality k(attnum, n)
                             join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                            where i.indrelid = c.oid and i.indisprimary) as key
                     from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace"""
            )
        )
    finally:
        await connection.close()


async def test_every_table_is_secured_by_force_or_stands_in_the_list(urls: ServiceUrls) -> None:
    for table in await tables(urls):
        assert table["owner"] == "countersign_owner"
        if table["name"] in WITHOUT_TENANT:
            continue
        assert table["secured"], table["name"]
        assert table["forced"], table["name"]
        if table["name"] != "tenants":
            assert table["key"][0] == "tenant_id", table["name"]


async def test_with_no_tenant_bound_every_tenant_table_reads_empty(urls: ServiceUrls) -> None:
    tenant = await a_tenant()
    await a_contact(tenant, card="4242")
    for table in await tables(urls):
        if table["name"] in WITHOUT_TENANT:
            continue
        assert await value(f'select count(*) from "{table["name"]}"') == 0, table["name"]
    with bind(tenant.id):
        assert await value("select count(*) from accounts") == 1


async def test_the_application_cannot_write_into_another_tenant() -> None:
    mine, other = await a_tenant(), await a_tenant()
    with bind(mine.id), pytest.raises(asyncpg.InsufficientPrivilegeError):
        await rows(
            "insert into clients (tenant_id, id, number, name, created_at) values ($1, $2, 1, 'x', now())",
            other.id,
            other.id,
        )
    with bind(mine.id):
        await rows("update tenants set name = 'taken over'")
    with bind(other.id):
        assert await value("select name from tenants") != "taken over"


async def test_no_role_bypasses_row_security_and_the_application_owns_nothing(urls: ServiceUrls) -> None:
    connection = await asyncpg.connect(urls.owner)
    try:
        for role in await connection.fetch(
            "select * from pg_roles where rolname in ('countersign_owner', 'countersign_system', 'countersign_app')"
        ):
            assert not role["rolbypassrls"], role["rolname"]
            assert not role["rolsuper"], role["rolname"]
        owned = await connection.fetchval(
            "select count(*) from pg_class where pg_get_userbyid(relowner) in ('countersign_app', 'countersign_system')"
        )
        assert owned == 0
    finally:
        await connection.close()


async def test_attestations_and_events_can_only_be_added_to(urls: ServiceUrls) -> None:
    tenant = await a_tenant()
    for statement in ("update events set type = 'x'", "delete from events", "update attestations set level = 'card'",
                      "delete from attestations", "delete from proof_attempts", "update messages set body = 'x'"):  # fmt: skip
        with bind(tenant.id), pytest.raises(asyncpg.InsufficientPrivilegeError):
            await rows(statement)


async def test_the_tenant_cannot_change_inside_a_transaction() -> None:
    mine, other = await a_tenant(), await a_tenant()
    with bind(mine.id):
        async with transaction():
            with pytest.raises(RuntimeError, match="transaction is open"), bind(other.id):
                pass
