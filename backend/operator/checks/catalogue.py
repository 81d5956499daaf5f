"""What the database's own catalogue says: roles, row security, constraints, migrations. Read as the owner."""

from typing import Any, Final

from backend.migrate import FOLDER, role_of
from backend.operator.checks.finding import Finding, judged
from backend.settings import Settings

WITHOUT_TENANT: Final = frozenset({"clock", "schema_migrations"})
"""The tables that belong to no tenant."""


async def check_roles(connection: Any, settings: Settings) -> Finding:
    """Nobody goes round row security, and the application owns nothing and cannot become somebody who does."""
    app = role_of(settings.database_url)
    names = [app, role_of(settings.system_database_url), role_of(settings.owner_database_url)]
    wrong = []
    for each in await connection.fetch(
        "select rolname, rolsuper, rolbypassrls from pg_roles where rolname = any($1)", names
    ):
        if each["rolsuper"]:
            wrong.append(f"{each['rolname']} is a superuser")
        if each["rolbypassrls"]:
            wrong.append(f"{each['rolname']} has BYPASSRLS")
    if len(set(names)) < 3:
        wrong.append("application, system and owner are not three roles")
    owned = await connection.fetchval(
        """select count(*) from pg_shdepend d
            where d.deptype = 'o' and d.dbid in (0, (select oid from pg_database where datname = current_database()))
              and d.refclassid = 'pg_authid'::regclass
              and d.refobjid = (select oid from pg_roles where rolname = $1)""",
        app,
    )
    if owned:
        wrong.append(f"{app} owns {owned} objects")
    wrong += [
        f"{app} can become {each['rolname']}"
        for each in await connection.fetch(
            "select rolname from pg_roles where rolname <> $1 and pg_has_role($1, oid, 'member')", app
        )
    ]
    return judged("roles", wrong, "none is superuser or has BYPASSRLS, the application owns nothing")


async def check_row_security(connection: Any, app_connection: Any) -> Finding:
    """Row security is forced on each tenant table, and with no tenant bound the application reads nothing."""
    wrong = []
    tables = await connection.fetch(
        """select c.relname as name, c.relrowsecurity as on, c.relforcerowsecurity as forced,
                  exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'bound_tenant') as bound
             from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all($1)
            order by c.relname""",
        list(WITHOUT_TENANT),
    )
    for each in tables:
        if not (each["on"] and each["forced"] and each["bound"]):
            wrong.append(f"not forced on {each['name']}")
        readable = await app_connection.fetchval("select has_table_privilege($1, 'select')", each["name"])
        if readable and await app_connection.fetchval(f'select exists (select 1 from "{each["name"]}")'):  # noqa: S608
            wrong.append(f"{each['name']} can be read with no tenant bound")
    if not tables:
        wrong.append("there are no tenant tables")
    return judged("row security", wrong, f"forced on {len(tables)} tables, all empty with no tenant bound")


async def check_constraints(connection: Any) -> Finding:
    """Every constraint is validated, and every foreign key really holds: rows are looked at, not the catalogue alone."""
    unvalidated = await connection.fetch(
        """select conname from pg_constraint
            where connamespace = 'public'::regnamespace and contype in ('f', 'c') and not convalidated"""
    )
    wrong = [f"{each['conname']} is not validated" for each in unvalidated]
    keys = await connection.fetch(
        """select k.conname, k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent,
                  array_agg(quote_ident(a.attname) order by o.place) as columns,
                  array_agg(quote_ident(b.attname) order by o.place) as parent_columns
             from pg_constraint k,
                  unnest(k.conkey, k.confkey) with ordinality as o(child_column, parent_column, place)
                  join pg_attribute a on true join pg_attribute b on true
            where k.contype = 'f' and k.connamespace = 'public'::regnamespace
              and a.attrelid = k.conrelid and a.attnum = o.child_column
              and b.attrelid = k.confrelid and b.attnum = o.parent_column
            group by k.oid order by k.conname"""
    )
    for key in keys:
        whole = " and ".join(f"c.{column} is not null" for column in key["columns"])
        equal = " and ".join(
            f"p.{theirs} = c.{ours}" for ours, theirs in zip(key["columns"], key["parent_columns"], strict=True)
        )
        orphans = await connection.fetchval(
            f"select count(*) from {key['child']} c where {whole} "  # noqa: S608  # Names from the catalogue.
            f"and not exists (select 1 from {key['parent']} p where {equal})"
        )
        if orphans:
            wrong.append(f"{orphans} rows break {key['conname']}")
    if not keys:
        wrong.append("there are no foreign keys")
    return judged("constraints", wrong, f"{len(keys)} foreign keys hold, no row without its parent")


async def check_migrations(connection: Any) -> Finding:
    """The database is at the version of this program."""
    files = {file.stem for file in FOLDER.glob("[0-9]*.sql")}
    table = await connection.fetchval("select to_regclass('public.schema_migrations')")
    applied = (
        {each["name"] for each in await connection.fetch("select name from schema_migrations")} if table else set()
    )
    wrong = [f"{name} is not applied" for name in sorted(files - applied)]
    wrong += [f"{name} is applied and not known here" for name in sorted(applied - files)]
    return judged("migrations", wrong, f"all {len(files)} applied")
