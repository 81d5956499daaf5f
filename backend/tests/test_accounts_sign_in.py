"""Signing in: one refusal for whatever is wrong, and an end to guessing."""

import asyncio
import itertools
import statistics
import time
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from argon2 import PasswordHasher

from backend.accounts.create import create_account
from backend.accounts.passwords import hash_password
from backend.accounts.sessions import find_actor
from backend.accounts.throttle import PER_ACCOUNT, PER_ADDRESS
from backend.clock import real_now
from backend.database import rows, transaction, value
from backend.errors import Refusal
from backend.redis import close_redis, open_redis, redis_answers
from backend.tests.cpu import cpu_seconds
from backend.tests.factories import (
    PASSWORD,
    TestTenant,
    a_contact,
    a_member,
    a_tenant,
    sign_in_as,
    the_password_hash,
    within,
)
from infra.dev.services import ServiceUrls

_addresses = (f"2001:db8:{n:x}::1" for n in itertools.count(time.time_ns() % 0xFFF0))


async def refused(tenant: TestTenant, email: str, password: str = "not this one", address: str = "") -> str:
    """The code with which a sign-in is refused."""
    with within(tenant), pytest.raises(Refusal) as refusal:
        await sign_in_as(tenant.id, email, password, address or next(_addresses))
    return refusal.value.code


@asynccontextmanager
async def redis_lost(urls: ServiceUrls) -> AsyncIterator[None]:
    """The block runs with a Redis that answers nobody."""
    await close_redis()
    open_redis("redis://127.0.0.1:1/0")
    try:
        assert not await redis_answers()
        yield
    finally:
        await close_redis()
        open_redis(urls.redis)


async def test_contacts_and_members_sign_in_at_their_tenant() -> None:
    tenant = await a_tenant()
    for person in (await a_contact(tenant), await a_member(tenant, "admin")):
        with within(tenant):
            token, actor, _ = await sign_in_as(tenant.id, f" {person.email.upper()} ", PASSWORD, next(_addresses))
            assert actor == await find_actor(token, actor.address)
        assert actor.account_id == person.account_id


async def test_whatever_is_wrong_is_refused_in_the_same_words() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    contact, elsewhere = await a_contact(tenant), await a_contact(other)
    disabled = await a_contact(tenant)
    with within(tenant):
        await rows("update accounts set disabled_at = $1 where id = $2", real_now(), disabled.account)
        async with transaction():
            await create_account(
                tenant.actor,
                kind="guest",
                email="guest@client.example",
                name="G",
                password_hash=await the_password_hash(),
            )
    codes = {
        await refused(tenant, contact.email),
        await refused(tenant, contact.email, ""),
        await refused(tenant, contact.email, PASSWORD + "\x00"),
        await refused(tenant, contact.email, "\ud800"),
        await refused(tenant, contact.email, "x" * 1_000_000),
        await refused(tenant, "nobody@client.example", PASSWORD),
        await refused(tenant, "no address", PASSWORD),
        await refused(tenant, "\x00@client.example", PASSWORD),
        await refused(tenant, elsewhere.email, PASSWORD),
        await refused(tenant, disabled.email, PASSWORD),
        await refused(tenant, "guest@client.example", PASSWORD),
    }
    assert codes == {"sign_in_refused"}
    with within(tenant):
        assert await value("select count(*) from sessions") == 0


async def test_refusals_take_the_same_time() -> None:
    tenant = await a_tenant()
    contact, disabled = await a_contact(tenant), await a_contact(tenant)
    with within(tenant):
        await rows("update accounts set disabled_at = $1 where id = $2", real_now(), disabled.account)
    seconds: dict[str, list[float]] = {contact.email: [], disabled.email: [], "nobody@client.example": []}
    for _ in range(PER_ACCOUNT - 1):
        for email, runs in seconds.items():
            started = cpu_seconds()
            assert await refused(tenant, email) == "sign_in_refused"
            runs.append(cpu_seconds() - started)
    medians = [statistics.median(runs) for runs in seconds.values()]
    assert max(medians) < 2 * min(medians), medians


async def test_a_password_typed_in_another_form_of_unicode_is_the_same() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    composed, decomposed = (unicodedata.normalize(form, "één wachtwoord") for form in ("NFC", "NFD"))
    assert composed != decomposed
    with within(tenant):
        await rows("update accounts set password_hash = $1", await hash_password(composed))
        assert await sign_in_as(tenant.id, contact.email, decomposed, next(_addresses))


async def test_a_weaker_hash_is_replaced_when_its_owner_signs_in() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with within(tenant):
        await rows("update accounts set password_hash = $1", weak)
        await sign_in_as(tenant.id, contact.email, PASSWORD, next(_addresses))
        kept = await value("select password_hash from accounts")
        assert kept != weak
        await sign_in_as(tenant.id, contact.email, PASSWORD, next(_addresses))
        assert await value("select password_hash from accounts") == kept


async def test_guessing_one_account_ends_after_ten_tries_whatever_the_address() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    contact = await a_contact(tenant)
    codes = [await refused(tenant, contact.email) for _ in range(PER_ACCOUNT + 1)]
    assert codes == ["sign_in_refused"] * PER_ACCOUNT + ["too_many_tries"]
    assert await refused(tenant, contact.email, PASSWORD) == "too_many_tries"
    assert await refused(other, contact.email) == "sign_in_refused"


async def test_tries_side_by_side_cannot_pass_the_limit() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    codes = await asyncio.gather(*(refused(tenant, contact.email) for _ in range(25)))
    assert codes.count("sign_in_refused") == PER_ACCOUNT
    assert codes.count("too_many_tries") == 25 - PER_ACCOUNT


async def test_guessing_from_one_network_ends_after_some_tries_whatever_the_account() -> None:
    tenant = await a_tenant()
    network = next(_addresses)
    codes = [
        await refused(tenant, f"n{n}@client.example", address=network.replace("::1", f"::{n + 1:x}"))
        for n in range(PER_ADDRESS + 1)
    ]
    assert codes == ["sign_in_refused"] * PER_ADDRESS + ["too_many_tries"]


async def test_signing_in_does_not_count_as_a_try() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    for _ in range(PER_ACCOUNT - 1):
        await refused(tenant, contact.email)
    with within(tenant):
        for _ in range(3):
            await sign_in_as(tenant.id, contact.email, PASSWORD, next(_addresses))
    assert await refused(tenant, contact.email) == "sign_in_refused"
    assert await refused(tenant, contact.email) == "too_many_tries"


async def test_without_redis_one_signs_in_and_guessing_still_ends(urls: ServiceUrls) -> None:
    tenant = await a_tenant()
    contact, guessed = await a_contact(tenant), await a_contact(tenant)
    async with redis_lost(urls):
        for _ in range(PER_ACCOUNT + 1):
            with within(tenant):
                await sign_in_as(tenant.id, contact.email, PASSWORD, next(_addresses))
        codes = await asyncio.gather(*(refused(tenant, guessed.email) for _ in range(PER_ACCOUNT + 5)))
    assert codes.count("sign_in_refused") == PER_ACCOUNT
    assert codes.count("too_many_tries") == 5
