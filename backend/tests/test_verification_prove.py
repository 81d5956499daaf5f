"""Proof: five tries a day, committed before they are looked at; one refusal for whatever is wrong."""

import asyncio
import os
import statistics
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.clock import real_now
from backend.database import rows, system_rows, transaction, value
from backend.errors import Refusal
from backend.redis import redis_answers
from backend.tests.cpu import cpu_seconds
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_member, a_tenant, signed_in, within
from backend.tests.test_accounts_sign_in import redis_lost
from backend.verification.attestations import session_level
from backend.verification.checks import Proof
from backend.verification.prove import prove
from backend.verification.queries import get_attestations, list_locks
from backend.verification.tries import MOST_TRIES
from backend.verification.turns import AT_ONCE
from infra.dev.services import ServiceUrls

WRONG = "not the password"
LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"


class WatchedSecret(Secret):
    """A secret that knows whether it was looked at."""

    __slots__ = ("looked_at",)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.looked_at = False

    def reveal(self) -> str:
        self.looked_at = True
        return super().reveal()


class LostSecret(Secret):
    """A secret at whose comparison the process dies."""

    __slots__ = ()

    def reveal(self) -> str:
        raise KeyboardInterrupt


async def someone(tenant: TestTenant, role: str = "owner", *, card: str | None = None) -> Actor:
    return await signed_in(await a_contact(tenant, role, card=card))  # type: ignore[arg-type]


async def outcome(actor: Actor, method: str, secret: str | Secret) -> str:
    """`passed`, or the code of the refusal."""
    try:
        await prove(actor, Proof(method, Secret(secret) if isinstance(secret, str) else secret))
    except Refusal as refusal:
        return refusal.code
    return "passed"


async def events(kind: str) -> int:
    found: int = await value("select count(*) from events where type = $1", kind)
    return found


async def age_tries(client_id: UUID | None, by: timedelta) -> None:
    await system_rows(
        "update proof_attempts set at = at - $2::interval where tenant_id = (select tenant_id from clients where id = $1) "
        "and client_id = $1",
        client_id,
        by,
    )


async def test_the_password_of_an_owner_or_approver_proves_the_account() -> None:
    tenant = await a_tenant()
    for role in ("owner", "may_approve"):
        actor = await someone(tenant, role)
        with within(tenant):
            made = await prove(actor, Proof("password", Secret(PASSWORD)))
            assert (made.method, made.level, made.scope, made.client_id) == (
                "password", "password", "session", actor.client_id,
            )  # fmt: skip
            assert made.expires_at is not None
            assert timedelta(minutes=14) < made.expires_at - real_now() <= timedelta(minutes=15)
            assert (await get_attestations([made.id]))[made.id] == made
            assert await session_level(actor) == made


async def test_the_last_four_digits_of_the_card_prove_it_for_any_role() -> None:
    tenant = await a_tenant()
    actor = await someone(tenant, "member", card="4071")
    with within(tenant):
        assert (await prove(actor, Proof("card", Secret(" 4071 ")))).level == "card"


async def test_whatever_is_wrong_is_refused_in_the_same_words() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    await a_contact(tenant, card="1111")
    await a_contact(other, card="2222")
    wrong = {
        "wrong password": ("owner", "4071", "password", WRONG),
        "a member's own password": ("member", "4071", "password", PASSWORD),
        "wrong digits": ("owner", "4071", "card", "4072"),
        "another client's digits": ("owner", "4071", "card", "1111"),
        "the digits of a client of another tenant": ("owner", "4071", "card", "2222"),
        "no card on file": ("owner", None, "card", "0000"),
        "the digits as a password": ("owner", "4071", "password", "4071"),
        "the password as digits": ("owner", "4071", "card", PASSWORD),
        "other digits than 0 to 9": ("owner", "4071", "card", "４０７１"),
        "no digits": ("owner", "4071", "card", ""),
        "five digits": ("owner", "4071", "card", "40711"),
        "nothing": ("owner", "4071", "password", ""),
        "too much": ("owner", "4071", "password", PASSWORD * 100_000),
        "what cannot be encoded": ("owner", "4071", "password", "\ud800"),
        "a null byte": ("owner", "4071", "card", "4071\x00"),
    }
    for what, (role, card, method, secret) in wrong.items():
        actor = await someone(tenant, role, card=card)
        with within(tenant), pytest.raises(Refusal) as refusal:
            await prove(actor, Proof(method, Secret(secret)))
        assert (refusal.value.code, refusal.value.field) == ("proof_refused", "proof"), what
        with within(tenant):
            assert await value("select outcome from proof_attempts where client_id = $1", actor.client_id) == "failed"
            signed = await session_level(actor)
            assert signed is not None
            assert signed.level == "signed_in", what


