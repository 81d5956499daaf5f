"""Mailed links: what they are for is read freely, and used once, by whoever was mailed them."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from backend.accounts.links import create_link, read_link
from backend.accounts.secret import Secret
from backend.accounts.sessions import find_actor, start_session
from backend.actor import Actor
from backend.clock import real_now
from backend.database import rows, system_rows, transaction, value
from backend.errors import Refusal
from backend.keys import link_token
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_member, a_tenant, sign_in_as, signed_in, within
from backend.tests.test_verification_prove import WRONG, outcome
from backend.verification.queries import list_locks
from backend.verification.tries import MOST_LIFTS, MOST_TRIES
from backend.verification.use_link import use_link

NEW = "another horse, another battery"


async def a_locked_client(tenant: TestTenant) -> tuple[Actor, str]:
    """A contact whose password tries are used up, and the token that was mailed."""
    actor = await signed_in(await a_contact(tenant, card="4071"))
    with within(tenant):
        for method in ("password", "card"):
            for _ in range(MOST_TRIES):
                await outcome(actor, method, WRONG)
        link_id = await value(
            "select id from one_time_links where client_id = $1 and method = 'password'", actor.client_id
        )
    return actor, link_token(tenant.id, link_id)


async def a_password_link(tenant: TestTenant, account_id: UUID) -> str:
    with within(tenant):
        async with transaction():
            return link_token(tenant.id, await create_link(tenant.actor, "set_password", account_id))


async def refusal_of(tenant: TestTenant, token: str, password: str | None = None) -> str:
    with within(tenant), pytest.raises(Refusal) as refusal:
        await use_link(tenant.guest, token, None if password is None else Secret(password))
    return refusal.value.code


async def test_the_mailed_link_lifts_the_lock_of_its_method_alone() -> None:
    tenant = await a_tenant()
    actor, token = await a_locked_client(tenant)
    assert actor.client_id is not None
    with within(tenant):
        await use_link(tenant.guest, token, None)
        assert [lock.method for lock in await list_locks(tenant.actor, actor.client_id)] == ["card"]
        assert await outcome(actor, "card", "4071") == "proof_locked"
        assert await outcome(actor, "password", WRONG) == "proof_refused"
        assert await outcome(actor, "password", PASSWORD) == "passed"
        lifted = await rows("select actor_kind, actor_id from events where type = 'ProofLockLifted'")
    assert [tuple(each) for each in lifted] == [("contact", actor.account_id)]


async def test_who_is_no_contact_any_more_lifts_nothing() -> None:
    tenant = await a_tenant()
    actor, token = await a_locked_client(tenant)
    assert actor.client_id is not None
    await system_rows(
        "update contacts set client_id = $2 where account_id = $1", actor.account_id, await _another(tenant)
    )
    assert await refusal_of(tenant, token) == "link_expired"
    with within(tenant):
        assert len(await list_locks(tenant.actor, actor.client_id)) == 2


async def _another(tenant: TestTenant) -> UUID:
    client_id = (await a_contact(tenant)).client_id
    assert client_id is not None
    return client_id


async def test_a_lifted_lock_can_lock_again_and_mails_a_new_link() -> None:
    tenant = await a_tenant()
    actor, token = await a_locked_client(tenant)
    with within(tenant):
        await use_link(tenant.guest, token, None)
        assert [await outcome(actor, "password", WRONG) for _ in range(MOST_TRIES + 1)][-1] == "proof_locked"
        assert await value("select count(*) from one_time_links where method = 'password'") == 2
    assert await refusal_of(tenant, token) == "link_expired"


async def test_reading_what_a_link_is_for_does_not_use_it() -> None:
    tenant = await a_tenant()
    actor, token = await a_locked_client(tenant)
    with within(tenant):
        for _ in range(2):
            link = await read_link(tenant.id, token)
            assert link is not None
            assert (link.purpose, link.method, link.account_id, link.expired) == (
                "lift_lock", "password", actor.account_id, False,
            )  # fmt: skip
        await use_link(tenant.guest, token, None)
        link = await read_link(tenant.id, token)
    assert link is not None
    assert link.expired


async def test_a_link_works_once_though_it_is_used_twenty_times_at_once() -> None:
    tenant = await a_tenant()
    _, token = await a_locked_client(tenant)

    async def use() -> str:
        try:
            await use_link(tenant.guest, token, None)
        except Refusal as refusal:
            return refusal.code
        return "used"

    with within(tenant):
        codes = await asyncio.gather(*(use() for _ in range(20)))
        assert await value("select count(*) from proof_lifts") == 1
    assert sorted(codes) == ["link_expired"] * 19 + ["used"]


async def test_a_link_that_ran_out_was_forged_or_is_another_tenants_is_refused() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    _, token = await a_locked_client(tenant)
    member = await a_member(tenant)
    old = await a_password_link(tenant, member.account)
    with within(tenant):
        await rows("update one_time_links set used_at = $1 where purpose = 'set_password'", real_now())
    for wrong in (old, token[:-1] + ("A" if token[-1] != "A" else "B"), "", "\x00", "é", "x" * 10_000, token + token):
        assert await refusal_of(tenant, wrong, NEW) == "link_expired", wrong
    assert await refusal_of(other, token) == "link_expired"
    with within(other):
        assert await read_link(other.id, token) is None


async def test_a_link_ends_after_a_day_and_one_to_choose_a_password_after_a_week() -> None:
    tenant = await a_tenant()
    await a_locked_client(tenant)
    await a_password_link(tenant, (await a_member(tenant)).account)
    with within(tenant):
        found = await rows("select distinct purpose, expires_at - created_at as lasts from one_time_links order by 1")
    assert [(each["purpose"], each["lasts"]) for each in found] == [
        ("lift_lock", timedelta(days=1)),
        ("set_password", timedelta(days=7)),
    ]


async def test_setting_a_password_signs_in_from_then_on_and_ends_what_was_open() -> None:
    tenant = await a_tenant()
    member = await a_member(tenant, "admin")
    token, second = await a_password_link(tenant, member.account), await a_password_link(tenant, member.account)
    with within(tenant):
        session = await start_session(tenant.id, member.account, "", "")
        await use_link(tenant.guest, token, Secret(NEW))
        assert await find_actor(session, "") is None
        _, actor, _ = await sign_in_as(tenant.id, member.email, NEW)
        assert actor.account_id == member.account_id
        with pytest.raises(Refusal, match="do not go together"):
            await sign_in_as(tenant.id, member.email, PASSWORD)
    assert await refusal_of(tenant, token, NEW) == "link_expired"
    assert await refusal_of(tenant, second, NEW) == "link_expired"


async def test_a_password_that_cannot_be_kept_leaves_the_link_unused() -> None:
    tenant = await a_tenant()
    token = await a_password_link(tenant, (await a_member(tenant)).account)
    assert await refusal_of(tenant, token, None) == "required"
    assert await refusal_of(tenant, token, "short") == "password_too_short"
    assert await refusal_of(tenant, token, "x" * 257) == "too_long"
    assert await refusal_of(tenant, token, "\ud800" * 12) == "bad_text"
    with within(tenant):
        await use_link(tenant.guest, token, Secret(NEW))


async def test_a_disabled_account_sets_no_password() -> None:
    tenant = await a_tenant()
    member = await a_member(tenant)
    token = await a_password_link(tenant, member.account)
    with within(tenant):
        await rows("update accounts set disabled_at = $1", real_now())
    assert await refusal_of(tenant, token, NEW) == "link_expired"


async def test_a_lock_is_lifted_a_few_times_a_day_and_no_more_so_that_patience_finds_no_digits() -> None:
    tenant = await a_tenant()
    actor, token = await a_locked_client(tenant)
    with within(tenant):
        for _ in range(MOST_LIFTS):
            await use_link(tenant.guest, token, None)
            for _ in range(MOST_TRIES):
                assert await outcome(actor, "password", WRONG) == "proof_refused"
            link_id = await value(
                "select id from one_time_links where client_id = $1 and method = 'password' order by id desc limit 1",
                actor.client_id,
            )
            token = link_token(tenant.id, link_id)
        assert await refusal_of(tenant, token) == "lifts_spent"
        assert await outcome(actor, "password", PASSWORD) == "proof_locked"
