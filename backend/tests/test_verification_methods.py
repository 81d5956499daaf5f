"""Levels stand in their order; a company switches the ways of proving on and off, never below what it asks for."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.secret import Secret
from backend.clock import real_now
from backend.database import rows, value
from backend.errors import Refusal
from backend.intake.kinds import archive_kind, create_kind, restore_kind, update_kind
from backend.tenants.departments import archive_department, create_department, restore_department, update_department
from backend.tenants.proof_levels import PROOF_LEVELS, WHAT_REACHES, is_reached
from backend.tests.factories import PASSWORD, a_contact, a_department, a_member, a_tenant, signed_in, within
from backend.verification.checks import Proof
from backend.verification.levels import LEVEL_OF, STEP_UPS, highest, rank, reaches
from backend.verification.methods import SWITCHED, OfferedMethod, methods_on, offered_methods, set_methods
from backend.verification.prove import prove

LEVELS = ["none", "email", "signed_in", "card", "password", "second_factor"]
levels = st.sampled_from(LEVELS)
EVERYTHING = list(SWITCHED)


@given(levels, levels, levels)
def test_the_order_of_levels_is_one_order(one: str, other: str, third: str) -> None:
    assert reaches(one, one)
    assert reaches(one, other) or reaches(other, one)
    assert not (reaches(one, other) and reaches(other, third)) or reaches(one, third)
    assert (reaches(one, other) and reaches(other, one)) == (
        one == other or {one, other} == {"password", "second_factor"}
    )
    assert reaches(one, "none")


@given(st.lists(levels, max_size=6))
def test_the_highest_of_some_levels_reaches_all_of_them_and_is_one_of_them(some: list[str]) -> None:
    found = highest(*some)
    assert all(reaches(found, each) for each in some)
    assert found in some or (found == "none" and not some)


def test_levels_rise_from_none_to_what_is_typed_anew_and_every_method_has_one() -> None:
    ranks = [rank(each) for each in LEVELS]
    assert ranks == sorted(ranks)
    assert rank("password") == rank("second_factor")
    assert LEVEL_OF["totp"] == LEVEL_OF["passkey"] == "second_factor"
    assert set(LEVEL_OF) == {*SWITCHED, "signed_in"}


@pytest.mark.parametrize("level", PROOF_LEVELS)
def test_what_the_table_of_the_set_up_says_is_what_the_levels_say(level: str) -> None:
    """`tenants` lies below verification and cannot ask it."""
    for size in range(len(SWITCHED) + 1):
        for some in combinations(SWITCHED, size):
            # A PIN carries what was proved otherwise; to be signed in is always possible.
            gives = [LEVEL_OF[each] for each in some if each != "pin"]  # type: ignore[index]
            assert is_reached(level, frozenset(some)) == any(reaches(each, level) for each in ["signed_in", *gives])
    assert WHAT_REACHES.keys() <= set(PROOF_LEVELS)


async def test_a_method_that_is_off_proves_nothing_and_costs_no_try() -> None:
    tenant = await a_tenant()
    admin = await signed_in(await a_member(tenant, "admin"))
    actor = await signed_in(await a_contact(tenant, card="4071"))
    with within(tenant):
        await set_methods(admin, ["password"])
        with pytest.raises(Refusal) as refused:
            await prove(actor, Proof("card", Secret("4071")))
        assert (refused.value.code, refused.value.field) == ("proof_not_offered", "proof")
        assert await value("select count(*) from proof_attempts") == 0
        assert (await prove(actor, Proof("password", Secret(PASSWORD)))).level == "password"
        await set_methods(admin, EVERYTHING)
        assert (await prove(actor, Proof("card", Secret("4071")))).level == "card"
        assert await methods_on() == frozenset(SWITCHED)


async def test_the_last_method_that_reaches_what_a_department_or_kind_needs_stays_on() -> None:
    tenant = await a_tenant()
    admin = await signed_in(await a_member(tenant, "admin"))
    with within(tenant):
        billing = await a_department(tenant, "Billing", proof_level="card")
        kind = await create_kind(
            admin, tenant.support, name="Change MX records", description="", proof_level="password"
        )
        await set_methods(admin, ["password", "email"])
        for methods, place in (
            ([], "Billing"),
            (["card"], "Support / Change MX records"),
            (["email", "pin"], "Billing"),
        ):
            with pytest.raises(Refusal) as refused:
                await set_methods(admin, methods)
            assert (refused.value.code, refused.value.field) == ("proof_method_needed", "methods")
            assert f"“{place}”" in refused.value.message("nl")
        await archive_kind(admin, kind)
        await set_methods(admin, ["card"])
        await archive_department(admin, billing)
        await set_methods(admin, [])
        domains = await a_department(tenant, "Domains")
        await create_kind(admin, domains, name="Change NS records", description="", proof_level="none")
        await rows("update kinds set proof_level = 'password' where department_id = $1", domains)
        await archive_department(admin, domains)
        for again in (
            restore_kind(admin, kind), restore_department(admin, billing), restore_department(admin, domains),
        ):  # fmt: skip
            with pytest.raises(Refusal) as refused:
                await again
            assert refused.value.code == "proof_not_offered"


async def test_nothing_may_ask_for_a_proof_that_no_method_gives() -> None:
    tenant = await a_tenant()
    admin = await signed_in(await a_member(tenant, "admin"))
    words = {"name": "Domains", "description": ""}
    with within(tenant):
        kind = await create_kind(admin, tenant.support, proof_level="none", **words)
        await set_methods(admin, ["card"])
        for ask in (
            create_department(admin, audience="clients", proof_level="password", **words),
            update_department(admin, tenant.support, audience="clients", proof_level="password", **words),
            create_kind(admin, tenant.support, name="Other", description="", proof_level="password"),
            update_kind(admin, kind, tenant.support, proof_level="password", **words),
            update_kind(admin, kind, tenant.support, proof_level="second_factor", **words),
        ):
            with pytest.raises(Refusal) as refused:
                await ask
            assert (refused.value.code, refused.value.field) == ("proof_not_offered", "proofLevel")
        await update_kind(admin, kind, tenant.support, proof_level="card", **words)


async def test_a_method_and_what_needs_it_cannot_change_past_each_other() -> None:
    for _ in range(4):
        tenant = await a_tenant()
        admin = await signed_in(await a_member(tenant, "admin"))
        with within(tenant):
            await asyncio.gather(
                set_methods(admin, []),
                create_kind(admin, tenant.support, name="MX", description="", proof_level="password"),
                create_department(admin, name="D", description="", audience="clients", proof_level="card"),
                return_exceptions=True,
            )
            needed = highest(*(await value("select array_agg(proof_level) from (select proof_level from kinds union select proof_level from departments) l")))  # fmt: skip
            assert is_reached(needed, await methods_on())


async def test_only_an_admin_who_signed_in_a_short_while_ago_switches_methods() -> None:
    tenant = await a_tenant()
    admin = await signed_in(await a_member(tenant, "admin"))
    stale = replace(admin, stepped_up_at=real_now() - timedelta(minutes=16))
    contact = await signed_in(await a_contact(tenant))
    with within(tenant):
        for actor, code in (
            (await a_member(tenant, "lead"), "not_allowed"),
            (contact, "not_allowed"),
            (stale, "step_up_needed"),
        ):
            with pytest.raises(Refusal) as refused:
                await set_methods(actor, ["password"])
            assert refused.value.code == code
        with pytest.raises(Refusal):
            await set_methods(admin, ["signed_in"])
        assert await methods_on() == frozenset(SWITCHED)


async def test_a_contact_is_offered_what_is_on_and_reaches_the_level_and_told_whether_it_works() -> None:
    tenant = await a_tenant()
    admin = await signed_in(await a_member(tenant, "admin"))
    owner = await signed_in(await a_contact(tenant, card="4071"))
    member = await signed_in(await a_contact(tenant, "member"))
    with within(tenant):
        card = OfferedMethod(method="card", level="card", works=True)
        password = OfferedMethod(method="password", level="password", works=True)
        assert (await offered_methods(owner, "card"))[:2] == [card, password]
        assert card not in await offered_methods(owner, "password")
        assert [
            each.works for each in await offered_methods(member, "card") if each.method in ("card", "password")
        ] == [False, False]
        assert await offered_methods(tenant.guest, "card") == []
        assert await offered_methods(admin, "card") == []
        await set_methods(admin, ["password"])
        assert await offered_methods(owner, "card") == [password]
    assert "card" in STEP_UPS
