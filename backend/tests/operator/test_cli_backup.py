"""Backup and restore: what was there is there again, for another database and another folder."""

import tarfile
from pathlib import Path

import asyncpg
import pytest

from backend.tests.operator.conftest import Databases, Place

LOGO = bytes(range(256)) * 300


@pytest.fixture
async def backup(demo: Place, tmp_path: Path) -> Path:
    """A backup of the demo with one stored file."""
    stored = demo.data_dir / "files" / "tenant" / "logo.png"
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(LOGO)
    file = tmp_path / "backup.tar"
    ran = await demo.cli("backup", str(file))
    assert ran.code == 0, ran.err
    return file


async def test_a_backup_comes_back_whole(
    demo: Place, backup: Path, databases: Databases, smtp_url: str, tmp_path: Path
) -> None:
    there = await databases.make(tmp_path / "there", template=None, smtp_url=smtp_url)
    ran = await there.cli("restore", str(backup))
    assert ran.code == 0, ran.err
    assert await _contents(there) == await _contents(demo)
    assert (tmp_path / "there" / "files" / "tenant" / "logo.png").read_bytes() == LOGO
    doctor = await there.cli("doctor")
    assert doctor.code == 0, doctor.out
    assert "up to date" in (await there.cli("migrate")).out


async def test_a_restored_database_takes_the_next_ticket(backup: Path, databases: Databases, tmp_path: Path) -> None:
    there = await databases.make(tmp_path / "there", template=None)
    assert (await there.cli("restore", str(backup))).code == 0
    connection = await asyncpg.connect(there.urls.app)
    try:
        tenant = await connection.fetchval("select tenant_by_host('anchor.localhost')")
        await connection.execute("select set_config('app.tenant_id', $1, false)", str(tenant))
        before = await connection.fetchval("select last_number from counters where id = 'ticket'")
        assert (
            await connection.fetchval(
                "update counters set last_number = last_number + 1 where id = 'ticket' returning last_number"
            )
            == before + 1
        )
        assert await connection.fetchval("select count(distinct tenant_id) from tickets") == 1
    finally:
        await connection.close()


async def test_a_database_that_holds_something_is_kept_unless_forced(
    demo: Place, backup: Path, databases: Databases, tmp_path: Path
) -> None:
    there = await databases.make(tmp_path / "there")
    refused = await there.cli("restore", str(backup))
    assert refused.code == 1
    assert "--force" in refused.err
    assert (await there.look("select count(*) from tickets"))[0]["count"] == 0
    assert (await there.cli("restore", "--force", str(backup))).code == 0
    assert await _contents(there) == await _contents(demo)


async def test_a_restore_waits_for_nobody(backup: Path, databases: Databases, tmp_path: Path) -> None:
    there = await databases.make(tmp_path / "there")
    connection = await asyncpg.connect(there.urls.app)
    try:
        ran = await there.cli("restore", "--force", str(backup))
    finally:
        await connection.close()
    assert ran.code == 1
    assert "stop web, worker" in ran.err


async def test_a_damaged_backup_changes_nothing(backup: Path, databases: Databases, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tar"
    with tarfile.open(backup) as whole, tarfile.open(damaged, "w") as tar:
        for entry in whole:
            content = whole.extractfile(entry)
            assert content is not None
            if entry.name == "database.dump":
                entry.size //= 2
            tar.addfile(entry, content)
    there = await databases.make(tmp_path / "there")
    ran = await there.cli("restore", "--force", str(damaged))
    assert ran.code == 1
    assert (await there.look("select count(*) from tickets"))[0]["count"] == 0
    assert (await there.look("select count(*) from schema_migrations"))[0]["count"] >= 1


async def test_another_secret_key_is_said(backup: Path, databases: Databases, tmp_path: Path) -> None:
    there = await databases.make(tmp_path / "there", template=None)
    ran = await there.cli("restore", str(backup), secret_key="another key, which is long enough too")
    assert ran.code == 0
    assert "secret key is not the one" in ran.out


async def test_what_is_no_backup_is_refused_in_a_sentence(demo: Place, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("not a tar")
    assert "is not a backup" in (await demo.cli("restore", str(text))).err
    assert "There is no file" in (await demo.cli("restore", str(tmp_path / "nothing"))).err
    assert "there already" in (await demo.cli("backup", str(text))).err
    assert text.read_text() == "not a tar"


def test_a_backup_is_for_its_owner_alone(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


async def _contents(place: Place) -> dict[str, str]:
    """A digest of each table's rows."""
    tables = await place.look(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
    )
    digests = {}
    for each in tables:
        name = each["relname"]
        found = await place.look(
            f"select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from {name} t"
        )
        digests[name] = found[0]["digest"]
    return digests
