"""Somebody reads a client's mail, and sets a new password by it: that proves no more than the mail does."""

from datetime import timedelta

import pytest

from backend.accounts.let_in import SignedIn, Visit
from backend.accounts.links import Purpose, create_link
from backend.accounts.secret import Secret
from backend.accounts.use_link import sign_in_by_link
from backend.actor import Actor
from backend.clock import real_now
from backend.database import rows, transaction, value
from backend.errors import Refusal
from backend.keys import link_token
from backend.tests.factories import TestTenant, a_contact, a_passkey, a_tenant, within
from backend.verification.checks import RESET_RESTS, Proof, require_usable
from backend.verification.methods import offered_methods
from backend.verification.prove import prove

NEW = "a brand new password"


async def set_anew(tenant: TestTenant, contact: Actor, purpose: Purpose) -> Actor:
    async with transaction():
        link = await create_link(tenant.actor, purpose, contact.account)
    taken = await sign_in_by_link(Visit(visitor=tenant.guest), link_token(tenant.id, link), Secret(NEW))
    assert isinstance(taken, SignedIn)
    return taken.actor


async def working(contact: Actor) -> list[str]:
    """The methods that the portal says would be taken now."""
    return [each.method for each in await offered_methods(contact, "email") if each.works]


async def test_who_reads_the_mail_gains_no_more_than_the_mail() -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant, card="4071")
    with within(tenant):
        thief = await set_anew(tenant, contact, "reset_password")
        await a_passkey(contact, credential=b"of the thief")
        for method in ("password", "totp", "passkey"):
            with pytest.raises(Refusal) as refused:
                await prove(thief, Proof(method, Secret(NEW)))
            assert refused.value.code == "proof_too_new"
        assert await value("select count(*) from proof_attempts") == 0
        assert (await prove(thief, Proof("card", Secret("4071")))).level == "card"
        assert await working(thief) == ["card"]
        await rows("update accounts set password_reset_at = $1", real_now() - RESET_RESTS - timedelta(minutes=1))
        assert await working(thief) == ["card", "password", "passkey"]
        assert (await prove(thief, Proof("password", Secret(NEW)))).level == "password"


async def test_a_first_password_by_an_invitation_and_a_factor_from_before_the_reset_count() -> None:
    tenant = await a_tenant()
    invited, careful = await a_contact(tenant), await a_contact(tenant)
    with within(tenant):
        actor = await set_anew(tenant, invited, "set_password")
        assert (await prove(actor, Proof("password", Secret(NEW)))).level == "password"
        await a_passkey(careful, credential=b"from before")
        await rows("update accounts set password_reset_at = clock_timestamp() where id = $1", careful.account)
        await require_usable(careful, "passkey")
        with pytest.raises(Refusal):
            await require_usable(careful, "password")
