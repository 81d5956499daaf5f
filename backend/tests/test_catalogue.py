"""The tables as the code defines them are the tables of the database: columns, types, nulls, keys, row security."""

import pkgutil
from collections.abc import AsyncIterator
from importlib import import_module

import asyncpg
import pytest
from piccolo.columns import Array, Column
from piccolo.table import Table

import backend
from infra.dev.services import ServiceUrls

WITHOUT_TENANT = {"clock", "schema_migrations"}
# Written and read by SQL alone: no definition of theirs could be wrong.
BY_SQL_ALONE = {"clock", "schema_migrations", "events", "deliveries", "tenant_keys", "attestation_heads"}
# A session can be erased with its person; the attestation that was made in it is append-only and stays.
NAMES_WHAT_MAY_BE_GONE = {"attestations.session_id"}
COLUMNS_BY_SQL_ALONE = {("search_entries", "vector")}
SQL_TYPES = {
    "UUID": "uuid", "Text": "text", "BigInt": "bigint", "Integer": "integer", "SmallInt": "smallint", "Boolean": "boolean",
    "Timestamptz": "timestamp with time zone", "JSONB": "jsonb", "Bytea": "bytea", "DoublePrecision": "double precision",
}  # fmt: skip


def defined() -> dict[str, type[Table]]:
    """Every table that any module `tables` defines, by its name in the database."""
    for module in pkgutil.walk_packages(backend.__path__, "backend."):
        if module.name.endswith(".tables"):
            import_module(module.name)
    return {table._meta.tablename: table for table in Table.__subclasses__() if table.__module__.startswith("backend.")}


@pytest.fixture(scope="module")
async def owner(urls: ServiceUrls) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(urls.owner)
    yield connection
    await connection.close()


async def test_every_table_of_the_database_is_defined_in_code_and_the_other_way_round(
    owner: asyncpg.Connection,
) -> None:
    found = await owner.fetch("select tablename from pg_tables where schemaname = 'public'")
    assert {each[0] for each in found} - BY_SQL_ALONE == set(defined()) - BY_SQL_ALONE


def sql_type_of(column: Column) -> str:
    """The type in the database of a column as it is defined."""
    if isinstance(column, Array):
        return f"{SQL_TYPES[type(column.base_column).__name__]}[]"
    return SQL_TYPES[type(column).__name__]


@pytest.mark.parametrize("name", sorted(defined()))
async def test_a_table_has_the_columns_types_and_nulls_of_its_definition(owner: asyncpg.Connection, name: str) -> None:
    found = await owner.fetch(
        """select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable
             from pg_attribute a
            where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''""",
        name,
    )
    in_database = {
        (each["name"], each["type"], each["nullable"])
        for each in found
        if (name, each["name"]) not in COLUMNS_BY_SQL_ALONE
    }
    in_code = {(column._meta.name, sql_type_of(column), column._meta.null) for column in defined()[name]._meta.columns}
    assert in_code == in_database


@pytest.mark.parametrize("name", sorted(defined()))
def test_no_definition_makes_up_a_value(name: str) -> None:
    for column in defined()[name]._meta.columns:
        default = getattr(column, "default", None)
        assert default in (None, list), f"{column._meta.name} has the default {default!r}"


async def test_every_primary_key_leads_with_the_tenant(owner: asyncpg.Connection) -> None:
    keys = await owner.fetch(
        """select c.conrelid::regclass::text as table, array_agg(a.attname::text order by k.place) as columns
             from pg_constraint c cross join lateral unnest(c.conkey) with ordinality k(attnum, place)
             join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
            where c.contype = 'p' and c.connamespace = 'public'::regnamespace group by 1"""
    )
    by_table = {each["table"]: each["columns"] for each in keys}
    tables = {each[0] for each in await owner.fetch("select tablename from pg_tables where schemaname = 'public'")}
    assert by_table.keys() == tables
    assert by_table.pop("tenants") == ["id"]
    for name, columns in by_table.items():
        if name not in WITHOUT_TENANT:
            assert columns[0] == "tenant_id", name
            assert len(columns) > 1, name


