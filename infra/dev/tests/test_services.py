from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
import redis

from infra.dev.data_folder import free_port
from infra.dev.errors import StartError
from infra.dev.services import APP, OWNER, SYSTEM, Services, start_services
from infra.dev.tests.processes import command_of, is_running, wait_until_gone

ROOT = Path(__file__).resolve().parents[3]

HOLDER = """
import sys, time
from pathlib import Path
from infra.dev.services import start_services
services = start_services(Path(sys.argv[1]), fast=True)
print(services.postgres.pid, services.redis.pid, services.postgres.port, flush=True)
time.sleep(600)
"""


def start(data_dir: Path) -> Services:
    return start_services(data_dir, fast=True)


def run_in_another_process(program: str, data_dir: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", program, str(data_dir)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def run_as(uid: int, command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, user=uid if os.geteuid() == 0 else None)


async def fetch(url: str, sql: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(sql)
    finally:
        await connection.close()


async def test_each_role_signs_in_with_its_own_password_and_none_may_bypass_row_security(data_dir: Path) -> None:
    with start(data_dir) as services:
        for role, url in ((OWNER, services.urls.owner), (SYSTEM, services.urls.system), (APP, services.urls.app)):
            rows = await fetch(
                url, "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user"
            )
            assert [tuple(row) for row in rows] == [(role, False, False, False)]


async def test_a_wrong_password_is_refused_for_every_role(data_dir: Path) -> None:
    with start(data_dir) as services:
        for url in (services.urls.admin, services.urls.owner, services.urls.app):
            role = url.split("//")[1].split(":")[0]
            wrong = f"postgresql://{role}:wrong@127.0.0.1:{services.postgres.port}/countersign"
            with pytest.raises(asyncpg.InvalidPasswordError):
                await fetch(wrong, "select 1")
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=services.redis.port).ping()


async def test_the_database_knows_accented_letters(data_dir: Path) -> None:
    with start(data_dir) as services:
        assert (await fetch(services.urls.app, "select lower('ÉÀ') as word"))[0]["word"] == "éà"


async def test_the_owner_may_make_tables_and_the_application_may_not(data_dir: Path) -> None:
    with start(data_dir) as services:
        await fetch(services.urls.owner, "create table things (id int)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await fetch(services.urls.app, "create table others (id int)")


async def test_a_new_start_keeps_data_and_addresses(data_dir: Path) -> None:
    with start(data_dir) as services:
        first = services.urls
        await fetch(first.owner, "create table kept as select 42 as answer")
    with start(data_dir) as services:
        assert services.urls == first
        assert (await fetch(services.urls.owner, "select answer from kept"))[0]["answer"] == 42


async def test_a_database_is_made_as_a_copy_of_another(data_dir: Path) -> None:
    with start(data_dir) as services:
        original = services.create_database("original")
        await fetch(original.owner, "create table copied as select 7 as answer")
        copy = services.create_database("copy", template="original")
        assert (await fetch(copy.owner, "select answer from copied"))[0]["answer"] == 7


def test_a_second_start_on_the_same_folder_is_refused_with_the_holders_number(data_dir: Path) -> None:
    with start(data_dir), pytest.raises(StartError, match=rf"in use by process {os.getpid()}\. Stop that one"):
        start(data_dir)


def test_a_taken_port_is_refused_with_its_number(data_dir: Path) -> None:
    with start(data_dir) as services:
        port = services.postgres.port
        with pytest.raises(StartError, match=f"Port {port}, meant for postgres, is taken"):
            start_services(data_dir.with_name("other"), postgres_port=port)


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
async def test_a_killed_owner_leaves_no_server_behind_and_the_folder_starts_again(
    data_dir: Path, sent: signal.Signals
) -> None:
    holder = run_in_another_process(HOLDER, data_dir)
    assert holder.stdout is not None
    postgres_pid, redis_pid, port = (int(word) for word in holder.stdout.readline().split())
    assert is_running(postgres_pid)
    assert is_running(redis_pid)

    holder.send_signal(sent)
    holder.wait()
    holder.stdout.close()

    assert wait_until_gone([postgres_pid, redis_pid]) == []
    with start(data_dir) as services:
        assert services.postgres.port == port
        assert len(await fetch(services.urls.app, "select 1")) == 1


async def test_servers_that_die_are_started_again_at_the_same_address(data_dir: Path) -> None:
    with start(data_dir) as services:
        urls = services.urls
        assert services.poll() == []
        os.kill(services.postgres.pid, signal.SIGKILL)
        services.kill_redis()
        wait_until_gone([services.postgres.pid])

        assert services.poll() == ["PostgreSQL", "Redis"]

        assert services.urls == urls
        assert len(await fetch(urls.app, "select 1")) == 1
        assert redis.Redis.from_url(urls.redis).ping()


async def test_a_stale_process_file_that_names_another_program_does_not_stop_the_start(data_dir: Path) -> None:
    with start(data_dir) as services:
        cluster = services.postgres.cluster
    stranger = run_as(cluster.stat().st_uid, ["sleep", "60"])
    try:
        (cluster / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster}\n1\n1\n\n127.0.0.1\n\nready\n")
        with start(data_dir) as services:
            assert len(await fetch(services.urls.app, "select 1")) == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_secrets_can_be_read_by_their_owner_alone_and_stand_in_no_log_or_command_line(data_dir: Path) -> None:
    with start(data_dir) as services:
        secrets = list((data_dir / "secrets").iterdir())
        assert {path.name for path in secrets} >= {"countersign_admin", "countersign_app", "redis"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in secrets} == {0o600}
        visible = b"".join(path.read_bytes() for path in (data_dir / "logs").iterdir())
        for pid in (services.postgres.pid, services.redis.pid):
            visible += command_of(pid).encode()
        assert [path.name for path in secrets if path.read_bytes() in visible] == []
        assert repr(services.urls).startswith("<infra.dev.services.ServiceUrls object")


def test_a_start_that_fails_frees_the_folder(data_dir: Path) -> None:
    taken = free_port()
    with start_services(data_dir.with_name("other"), redis_port=taken, fast=True):
        with pytest.raises(StartError, match="is taken"):
            start_services(data_dir, redis_port=taken, fast=True)
        with start(data_dir) as services:
            assert services.poll() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account for the servers")
async def test_root_starts_in_a_folder_that_the_servers_account_cannot_enter(data_dir: Path) -> None:
    closed = data_dir.with_name("closed")
    closed.mkdir(mode=0o700)
    with start(closed / "var") as services:
        elsewhere = services.postgres.cluster.parent
        assert len(await fetch(services.urls.app, "select 1")) == 1
        assert not elsewhere.is_relative_to(closed)
    shutil.rmtree(elsewhere)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