async def test_refusals_take_the_same_time_whatever_is_wrong() -> None:
    tenant = await a_tenant()
    await a_contact(tenant, card="1111")
    tries = {
        "wrong password": ("owner", "4071", "password", WRONG),
        "a member's own password": ("member", "4071", "password", PASSWORD),
        "wrong digits": ("owner", "4071", "card", "4072"),
        "another client's digits": ("owner", "4071", "card", "1111"),
        "no card on file": ("owner", None, "card", "4072"),
        "malformed digits": ("owner", "4071", "card", "four"),
        "too long": ("owner", "4071", "password", "x" * 1_000_000),
    }
    seconds: dict[str, list[float]] = {what: [] for what in tries}
    for _ in range(15 if LONG else 5):
        for what, (role, card, method, secret) in tries.items():
            actor = await someone(tenant, role, card=card)
            with within(tenant):
                started = cpu_seconds()
                assert await outcome(actor, method, secret) == "proof_refused"
            seconds[what].append(cpu_seconds() - started)
    medians = {what: statistics.median(runs) for what, runs in seconds.items()}
    assert max(medians.values()) < 2 * min(medians.values()), medians


async def test_only_a_contact_with_a_session_may_try() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    member = await signed_in(await a_member(tenant))
    with within(tenant):
        assert await outcome(tenant.guest, "password", PASSWORD) == "sign_in_needed"
        assert await outcome(contact, "password", PASSWORD) == "sign_in_needed"
        assert await outcome(member, "password", PASSWORD) == "not_allowed"
        assert await outcome(replace(contact, session_id=member.session_id), "signed_in", "") == "proof_refused"
        assert await value("select count(*) from proof_attempts") == 0


async def test_the_sixth_try_is_refused_unread_even_if_it_is_right() -> None:
    tenant = await a_tenant()
    actor = await someone(tenant, card="4071")
    with within(tenant):
        for _ in range(MOST_TRIES):
            assert await outcome(actor, "password", WRONG) == "proof_refused"
        sixth = WatchedSecret(PASSWORD)
        assert await outcome(actor, "password", sixth) == "proof_locked"
        assert not sixth.looked_at
        assert await value("select count(*) from proof_attempts") == MOST_TRIES
        assert await outcome(actor, "card", "4071") == "passed"


async def test_twenty_tries_at_once_are_five_and_lock_once() -> None:
    tenant = await a_tenant()
    actor = await someone(tenant)
    colleague = await signed_in(await a_contact(tenant, client=actor.client_id))
    with within(tenant):
        codes = Counter(
            await asyncio.gather(*(outcome((actor, colleague)[n % 2], "password", WRONG) for n in range(20)))
        )
        assert codes == {"proof_refused": MOST_TRIES, "proof_locked": 20 - MOST_TRIES}
        assert await value("select count(*) from proof_attempts where outcome = 'failed'") == MOST_TRIES
        assert await events("ProofLocked") == 1
        assert await value("select count(*) from one_time_links") == 1


async def test_losing_redis_in_between_frees_no_try(urls: ServiceUrls) -> None:
    tenant = await a_tenant()
    actor = await someone(tenant, card="4071")
    with within(tenant):
        for _ in range(3):
            await outcome(actor, "card", "0000")
        async with redis_lost(urls):
            assert [await outcome(actor, "card", "0000") for _ in range(3)] == [
                "proof_refused", "proof_refused", "proof_locked",
            ]  # fmt: skip
        assert await redis_answers()
        assert await outcome(actor, "card", "4071") == "proof_locked"


