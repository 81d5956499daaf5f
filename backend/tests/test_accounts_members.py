"""Who may change whom on the staff, and what becomes of a mailed link when an address was wrong."""

from typing import Any
from uuid import UUID

import pytest

from backend.accounts.links import read_link
from backend.accounts.members import deactivate_member, invite_member, update_member
from backend.accounts.secret import Secret
from backend.accounts.set_password import set_password
from backend.actor import Actor
from backend.database import rows, value
from backend.errors import Refusal
from backend.keys import link_token
from backend.tests.factories import PASSWORD, TestTenant, a_member, a_tenant, sign_in_as, within


async def the_member(actor: Actor) -> UUID:
    found: UUID = await value("select id from members where account_id = $1", actor.account)
    return found


def fields(tenant: TestTenant, **instead: Any) -> dict[str, Any]:
    return {
        "name": "Noor",
        "email": "noor@here.example",
        "role": "agent",
        "department_ids": [tenant.support],
        **instead,
    }


async def test_an_admin_changes_nothing_of_an_owner_not_even_the_address() -> None:
    tenant = await a_tenant()
    owner, admin = await a_member(tenant, "owner"), await a_member(tenant, "admin")
    with within(tenant):
        with pytest.raises(Refusal) as refused:
            await update_member(admin, await the_member(owner), **fields(tenant, role="owner"))
        assert refused.value.code == "not_allowed"
        assert await value("select email from accounts where id = $1", owner.account) == owner.email
        await update_member(owner, await the_member(owner), **fields(tenant, role="owner"))


async def test_the_link_that_went_to_a_wrong_address_ends_and_the_right_one_gets_another() -> None:
    tenant = await a_tenant()
    admin = await a_member(tenant, "admin")
    with within(tenant):
        member_id = await invite_member(admin, **fields(tenant, email="typo@elsewhere.example"))
        await update_member(admin, member_id, **fields(tenant))
        links = [each["id"] for each in await rows("select id from one_time_links order by id")]
        wrong, right = (link_token(tenant.id, each) for each in links)
        found = await read_link(tenant.id, wrong)
        assert found is not None
        assert found.expired
        with pytest.raises(Refusal):
            await set_password(tenant.guest, wrong, Secret("a password of a stranger"))
        await set_password(tenant.guest, right, Secret(PASSWORD))
        await sign_in_as(tenant.id, "noor@here.example", PASSWORD)
        assert await value("select count(*) from events where type = 'MemberInvited'") == 2


async def test_who_has_a_password_is_not_invited_again_by_a_new_address() -> None:
    tenant = await a_tenant()
    admin, agent = await a_member(tenant, "admin"), await a_member(tenant)
    with within(tenant):
        await update_member(admin, await the_member(agent), **fields(tenant))
        assert await value("select count(*) from one_time_links") == 0
        await sign_in_as(tenant.id, "noor@here.example", PASSWORD)


async def test_the_last_owner_stays_whoever_asks() -> None:
    tenant = await a_tenant()
    owner = await a_member(tenant, "owner")
    with within(tenant):
        member_id = await the_member(owner)
        for asked in (
            update_member(owner, member_id, **fields(tenant, role="admin")),
            deactivate_member(owner, member_id),
        ):
            with pytest.raises(Refusal) as refused:
                await asked
            assert refused.value.code == "last_owner"


async def test_who_has_set_no_password_yet_is_invited_anew_and_the_older_link_works_no_more() -> None:
    tenant = await a_tenant()
    admin = await a_member(tenant, "admin")
    with within(tenant):
        first = await invite_member(admin, **fields(tenant))
        again = await invite_member(admin, **fields(tenant, name="Noor Smit", role="lead"))
        assert again == first
        links = await rows("select id from one_time_links order by id")
        old, new = [await read_link(tenant.id, link_token(tenant.id, each["id"])) for each in links]
        assert old is not None
        assert new is not None
        assert (old.expired, new.expired) == (True, False)
        assert await value("select role from members where id = $1", first) == "lead"
        await set_password(tenant.guest, link_token(tenant.id, links[1]["id"]), Secret(PASSWORD))
        with pytest.raises(Refusal) as refused:
            await invite_member(admin, **fields(tenant))
    assert refused.value.code == "email_taken"
