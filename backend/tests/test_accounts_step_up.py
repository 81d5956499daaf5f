"""Sensitive changes ask who is there once more, and one sees and ends one's own sessions."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from litestar import Litestar

from backend.accounts.browsers import browser_of
from backend.accounts.secret import Secret
from backend.accounts.throttle import PER_ACCOUNT
from backend.actor import RECENT, Actor, require_recent_sign_in
from backend.cards.customers import link_customer, unlink_customer
from backend.cards.set_card import remove_client_card, set_client_card
from backend.clock import real_now
from backend.database import rows, value
from backend.errors import Refusal
from backend.intake.kinds import create_kind, update_kind
from backend.tenants.departments import update_department
from backend.tests.client import a_browser
from backend.tests.factories import PASSWORD, a_contact, a_department, a_member, a_tenant, within
from backend.tickets.set_proof_needs import set_proof_needs

STEP_UP = "mutation($p: String!, $w: StepUpWay = PASSWORD) { stepUp(way: $w, answer: $p) { __typename ... on Problem { code field } } }"
DEACTIVATE = "mutation($id: ID!) { deactivateMember(id: $id) { __typename ... on Problem { code } } }"
SESSIONS = "{ security { sessions { id current browser system address madeBy } } }"
END = "mutation($id: ID!) { endSession(id: $id) { __typename ... on Problem { code } } }"
END_OTHERS = "mutation { endOtherSessions { ... on Security { sessions { current } } } }"
STALE = RECENT + timedelta(minutes=1)


def test_a_quarter_of_an_hour_after_the_password_a_verb_asks_again() -> None:
    from uuid import uuid4

    from backend.actor import system

    at = real_now()
    admin = Actor(tenant_id=uuid4(), kind="member", language="en", role="admin", stepped_up_at=at)
    require_recent_sign_in(admin)
    require_recent_sign_in(system(admin.tenant_id, "en", "a timer"))
    for stale in (None, at - STALE):
        with pytest.raises(Refusal) as refused:
            require_recent_sign_in(replace(admin, stepped_up_at=stale))
        assert refused.value.code == "step_up_needed"


async def test_the_staff_is_changed_only_after_a_recent_password_and_the_dialog_gives_one(app: Litestar) -> None:
    tenant = await a_tenant()
    owner, leaver = await a_member(tenant, "owner"), await a_member(tenant)
    async with a_browser(app, tenant) as browser:
        await browser.carry_on(owner)
        with within(tenant):
            await rows("update sessions set stepped_up_at = $1", real_now() - STALE)
            member_id = str(await value("select id from members where account_id = $1", leaver.account))
        assert await browser.ask(DEACTIVATE, id=member_id) == {"__typename": "Problem", "code": "step_up_needed"}
        wrong = await browser.ask(STEP_UP, p="not the password")
        assert wrong == {"__typename": "Problem", "code": "step_up_refused", "field": None}
        assert (await browser.ask(DEACTIVATE, id=member_id))["code"] == "step_up_needed"
        assert await browser.ask(STEP_UP, p=PASSWORD) == {"__typename": "Security"}
        assert await browser.ask(DEACTIVATE, id=member_id) == {"__typename": "Member"}


async def test_guessing_in_the_dialog_is_throttled_like_signing_in(app: Litestar) -> None:
    tenant = await a_tenant()
    member = await a_member(tenant)
    async with a_browser(app, tenant) as browser:
        await browser.carry_on(member)
        codes = [(await browser.ask(STEP_UP, p=f"guess {n}"))["code"] for n in range(PER_ACCOUNT)]
        assert codes == ["step_up_refused"] * PER_ACCOUNT
        assert (await browser.ask(STEP_UP, p=PASSWORD))["code"] == "too_many_tries"


async def test_one_sees_where_one_is_signed_in_and_ends_it(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant) as here, a_browser(app, tenant) as there, a_browser(app, tenant) as third:
        there.http.headers["user-agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        for browser in (here, there, third):
            await browser.sign_in(contact)
        first, *others = (await here.ask(SESSIONS))["sessions"]
        assert first["current"] is True
        assert len(others) == 2
        [firefox] = [each for each in others if each["browser"] == "Firefox"]
        assert (firefox["system"], firefox["madeBy"], firefox["current"]) == ("Linux", "PASSWORD", False)
        assert await here.ask(END, id=firefox["id"]) == {"__typename": "Security"}
        assert await there.ask("{ viewer { name } }") is None
        assert (await here.ask(END, id=firefox["id"]))["code"] == "not_found"
        assert await third.ask("{ viewer { name } }") is not None
        assert await here.ask(END_OTHERS) == {"sessions": [{"current": True}]}
        assert await third.ask("{ viewer { name } }") is None
        assert await here.ask("{ viewer { name } }") is not None


async def test_nobody_ends_the_session_of_another(app: Litestar) -> None:
    tenant = await a_tenant()
    victim, other = await a_contact(tenant), await a_member(tenant, "owner")
    async with a_browser(app, tenant, victim) as theirs, a_browser(app, tenant, other) as mine:
        [session] = (await theirs.ask(SESSIONS))["sessions"]
        assert (await mine.ask(END, id=session["id"]))["code"] == "not_found"
        assert await theirs.ask("{ viewer { name } }") is not None


async def test_a_guest_has_no_sign_in_to_look_at(app: Litestar) -> None:
    tenant = await a_tenant()
    async with a_browser(app, tenant) as browser:
        assert await browser.ask("{ security { sessions { id } } }") is None
        assert (await browser.ask(STEP_UP, p=PASSWORD))["code"] == "sign_in_needed"
        assert (await browser.ask(END, id="x"))["code"] == "sign_in_needed"


async def test_the_last_use_of_a_session_is_kept_every_few_minutes(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as browser:
        with within(tenant):
            long_ago = real_now() - timedelta(hours=1)
            await rows("update sessions set last_seen_at = $1", long_ago)
            await browser.ask("{ viewer { name } }")
            seen = await value("select last_seen_at from sessions")
            assert seen > long_ago + timedelta(minutes=50)
            await browser.ask("{ viewer { name } }")
            assert await value("select last_seen_at from sessions") == seen


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", ("Safari", "macOS")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1", ("Chrome", "iPhone")),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("something else", ("", "")),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_words(user_agent: str, words: tuple[str, str]) -> None:
    assert browser_of(user_agent) == words


async def test_what_weakens_proof_asks_again_too() -> None:
    tenant = await a_tenant()
    owner, contact = await a_member(tenant, "owner"), await a_contact(tenant)
    stale = replace(owner, stepped_up_at=real_now() - STALE)
    program = replace(tenant.actor, scopes=frozenset({"cards"}), reason="a program")
    with within(tenant):
        department = await a_department(tenant, proof_level="card")
        kind = await create_kind(owner, department, name="MX", description="", proof_level="password")
        number = await value("select number from clients where id = $1", contact.client_id)

        def department_needs(level: str, name: str = "Billing") -> dict[str, str]:
            return {"name": name, "description": "", "audience": "clients", "proof_level": level}

        sensitive_verbs: tuple[Callable[[Actor], Awaitable[None]], ...] = (
            lambda actor: set_proof_needs(actor, ["solved"], [department]),
            lambda actor: update_department(actor, department, **department_needs("none")),
            lambda actor: update_kind(actor, kind, department, name="MX", description="", proof_level="none"),
            lambda actor: set_client_card(actor, number, Secret("4242")),
            lambda actor: remove_client_card(actor, number),
        )
        for sensitive in sensitive_verbs:
            with pytest.raises(Refusal) as refused:
                await sensitive(stale)
            assert refused.value.code == "step_up_needed"
            await sensitive(owner)
        for billing in (link_customer(stale, number, "cus_x"), unlink_customer(stale, number)):
            with pytest.raises(Refusal) as refused:
                await billing
            assert refused.value.code == "step_up_needed"
        # A change of words does not, and a program shows its token each time.
        await update_department(stale, department, **department_needs("none", "Invoices"))
        await update_kind(stale, kind, department, name="Mail", description="", proof_level="none")
        await set_client_card(program, number, Secret("4242"))