async def test_tries_of_other_clients_do_not_count() -> None:
    tenant = await a_tenant()
    one, other = await someone(tenant), await someone(tenant)
    with within(tenant):
        for _ in range(MOST_TRIES):
            await outcome(one, "password", WRONG)
        assert await outcome(other, "password", PASSWORD) == "passed"


async def test_a_try_that_passes_starts_the_count_anew() -> None:
    tenant = await a_tenant()
    actor = await someone(tenant)
    with within(tenant):
        for _ in range(2):
            for _ in range(MOST_TRIES - 1):
                assert await outcome(actor, "password", WRONG) == "proof_refused"
            assert await outcome(actor, "password", PASSWORD) == "passed"
        assert await events("ProofLocked") == 0


async def test_tries_count_for_a_day() -> None:
    tenant = await a_tenant()
    actor = await someone(tenant)
    with within(tenant):
        for _ in range(MOST_TRIES):
            await outcome(actor, "password", WRONG)
        await age_tries(actor.client_id, timedelta(hours=23, minutes=59))
        assert await outcome(actor, "password", PASSWORD) == "proof_locked"
        await age_tries(actor.client_id, timedelta(minutes=2))
        assert await outcome(actor, "password", PASSWORD) == "passed"


async def test_a_try_counts_though_the_process_died_while_comparing_and_the_lock_is_told_later() -> None:
    tenant = await a_tenant()
    actor = await someone(tenant)
    with within(tenant):
        for _ in range(MOST_TRIES):
            with pytest.raises(KeyboardInterrupt):
                await prove(actor, Proof("password", LostSecret("")))
        assert await value("select count(*) from proof_attempts where outcome = 'pending'") == MOST_TRIES
        assert await outcome(actor, "password", PASSWORD) == "proof_locked"
        assert await events("ProofLocked") == 0
        await age_tries(actor.client_id, timedelta(minutes=2))
        for _ in range(2):
            assert await outcome(actor, "password", PASSWORD) == "proof_locked"
        assert await events("ProofLocked") == 1


async def test_the_lock_is_told_to_the_contact_the_staff_and_the_history() -> None:
    tenant = await a_tenant()
    actor, stranger = await someone(tenant), await someone(tenant)
    member = await a_member(tenant)
    with within(tenant):
        for _ in range(MOST_TRIES):
            assert await list_locks(member, actor.client_id or UUID(int=0)) == []
            await outcome(actor, "password", WRONG)
        assert actor.client_id is not None
        (lock,) = await list_locks(member, actor.client_id)
        assert (lock.method, lock.tries) == ("password", MOST_TRIES)
        assert timedelta(hours=23) < lock.locked_until - real_now() <= timedelta(hours=24)
        assert await list_locks(actor, actor.client_id) == [lock]
        assert await list_locks(stranger, actor.client_id) == []
        assert await list_locks(tenant.guest, actor.client_id) == []
        (told,) = await rows(
            """select l.account_id, l.client_id, l.method, l.purpose, d.consumer
                 from events e join one_time_links l on l.id::text = e.data->>'link_id'
                 join deliveries d on d.event_id = e.id and d.consumer <> 'live' where e.type = 'ProofLocked'"""
        )
        assert tuple(told) == (actor.account_id, actor.client_id, "password", "lift_lock", "proof_lock_mail")


async def test_however_many_prove_at_once_pages_find_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    tenant = await a_tenant()
    people = [await someone(tenant) for _ in range(16)]
    begun = transaction
    open_now = most_open = 0

    @asynccontextmanager
    async def counted() -> AsyncIterator[None]:
        nonlocal open_now, most_open
        async with begun():
            open_now += 1
            most_open = max(most_open, open_now)
            try:
                yield
            finally:
                open_now -= 1

    monkeypatch.setattr("backend.verification.prove.transaction", counted)
    monkeypatch.setattr("backend.verification.attempts.transaction", counted)
    with within(tenant):
        assert await asyncio.gather(*(outcome(each, "password", PASSWORD) for each in people)) == ["passed"] * 16
    assert 1 <= most_open <= AT_ONCE
