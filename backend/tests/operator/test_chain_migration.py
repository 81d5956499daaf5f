"""Attestations of before the chain are carried into it by the migration, and verify like those of today."""

from pathlib import Path
from uuid import UUID

import asyncpg

from backend.database import bind, close_database, open_database, rows
from backend.files import open_files
from backend.migrate import FOLDER, migrate
from backend.tests.operator.conftest import Databases
from backend.verification.verify_chain import verify_chain
from infra.dev.services import ServiceUrls

TENANTS = ("01900000-0000-7000-8000-00000000000a", "01900000-0000-7000-8000-00000000000b")
# Each tenant: a client, a contact with a session, and three proofs, two of them in the same moment.
BEFORE = """
insert into tenants (id, slug, name, language, time_zone, mail_domain, primary_color, created_at)
values ('{t}', 'old{n}', 'Old', 'en', 'Europe/London', 'old{n}.example', '#000000', now());
insert into clients (tenant_id, id, number, name, created_at) values ('{t}', '{t}', 1, 'Client', now());
insert into accounts (tenant_id, id, kind, email, name, created_at) values ('{t}', '{t}', 'contact', 'a@b.example', 'Jörg Ünal', now());
insert into sessions (tenant_id, id, account_id, token_hash, created_at, expires_at, address)
values ('{t}', '{t}', '{t}', '\\x00', now(), now(), '2001:db8::7');
insert into attestations (tenant_id, id, client_id, account_id, method, level, at, address, scope, session_id, expires_at)
select '{t}', gen_random_uuid(), case when n > 1 then '{t}'::uuid end, '{t}', 'card', 'card', timestamptz '2026-03-02 10:14:59.123456+01',
       '2001:db8::' || n, 'session', '{t}', timestamptz '2026-03-29 03:00:00+02' from generate_series(1, 3) n
"""


async def test_attestations_of_before_are_numbered_linked_and_committed_to(
    databases: Databases, urls: ServiceUrls, tmp_path: Path
) -> None:
    place = await databases.make(tmp_path, template=None)
    connection = await asyncpg.connect(place.urls.owner)
    try:
        await connection.execute(
            "create table schema_migrations (name text primary key, applied_at timestamptz not null default now())"
        )
        for name in ("0001_foundation", "0002_keys_and_proofs"):
            sql = (FOLDER / f"{name}.sql").read_text()
            for role in ("owner", "system", "app"):
                sql = sql.replace("{" + role + "}", f'"countersign_{role}"')
            await connection.execute(sql)
            await connection.execute("insert into schema_migrations (name) values ($1)", name)
        for number, tenant in enumerate(TENANTS):
            await connection.execute(BEFORE.replace("{t}", tenant).replace("{n}", str(number)))
    finally:
        await connection.close()

    applied = await migrate(place.urls.owner, system_url=place.urls.system, app_url=place.urls.app)

    assert "0003_attestation_chain" in applied
    await close_database()
    await open_database(place.urls.app, system_url=place.urls.system, pool=2)
    open_files(tmp_path)
    try:
        for tenant in TENANTS:
            with bind(UUID(tenant)):
                found = await verify_chain(UUID(tenant))
                assert (found.attestations, found.erased, found.faults) == (3, 0, ())
                addresses = {each[0] for each in await rows("select address from attestation_persons")}
                assert addresses == {"2001:db8::1", "2001:db8::2", "2001:db8::3"}
                assert len(await rows("select distinct salt from attestation_persons")) == 3
    finally:
        await close_database()
        await open_database(urls.app, system_url=urls.system, pool=12)
