"""A large file passes through a web process without staying in its memory."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from backend.accounts.sessions import start_session
from backend.attachments.rules import set_rules
from backend.http.cookies import SESSION_COOKIE
from backend.settings import Settings
from backend.tests.factories import a_contact, a_member, a_tenant, within

MIB = 1_048_576
SIZE = (200 if os.environ.get("COUNTERSIGN_TEST_SIZE") == "long" else 64) * MIB
MOST_GROWTH = 30 * MIB


def peak_of(pid: int) -> int:
    """The most memory that a process had, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no peak is told")


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is read from /proc")
async def test_an_upload_and_its_download_do_not_grow_the_web_process(settings: Settings, tmp_path: Path) -> None:
    tenant = await a_tenant()
    with within(tenant):
        await set_rules(
            await a_member(tenant, "admin"), most_mb=256, space_mb=1024, mail_mb=0, refused_types=[], unscanned=False
        )
        contact = await a_contact(tenant)
        token = await start_session(tenant.id, contact.account, "", "a browser")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = {
        "COUNTERSIGN_DATABASE_URL": settings.database_url, "COUNTERSIGN_REDIS_URL": settings.redis_url, "COUNTERSIGN_PORT": str(port),
        "COUNTERSIGN_SECRET_KEY": settings.secret_key, "COUNTERSIGN_DATA_DIR": str(tmp_path), "COUNTERSIGN_LOG_LEVEL": "error",
    }  # fmt: skip
    code = (
        "import uvloop, asyncio\nfrom granian.server.embed import Server\nfrom granian.constants import Interfaces\n"
        "from backend.app import create_app\n"
        f"uvloop.run(Server(create_app(), address='127.0.0.1', port={port}, interface=Interfaces.ASGI).serve())\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, env={**os.environ, **ours})
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            headers={"host": tenant.host},
            cookies={SESSION_COOKIE: token},
            timeout=120,
        ) as http:
            await answering(http)
            csrf = {"x-csrftoken": http.cookies["countersign_csrf"]}
            await send(http, csrf, MIB)
            before = peak_of(process.pid)
            answer = await send(http, csrf, SIZE)
            assert answer.status_code == 201, answer.text
            assert answer.json()["size"] == SIZE
            grown = peak_of(process.pid) - before
            assert grown < MOST_GROWTH, f"{grown / MIB:.0f} MiB"
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), 20)


async def answering(http: httpx.AsyncClient) -> None:
    """Until the process answers, at most half a minute."""
    for _ in range(300):
        try:
            if (await http.get("/")).status_code == 200:
                return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise AssertionError("the web process does not answer")


async def send(http: httpx.AsyncClient, csrf: dict[str, str], size: int) -> httpx.Response:
    async def pieces() -> AsyncIterator[bytes]:
        for number in range(size // 65_536):
            yield number.to_bytes(8, "big") * 8_192

    headers = {**csrf, "content-length": str(size)}
    return await http.post("/attachments", params={"name": "dump.sql"}, content=pieces(), headers=headers)
