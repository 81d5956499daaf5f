"""Proof by the holder of a mailed link: the same tries, the same words, and the link is used by what passes alone."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from backend.accounts.challenges import Holder
from backend.accounts.links import Link, create_link, lapse_links
from backend.accounts.secret import Secret
from backend.accounts.sessions import start_session
from backend.actor import Actor
from backend.clock import real_now
from backend.database import row, system_rows, transaction, value
from backend.errors import Refusal
from backend.keys import link_token
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_tenant, signed_in, within
from backend.tests.test_verification_prove import WRONG, events, outcome
from backend.verification import checks
from backend.verification.attestations import Attestation, insert_session_attestation
from backend.verification.checks import CHECKS, CannotCheck, Proof
from backend.verification.levels import STEP_UPS, StepUp
from backend.verification.prove import link_holder, prove_by_link
from backend.verification.tries import MOST_TRIES


async def a_proof_link(tenant: TestTenant, contact: Actor) -> str:
    with within(tenant):
        async with transaction():
            made = await create_link(tenant.actor, "prove", contact.account, client_id=contact.client_id)
    return link_token(tenant.id, made)


async def keep_nothing(holder: Actor, link: Link, method: StepUp) -> Attestation:
    """What is kept is the tickets' affair; here a session of the contact stands in for a ticket."""
    await start_session(holder.tenant_id, holder.account, "", "")
    session = await value("select id from sessions where account_id = $1 limit 1", holder.account)
    return (await insert_session_attestation(holder, session, method))[0]


async def by_link(visitor: Actor, token: str, method: str, secret: str) -> str:
    """`passed`, or the code of the refusal."""
    try:
        await prove_by_link(visitor, token, Proof(method, Secret(secret)), keep_nothing)
    except Refusal as refusal:
        return refusal.code
    return "passed"


