"""Threats: digits guessed in a crowd, and digits guessed from a stolen database."""

import asyncio
import hashlib
import hmac
import itertools
import re
from collections import Counter
from uuid import UUID

import pytest

from backend.accounts.secret import Secret
from backend.database import value
from backend.errors import Refusal
from backend.redis import redis
from backend.tests.factories import a_member, as_owner, from_address, within
from backend.tests.test_support_pin import a_call, drain_unsent, other_than
from backend.tests.test_verification_attestations import every_text
from backend.tickets.record_pin import record_pin
from backend.verification.support_pin import digits_hash
from backend.verification.tries import MOST_TRIES
from infra.dev.services import ServiceUrls


async def test_twenty_guesses_side_by_side_from_twenty_addresses_get_five_looks() -> None:
    call = await a_call()
    with within(call.tenant):
        digits = await call.shows()
        agents = [await a_member(call.tenant) for _ in range(2)]

        async def guess(number: int) -> str:
            agent = from_address(agents[number % 2], f"198.51.100.{number}")
            try:
                await record_pin(agent, call.number, Secret(f"{(int(digits) + 1 + number) % 1_000_000:06d}"))
            except Refusal as refusal:
                return refusal.code
            return "passed"

        outcomes = Counter(await asyncio.gather(*(guess(number) for number in range(20))))
        assert outcomes == {"pin_refused": MOST_TRIES, "pin_locked": 20 - MOST_TRIES}
        assert await call.says(digits) == "pin_locked"
        assert await value("select count(*) from events where type = 'ProofLocked'") == 1


async def test_a_stolen_database_does_not_give_the_digits_away_without_the_key(urls: ServiceUrls) -> None:
    """A million values are tried in a second: what is kept must not be a hash that anybody can compute."""
    call = await a_call()
    with within(call.tenant):
        digits = await call.shows()
    [stolen] = await as_owner(urls, "select * from support_pins where tenant_id = $1", call.tenant.id)
    kept = stolen["digits_hmac"]
    assert kept == digits_hash(call.tenant.id, stolen["client_id"], stolen["id"], digits)
    values = [value for value in stolen if not isinstance(value, bytes)]
    salts = [
        b"",
        *(value.bytes for value in values if isinstance(value, UUID)),
        *(str(value).encode() for value in values),
    ]
    for before, after in itertools.product(salts, repeat=2):
        for typed in (digits.encode(), str(int(digits)).encode()):
            assert hashlib.sha256(before + typed + after).digest() != kept
            assert hmac.digest(before or b"\x00", after + typed, "sha256") != kept
    # The same digits of another row, client or company are kept otherwise: nothing can be compared.
    assert len({digits_hash(call.tenant.id, UUID(int=1), UUID(int=n), digits) for n in range(9)}) == 9


async def test_the_digits_stand_in_no_row_log_or_redis(
    urls: ServiceUrls, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    call = await a_call()
    typed = []
    with within(call.tenant):
        digits = await call.shows()
        typed = [digits, *(f"{(int(digits) + 7 * n) % 1_000_000:06d}" for n in range(1, 7))]
        for wrong in typed[1:]:
            await call.says(wrong)
    await drain_unsent(call.tenant.id)
    texts = await every_text(urls, call.tenant.id)
    logged = f"{caplog.text}{''.join(capsys.readouterr())}"
    for each in typed:
        alone = re.compile(rf"(?<![0-9A-Za-z+/.]){each}(?![0-9A-Za-z+/])")
        assert not alone.search(logged)
        assert not [text for text in texts if alone.search(text)]
        assert not [key for key, held in await everything_in_redis() if alone.search(key) or alone.search(held)]
    assert other_than(digits) != digits


async def everything_in_redis() -> list[tuple[str, str]]:
    """Each key with its value as Redis would write it to disk."""
    found = []
    async for key in redis().scan_iter():
        found.append((key.decode("latin-1"), ((await redis().dump(key)) or b"").decode("latin-1")))
    return found