async def test_every_unique_key_of_a_tenant_table_leads_with_the_tenant_or_is_the_way_in(
    owner: asyncpg.Connection,
) -> None:
    found = await owner.fetch(
        """select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as index,
                  (select attname::text from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) as first
             from pg_index i join pg_class c on c.oid = i.indrelid
            where i.indisunique and c.relnamespace = 'public'::regnamespace"""
    )
    elsewhere = {
        each["index"] for each in found if each["first"] != "tenant_id" and each["table"] not in WITHOUT_TENANT
    }
    assert elsewhere == {"tenants_pkey", "tenants_slug_key", "tenants_mail_domain_key", "host_names_host_key"}


async def test_every_foreign_key_restricts_and_carries_the_tenant_on_both_sides(owner: asyncpg.Connection) -> None:
    keys = await owner.fetch(
        """select c.conname as name, c.conrelid::regclass::text as table, c.confrelid::regclass::text as target,
                  c.confdeltype::text as on_delete, c.confupdtype::text as on_update, c.confmatchtype::text as match, c.convalidated,
                  array_agg(a.attname::text order by k.place) as columns, array_agg(f.attname::text order by k.place) as targets
             from pg_constraint c cross join lateral unnest(c.conkey, c.confkey) with ordinality k(attnum, fattnum, place)
             join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
             join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.fattnum
            where c.contype = 'f' and c.connamespace = 'public'::regnamespace group by c.oid"""
    )
    assert len(keys) > 50
    for key in keys:
        # 'a' is NO ACTION: RESTRICT that may wait for the end of the transaction where the key is deferrable.
        assert key["on_delete"] in "ar", key["name"]
        assert key["on_update"] in "ar", key["name"]
        assert key["match"] == "s", key["name"]
        assert key["convalidated"], key["name"]
        if key["target"] == "tenants":
            assert (key["columns"], key["targets"]) == (["tenant_id"], ["id"]), key["name"]
        else:
            assert key["columns"][0] == ("id" if key["table"] == "tenants" else "tenant_id"), key["name"]
            assert key["targets"] == ["tenant_id", "id"], key["name"]


async def test_every_column_that_names_another_row_has_a_foreign_key(owner: asyncpg.Connection) -> None:
    loose = await owner.fetch(
        """select a.attrelid::regclass::text || '.' || a.attname as name
             from pg_attribute a join pg_class t on t.oid = a.attrelid
            where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and a.attnum > 0 and not a.attisdropped
              and a.atttypid = 'uuid'::regtype and a.attname <> 'id'
              and not exists (select 1 from pg_constraint c where c.contype = 'f' and c.conrelid = a.attrelid and a.attnum = any(c.conkey))"""
    )
    assert {each["name"] for each in loose} == NAMES_WHAT_MAY_BE_GONE


async def test_row_security_is_forced_with_the_same_two_policies_on_every_tenant_table(
    owner: asyncpg.Connection,
) -> None:
    found = await owner.fetch(
        """select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
                  (select array_agg(p.polname || ' ' || p.polcmd::text || ' ' || pg_get_expr(p.polqual, p.polrelid) || ' '
                                    || pg_get_expr(p.polwithcheck, p.polrelid) || ' '
                                    || (select string_agg(r::regrole::text, ',' order by r::regrole::text) from unnest(p.polroles) r)
                                    order by p.polname) from pg_policy p where p.polrelid = c.oid) as policies
             from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace"""
    )
    for table in found:
        if table["name"] in WITHOUT_TENANT:
            continue
        column = "id" if table["name"] == "tenants" else "tenant_id"
        bound = f"({column} = current_tenant())"
        assert table["forced"], table["name"]
        assert table["policies"] == [
            f"bound_tenant * {bound} {bound} countersign_app",
            "everything * true true countersign_owner,countersign_system",
        ], table["name"]


async def test_every_function_that_sees_all_tenants_has_a_fixed_search_path(owner: asyncpg.Connection) -> None:
    found = await owner.fetch(
        "select proname as name, proconfig as settings from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"
    )
    assert {each["name"] for each in found} == {"search_tickets", "tenant_by_host", "tenant_by_mail_domain"}
    for each in found:
        assert each["settings"] == ["search_path=pg_catalog, public, pg_temp"], each["name"]
