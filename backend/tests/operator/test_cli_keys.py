"""Keys in the operator's hands: rotated, put under another master key, and left out of backups."""

import base64
import secrets
from functools import partial
from pathlib import Path

import asyncpg

from backend.tests.operator.conftest import Databases
from backend.tests.simulators.transit import TOKEN, TransitSimulator


def a_master_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


async def test_keys_are_rotated_and_move_to_another_master_key(databases: Databases, tmp_path: Path) -> None:
    place = await databases.make(tmp_path)
    old, new = a_master_key(), a_master_key()
    made = await place.cli(
        "tenant",
        "create",
        "harbour",
        "Harbour",
        "--owner",
        "o@harbour.example",
        "--owner-name",
        "Odile",
        master_keys=old,
    )
    assert made.code == 0, made.err
    assert "new key" in (await place.cli("keys", "rotate", "--tenant", "harbour", master_keys=old)).out
    assert "new key" in (await place.cli("keys", "rotate", master_keys=old)).out
    before = [each["wrapped"] for each in await place.look("select wrapped from tenant_keys order by id")]
    assert len(before) == 2
    refused = await place.cli("keys", "rewrap", master_keys=new)
    assert refused.code == 1
    assert "none of the master keys" in refused.err
    assert [each["wrapped"] for each in await place.look("select wrapped from tenant_keys order by id")] == before
    both = await place.cli("keys", "rewrap", master_keys=f"{new},{old}")
    assert "2 keys are under today's master key" in both.out
    assert (await place.cli("keys", "rewrap", "--tenant", "harbour", master_keys=new)).code == 0
    assert (await place.cli("keys", "rewrap", master_keys=old)).code == 1
    unknown = await place.cli("keys", "rotate", "--tenant", "nobody", master_keys=new)
    assert (unknown.code, "no company 'nobody'" in unknown.err) == (1, True)


async def test_keys_move_to_a_key_service_and_the_doctor_tells_of_one_that_does_not_let_us_ask(
    databases: Databases, tmp_path: Path
) -> None:
    place = await databases.make(tmp_path)
    made = await place.cli(
        "tenant", "create", "harbour", "Harbour", "--owner", "o@harbour.example", "--owner-name", "Odile"
    )
    assert made.code == 0, made.err
    assert (await place.cli("keys", "rotate")).code == 0
    with TransitSimulator() as service:
        ask = partial(place.cli, key_service_url=service.url, key_service_token=TOKEN)
        assert "1 keys are under today's master key" in (await ask("keys", "rewrap")).out
        [kept] = await place.look("select wrapped from tenant_keys")
        assert bytes(kept["wrapped"]).startswith(b"vault:v1:")
        assert f"ok     keys          {service.url} opens all 1" in (await ask("doctor")).out
        service.token = "hvs.another"
        assert "WRONG  keys" in (await ask("doctor")).out
        refused = await ask("keys", "rewrap")
        assert (refused.code, "key service does not answer" in refused.err) == (1, True)
    assert "the secret key does not open a key of harbour" in (await place.cli("doctor")).out


async def test_a_backup_holds_the_ciphertext_of_secrets_and_none_of_their_keys(
    databases: Databases, tmp_path: Path
) -> None:
    place = await databases.make(tmp_path / "here", smtp_url="smtp://127.0.0.1:1")
    made = await place.cli("demo")
    assert made.code == 0, made.err
    owner = await asyncpg.connect(place.urls.owner)
    try:
        ticket = await owner.fetchrow(
            "select tenant_id, id, requester_id from tickets where meaning <> 'closed' limit 1"
        )
        assert ticket is not None
        secret_id = await owner.fetchval(
            "insert into secrets (tenant_id, id, ticket_id, label, source, state, side, ciphertext, sent_by, sent_at) "
            "values ($1, gen_random_uuid(), $2, 'FTP', 'message', 'sent', 'client', '\\x1234', $3, now()) returning id",
            *ticket,
        )
        await owner.execute("insert into secret_keys values ($1, $2, '\\x5678')", ticket["tenant_id"], secret_id)
    finally:
        await owner.close()
    file = tmp_path / "backup.tar"
    assert (await place.cli("backup", str(file))).code == 0
    there = await databases.make(tmp_path / "there", template=None)
    assert (await there.cli("restore", str(file))).code == 0
    assert (await there.look("select count(*) from secrets where id = $1", secret_id))[0][0] == 1
    assert (await there.look("select count(*) from secret_keys"))[0][0] == 0