@contextmanager
def away(method: StepUp, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The other system of a method does not answer."""

    async def check(actor: Actor, client_id: UUID, secret: Secret, holder: Holder) -> bool:
        raise CannotCheck

    with monkeypatch.context() as patch:
        patch.setitem(checks.CHECKS, method, check)
        yield


def test_each_method_has_a_check() -> None:
    assert set(CHECKS) == set(STEP_UPS)


async def test_the_holder_of_a_link_proves_as_its_contact_and_once() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant, card="4071")
    token = await a_proof_link(tenant, contact)
    with within(tenant):
        assert await by_link(tenant.guest, token, "password", WRONG) == "proof_refused"
        assert await by_link(tenant.guest, token, "card", "0000") == "proof_refused"
        assert await by_link(tenant.guest, token, "password", PASSWORD) == "passed"
        for secret in (PASSWORD, WRONG):
            assert await by_link(tenant.guest, token, "password", secret) == "link_expired"
        tries = await row("select count(*), count(distinct account_id) from proof_attempts")
        assert tries is not None
        assert tuple(tries) == (3, 1)
        assert await value("select distinct account_id from proof_attempts") == contact.account_id


async def test_whoever_is_signed_in_a_link_proves_for_its_own_contact_alone() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant, "member", card="4071")
    somebody = await signed_in(await a_contact(tenant, card="2222"))
    token = await a_proof_link(tenant, contact)
    with within(tenant):
        assert await by_link(somebody, token, "card", "2222") == "proof_refused"
        assert await by_link(somebody, token, "password", PASSWORD) == "proof_refused"
        _, holder = await link_holder(somebody, token)
        assert (holder.account_id, holder.client_id, holder.contact_role, holder.session_id, holder.role) == (
            contact.account_id, contact.client_id, "member", None, None,
        )  # fmt: skip
        assert await value("select count(*) from proof_attempts where client_id = $1", somebody.client_id) == 0


async def test_tries_by_link_and_in_a_session_are_counted_together() -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant))
    token = await a_proof_link(tenant, contact)
    with within(tenant):
        for n in range(MOST_TRIES):
            assert await (
                outcome(contact, "password", WRONG) if n % 2 else by_link(tenant.guest, token, "password", WRONG)
            ) == "proof_refused"  # fmt: skip
        assert await by_link(tenant.guest, token, "password", PASSWORD) == "proof_locked"
        assert await outcome(contact, "password", PASSWORD) == "proof_locked"
        assert await events("ProofLocked") == 1


async def test_twenty_guesses_at_once_by_several_links_are_five() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    tokens = [await a_proof_link(tenant, contact) for _ in range(4)]
    with within(tenant):
        codes = Counter(
            await asyncio.gather(
                *(
                    by_link(replace(tenant.guest, address=f"192.0.2.{n}"), tokens[n % 4], "password", WRONG)
                    for n in range(20)
                )
            )
        )
        assert codes == {"proof_refused": MOST_TRIES, "proof_locked": 20 - MOST_TRIES}


async def test_two_right_answers_at_once_use_a_link_once() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    token = await a_proof_link(tenant, contact)
    with within(tenant):
        codes = Counter(await asyncio.gather(*(by_link(tenant.guest, token, "password", PASSWORD) for _ in range(4))))
        assert codes == {"passed": 1, "link_expired": 3}
        assert await events("ProofPassed") == 1


async def test_a_link_that_is_not_for_this_tries_nothing() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    contact = await a_contact(tenant)
    token = await a_proof_link(tenant, contact)
    with within(tenant):
        async with transaction():
            lift = await create_link(
                tenant.actor, "lift_lock", contact.account, client_id=contact.client_id, method="card"
            )
        for wrong in (
            "",
            "x",
            token[:-1],
            token + "A",
            link_token(tenant.id, lift),
            link_token(tenant.id, UUID(int=1)),
        ):
            assert await by_link(tenant.guest, wrong, "password", PASSWORD) == "link_expired"
    with within(other):
        assert await by_link(other.guest, token, "password", PASSWORD) == "link_expired"
    for change in (
        "update one_time_links set expires_at = $2 where tenant_id = $1 and purpose = 'prove'",
        "update one_time_links set expires_at = expires_at + interval '1 day', used_at = $2 where tenant_id = $1",
    ):
        await system_rows(change, tenant.id, real_now() - timedelta(seconds=1))
        with within(tenant):
            assert await by_link(tenant.guest, token, "password", PASSWORD) == "link_expired"
    with within(tenant):
        assert await value("select count(*) from proof_attempts") == 0


async def test_a_link_whose_contact_was_disabled_or_that_lapsed_proves_nothing() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant, card="4071")
    first, second = await a_proof_link(tenant, contact), ""
    with within(tenant):
        async with transaction():
            await lapse_links(contact.account, "prove", real_now())
        assert await by_link(tenant.guest, first, "card", "4071") == "link_expired"
        second = await a_proof_link(tenant, contact)
    await system_rows(
        "update accounts set disabled_at = $3 where tenant_id = $1 and id = $2", tenant.id, contact.account, real_now()
    )
    with within(tenant):
        assert await by_link(tenant.guest, second, "card", "4071") == "link_expired"


async def test_a_try_that_could_not_be_compared_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant))
    token = await a_proof_link(tenant, contact)
    with within(tenant):
        for _ in range(MOST_TRIES - 1):
            assert await outcome(contact, "password", WRONG) == "proof_refused"
        with away("password", monkeypatch):
            for _ in range(MOST_TRIES):
                assert await outcome(contact, "password", PASSWORD) == "proof_unavailable"
                assert await by_link(tenant.guest, token, "password", PASSWORD) == "proof_unavailable"
        assert await value("select count(*) from proof_attempts where outcome = 'void'") == 2 * MOST_TRIES
        assert await events("ProofLocked") == 0
        # A try that was given back starts no count anew either: the one that is left locks.
        assert await by_link(tenant.guest, token, "password", WRONG) == "proof_refused"
        assert await by_link(tenant.guest, token, "password", PASSWORD) == "proof_locked"


async def test_an_address_is_slowed_down_whatever_accounts_it_tries_and_what_passes_is_not_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("backend.accounts.throttle.PER_PROOF_ADDRESS", 3)
    tenant = await a_tenant()
    with within(tenant):
        for _ in range(5):
            contact = await signed_in(await a_contact(tenant))
            assert await outcome(contact, "password", PASSWORD) == "passed"
        people = [await signed_in(await a_contact(tenant)) for _ in range(4)]
        codes = [await outcome(each, "password", WRONG) for each in people]
        assert codes == ["proof_refused"] * 3 + ["too_many_tries"]
        elsewhere = replace(people[3], address="198.51.100.9")
        assert await outcome(elsewhere, "password", WRONG) == "proof_refused"
        assert await value("select count(*) from proof_attempts where outcome <> 'passed'") == 4
