"""Passwords are hashed by a process that yields to others; who would wait too long is refused politely."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from litestar import Litestar

from backend.accounts import passwords
from backend.accounts.hashing_process import NICENESS
from backend.accounts.passwords import Busy, hash_password, verify_password
from backend.accounts.secret import Secret
from backend.database import rows
from backend.errors import Refusal
from backend.tests.client import a_browser
from backend.tests.factories import PASSWORD, a_contact, a_tenant, signed_in, the_password_hash, within
from backend.verification.checks import Proof
from backend.verification.prove import prove


async def test_no_more_passwords_wait_than_are_done_in_seconds_and_the_queue_empties(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "MOST_WAITING", 4)
    kept = await the_password_hash()
    answers = await asyncio.gather(*(verify_password(PASSWORD, kept) for _ in range(12)), return_exceptions=True)
    assert answers.count(True) == 4
    assert sum(isinstance(each, Busy) for each in answers) == 8
    assert await verify_password(PASSWORD, kept)
    assert await hash_password("another password")


async def test_who_goes_away_keeps_the_place_until_the_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "MOST_WAITING", 6)
    kept = await the_password_hash()
    waiting = [asyncio.create_task(verify_password(PASSWORD, kept)) for _ in range(6)]
    await asyncio.sleep(0)
    for each in waiting:
        each.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    with pytest.raises(Busy):
        await verify_password(PASSWORD, kept)
    async with asyncio.timeout(20):
        while passwords._waiting:  # noqa: ASYNC110 - it tells nobody.
            await asyncio.sleep(0.01)
    assert await verify_password(PASSWORD, kept)


async def test_a_try_that_was_not_looked_at_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant, card="4242"))
    monkeypatch.setattr(passwords, "MOST_WAITING", 0)
    with within(tenant):
        for method, secret in (("password", PASSWORD), ("card", "4242"), ("card", "1111")):
            with pytest.raises(Refusal) as refused:
                await prove(contact, Proof(method, Secret(secret)))
            assert refused.value.code == "busy"
        assert {each[0] for each in await rows("select outcome from proof_attempts")} == {"void"}
        monkeypatch.setattr(passwords, "MOST_WAITING", 8)
        assert (await prove(contact, Proof("card", Secret("4242")))).level == "card"


async def test_a_sign_in_that_was_not_looked_at_is_refused_politely_and_does_not_count(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    monkeypatch.setattr(passwords, "MOST_WAITING", 0)
    async with a_browser(app, tenant) as browser:
        for _ in range(12):
            answer = await browser.post("/session", {"email": contact.email, "password": PASSWORD})
            assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        monkeypatch.setattr(passwords, "MOST_WAITING", 8)
        await browser.sign_in(contact)


async def test_the_process_that_hashes_gives_way_and_ours_does_not() -> None:
    await hash_password("a password")
    pid = passwords._started[0].pid
    assert os.getpriority(os.PRIO_PROCESS, pid) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)


async def test_a_process_that_died_is_replaced() -> None:
    kept = await the_password_hash()
    assert await verify_password(PASSWORD, kept)
    before = passwords._started[0]
    before.kill()
    before.wait()
    assert await verify_password(PASSWORD, kept)
    assert not await verify_password("another", kept)
    assert len(passwords._started) == 1
    assert passwords._started[0] is not before


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=19456,t=2,p=1$x$y", "two\nlines", "caf\u00e9", None])
async def test_what_is_no_hash_is_a_wrong_password(kept: str | None) -> None:
    assert not await verify_password(PASSWORD, kept)
    assert not await verify_password("", kept)


async def test_any_password_survives_the_way_to_the_process() -> None:
    for password in ("a b c d e f", "line\nbreak and more", "caf\u00e9 au lait", "\U0001f9a6" * 12, " " * 12):
        kept = await hash_password(password)
        assert await verify_password(password, kept)
        assert not await verify_password(password + " ", kept)


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells what a process holds, and glibc keeps what was freed"
)
async def test_an_idle_process_gives_back_the_memory_of_a_hash() -> None:
    await hash_password("another password")
    rollup = Path(f"/proc/{passwords._started[0].pid}/smaps_rollup")

    def holds() -> int:
        lines = rollup.read_text().splitlines()
        return int(next(each.split()[1] for each in lines if each.startswith("Anonymous:")))

    async with asyncio.timeout(20):
        while holds() > 16_384:  # noqa: ASYNC110 - a hash takes 19 MiB, the rest of the process ten.
            await asyncio.sleep(0.2)
