"""A session is one account at one tenant, until it ends."""

from datetime import timedelta

from backend.accounts.sessions import end_session, find_actor, revoke_sessions, start_session
from backend.clock import real_now
from backend.database import bind, count_queries, rows, system_rows, value
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, within


async def a_token(tenant: TestTenant) -> str:
    contact = await a_contact(tenant)
    with within(tenant):
        return await start_session(tenant.id, contact.account, "192.0.2.7", "Firefox\x00\n on a desk")


async def test_a_token_finds_who_acts_in_one_statement() -> None:
    tenant = await a_tenant(language="nl")
    contact, member = await a_contact(tenant, "may_approve"), await a_member(tenant, "lead")
    for person in (contact, member):
        with within(tenant):
            token = await start_session(tenant.id, person.account, "192.0.2.7", "")
            with count_queries() as count:
                found = await find_actor(token, "192.0.2.8")
        assert len(count) == 1
        assert found is not None
        assert (found.account_id, found.kind, found.role, found.client_id, found.contact_role) == (
            person.account_id,
            person.kind,
            person.role,
            person.client_id,
            person.contact_role,
        )
        assert (found.language, found.address) == ("nl", "192.0.2.8")
        assert found.session_id is not None


async def test_the_language_of_the_account_goes_before_the_tenants() -> None:
    tenant = await a_tenant(language="nl")
    token = await a_token(tenant)
    with within(tenant):
        await rows("update accounts set language = 'en'")
        found = await find_actor(token, "")
    assert found is not None
    assert found.language == "en"


async def test_the_token_itself_is_not_in_the_database() -> None:
    tenant = await a_tenant()
    token = await a_token(tenant)
    with within(tenant):
        kept = await value("select s::text from sessions s")
    assert token not in kept
    assert token.encode().hex() not in kept


async def test_a_token_finds_nobody_at_another_tenant() -> None:
    tenant, other = await a_tenant(), await a_tenant()
    token = await a_token(tenant)
    with within(other):
        assert await find_actor(token, "") is None
    with bind(None):
        assert await find_actor(token, "") is None


async def test_a_session_that_ended_expired_or_lost_its_account_finds_nobody() -> None:
    tenant = await a_tenant()
    for end in ("end", "revoke", "expire", "disable"):
        token = await a_token(tenant)
        with within(tenant):
            actor = await find_actor(token, "")
            assert actor is not None
            if end == "end":
                await end_session(actor)
            elif end == "revoke":
                await revoke_sessions(actor.account)
            elif end == "expire":
                await rows("update sessions set expires_at = $1 where id = $2", real_now(), actor.session_id)
            else:
                await rows("update accounts set disabled_at = $1 where id = $2", real_now(), actor.account)
            assert await find_actor(token, "") is None, end


async def test_a_session_ends_after_the_days_that_were_asked_for() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    with within(tenant):
        await start_session(tenant.id, contact.account, "", "", days=3)
        ends = await value("select expires_at from sessions")
    assert timedelta(days=2, hours=23) < ends - real_now() <= timedelta(days=3)


async def test_what_can_be_no_token_finds_nobody() -> None:
    tenant = await a_tenant()
    with within(tenant):
        for token in ("", "x" * 10_000, "\ud800", "é", "\x00", "' or true --"):
            assert await find_actor(token, "") is None


async def test_signing_out_leaves_the_other_sessions_of_the_account() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    with within(tenant):
        first = await start_session(tenant.id, contact.account, "", "")
        second = await start_session(tenant.id, contact.account, "", "")
        actor = await find_actor(first, "")
        assert actor is not None
        await end_session(actor)
        assert await find_actor(second, "") is not None
    assert await system_rows("select 1 from sessions where id = $1 and revoked_at is not null", actor.session_id)
