"""The doctor finds what is wrong: each test breaks one thing and reads the line that tells of it."""

from datetime import datetime
from pathlib import Path

import pytest

from backend.ids import floor_id
from backend.tests.operator.conftest import Databases, Place

AN_OLD_EVENT = floor_id(datetime.fromisoformat("2020-01-01T00:00:00+00:00"))
TENANT = "01900000-0000-7000-8000-000000000001"
ADD_A_TENANT = (
    f"insert into tenants (id, slug, name, language, time_zone, mail_domain, primary_color, created_at) "
    f"values ('{TENANT}', 'ill', 'Ill', 'en', 'Europe/London', 'ill.example', '#000000', now())"
)

BREAKS = {
    "a row without its parent": ("constraints", [
        "set session_replication_role = replica",
        f"insert into clients (tenant_id, id, number, name, created_at) values ('{TENANT}', '{TENANT}', 1, 'Nobody', now())",
    ]),
    "row security is not forced": ("row security", ["alter table messages no force row level security"]),
    "a table that somebody forgot": ("row security", ["create table forgotten (tenant_id uuid)"]),
    "a policy that shows everything": ("row security", [
        ADD_A_TENANT, "create policy oops on tenants for select using (true)",
    ]),
    "the application owns a table": ("roles", ["alter table clock owner to countersign_app"]),
    "a migration was not applied": ("migrations", ["delete from schema_migrations"]),
    "an effect that hangs": ("effects", [
        ADD_A_TENANT,
        f"insert into events (tenant_id, id, type, at, actor_kind) values ('{TENANT}', '{AN_OLD_EVENT}', 'X', now(), 'system')",
        f"insert into deliveries (tenant_id, event_id, consumer) values ('{TENANT}', '{AN_OLD_EVENT}', 'receipt')",
    ]),
    "a webhook that hangs": ("effects", [
        ADD_A_TENANT,
        "insert into webhook_events (tenant_id, id, provider, external_id, type, customer, received_at) "
        f"values ('{TENANT}', '{AN_OLD_EVENT}', 'stripe', 'evt_1', 'customer.updated', 'cus_1', now())",
    ]),
}  # fmt: skip


@pytest.mark.parametrize("what", BREAKS)
async def test_the_doctor_tells_of(what: str, databases: Databases, smtp_url: str, tmp_path: Path) -> None:
    about, statements = BREAKS[what]
    place = await databases.make(tmp_path, smtp_url=smtp_url)
    healthy = await place.cli("doctor")
    assert healthy.code == 0, healthy.out
    await place.admin(*statements)
    ran = await place.cli("doctor")
    assert ran.code == 1
    assert _wrong(ran.out) == [about]


async def test_the_doctor_tells_of_servers_that_are_away(demo: Place) -> None:
    ran = await demo.cli("doctor", redis_url="redis://127.0.0.1:1/0", smtp_url="smtp://127.0.0.1:1")
    assert ran.code == 1
    assert _wrong(ran.out) == ["redis", "mail"]


async def test_a_database_that_is_away_is_a_line_without_its_password(demo: Place) -> None:
    away = "postgresql://somebody:very-secret@127.0.0.1:1/nothing"
    ran = await demo.cli("doctor", owner_database_url=away)
    assert ran.code == 1
    assert _wrong(ran.out) == ["database"]
    assert "very-secret" not in ran.out + ran.err


def _wrong(out: str) -> list[str]:
    return [line[5:20].strip() for line in out.splitlines() if line.startswith("WRONG")]
