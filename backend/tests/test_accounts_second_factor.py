"""Second factors: set up, asked for, used once, taken away; and a company that wants one of its staff."""

import asyncio
import base64
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from litestar import Litestar

from backend.accounts.totp import matching_step
from backend.clock import real_now
from backend.database import rows, system_connection, value
from backend.redis import redis
from backend.tests.authenticator import Authenticator
from backend.tests.client import Browser, a_browser
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_member, a_tenant, within

PROBLEM = "... on Problem { code field }"
BEGIN = f"mutation {{ beginTotp {{ ... on TotpSetup {{ key uri picture }} {PROBLEM} }} }}"
SAVED = (
    f"... on FactorsSaved {{ recoveryCodes security {{ totp recoveryCodesLeft passkeys {{ id name }} }} }} {PROBLEM}"
)

CONFIRM = f"mutation($c: String!) {{ confirmTotp(code: $c) {{ {SAVED} }} }}"
REMOVE = f"mutation {{ removeTotp {{ {SAVED} }} }}"
NEW_CODES = f"mutation {{ newRecoveryCodes {{ {SAVED} }} }}"
BEGIN_PASSKEY = f"mutation {{ beginPasskey {{ ... on PasskeyOptions {{ options }} {PROBLEM} }} }}"
ADD = f"mutation($n: String!, $p: String!) {{ addPasskey(name: $n, passkey: $p) {{ {SAVED} }} }}"
REMOVE_PASSKEY = f"mutation($id: ID!) {{ removePasskey(id: $id) {{ {SAVED} }} }}"
RULE = f"mutation($r: Boolean!) {{ setSecondFactorRule(required: $r) {{ ... on Company {{ staffSecondFactor }} {PROBLEM} }} }}"
RESET = f"mutation($id: ID!) {{ resetSecondFactors(memberId: $id) {{ ... on Done {{ ok }} {PROBLEM} }} }}"
STEP_UP = f"mutation($w: StepUpWay!, $a: String!) {{ stepUp(way: $w, answer: $a) {{ ... on Security {{ email }} {PROBLEM} }} }}"
WHO = "{ viewer { name } }"


def code_of(key: str, *, steps: int = 0) -> str:
    """The code that an app shows now, or some steps later."""
    app = TOTP(base64.b32decode(key), 6, SHA1(), 30)
    return app.generate(int(time.time()) + 30 * steps).decode()


async def with_totp(browser: Browser) -> tuple[str, list[str]]:
    """Set up an authenticator app. Returns its key and the recovery codes."""
    made = await browser.ask(BEGIN)
    saved = await browser.ask(CONFIRM, c=code_of(made["key"]))
    return made["key"], saved["recoveryCodes"]


async def first_step(browser: Browser, email: str) -> list[str]:
    answer = await browser.post("/session", {"email": email, "password": PASSWORD})
    assert answer.status_code == 202, answer.text
    needs: list[str] = answer.json()["needs"]
    return needs


async def second_step(browser: Browser, kind: str, answer: str) -> tuple[int, Any]:
    found = await browser.post("/session/second-step", {"kind": kind, "answer": answer})
    return found.status_code, found.json()


async def forget_steps(tenant: TestTenant) -> None:
    """As if half a minute had passed: the codes of now count again."""
    with within(tenant):
        await rows("update totp_secrets set last_step = null")


async def test_an_authenticator_app_is_set_up_by_a_code_of_it_and_asked_for_from_then_on(app: Litestar) -> None:
    tenant = await a_tenant()
    member = await a_member(tenant)
    async with a_browser(app, tenant, member) as browser, a_browser(app, tenant) as other:
        made = await browser.ask(BEGIN)
        assert made["uri"].startswith("otpauth://totp/")
        assert made["picture"].startswith("data:image/svg+xml")
        assert await browser.ask(CONFIRM, c="12345") == {"code": "code_refused", "field": "code"}
        await other.sign_in(member)  # An app that was never confirmed is not asked for.
        saved = await browser.ask(CONFIRM, c=code_of(made["key"]))
        assert saved["security"]["totp"] is True
        assert len(set(saved["recoveryCodes"])) == 10
        assert (await browser.ask(BEGIN))["code"] == "already_there"

        await forget_steps(tenant)
        assert await first_step(other, member.email) == ["totp", "recovery"]
        assert await other.ask("{ security { email } }") is not None, "the session before goes when a new one comes"
        wrong = "000000" if code_of(made["key"]) != "000000" else "000001"
        assert (await second_step(other, "totp", wrong))[1]["code"] == "factor_refused"
        assert await second_step(other, "totp", code_of(made["key"])) == (201, {"side": "staff"})
        assert await other.ask(WHO) == {"name": member.name}


async def test_a_code_is_taken_once_also_side_by_side(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as browser:
        key, _ = await with_totp(browser)
        async with a_browser(app, tenant) as a, a_browser(app, tenant) as b, a_browser(app, tenant) as c:
            await first_step(a, contact.email)
            status, refused = await second_step(a, "totp", code_of(key))
            assert (status, refused["code"]) == (401, "factor_refused"), "the code of the set-up is used up"
            for each in (b, c):
                await first_step(each, contact.email)
            code = code_of(key, steps=1)
            found = await asyncio.gather(*(second_step(each, "totp", code) for each in (a, b, c)))
            assert sorted(status for status, _ in found) == [201, 401, 401]


def test_the_code_of_the_step_before_and_after_counts_and_no_other() -> None:
    secret, at = b"x" * 20, real_now()
    now = int(at.timestamp()) // 30
    app = TOTP(secret, 6, SHA1(), 30)
    for away in range(-3, 4):
        found = matching_step(secret, app.generate((now + away) * 30).decode(), at)
        assert found == (now + away if abs(away) <= 1 else None), away


async def test_a_recovery_code_stands_in_once(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as browser, a_browser(app, tenant) as other:
        _, codes = await with_totp(browser)
        await first_step(other, contact.email)
        typed = codes[0].upper().replace("-", " ")
        assert (await second_step(other, "recovery", typed))[0] == 201
        assert (await browser.ask("{ security { recoveryCodesLeft } }"))["recoveryCodesLeft"] == 9
        await first_step(other, contact.email)
        assert (await second_step(other, "recovery", codes[0]))[1]["code"] == "factor_refused"
        fresh = (await browser.ask(NEW_CODES))["recoveryCodes"]
        await first_step(other, contact.email)
        assert (await second_step(other, "recovery", codes[1]))[0] == 401, "the old ones count no more"
        assert (await second_step(other, "recovery", fresh[0]))[0] == 201
        with within(tenant):
            kept = await value("select string_agg(r::text, ' ') from recovery_codes r")
            told = await value("select count(*) from events where type = 'RecoveryCodeUsed'")
        assert not [code for code in codes + fresh if code in kept or code.replace("-", "") in kept]
        assert told == 2


async def test_a_passkey_is_the_second_step_the_only_step_and_confirms_that_it_is_still_you(app: Litestar) -> None:
    tenant = await a_tenant()
    member = await a_member(tenant, "owner")
    key = Authenticator(f"http://{tenant.host}", tenant.host)
    async with a_browser(app, tenant, member) as browser, a_browser(app, tenant) as other:
        options = (await browser.ask(BEGIN_PASSKEY))["options"]
        saved = await browser.ask(ADD, n=" My  laptop ", p=key.make(options))
        assert [each["name"] for each in saved["security"]["passkeys"]] == ["My laptop"]
        assert len(saved["recoveryCodes"]) == 10
        assert await browser.ask(ADD, n="Again", p=key.make(options)) == {"code": "passkey_refused", "field": "passkey"}

        assert await first_step(other, member.email) == ["passkey", "recovery"]
        asked = (await other.post("/session/second-step/options", {})).json()["options"]
        assert (await second_step(other, "passkey", key.sign(asked)))[0] == 201
        await other.http.delete("/session", headers={"x-csrftoken": await other.csrf()})
        assert await other.ask(WHO) is None

        asked = (await other.post("/session/passkey/options", {})).json()["options"]
        signed = key.sign(asked)
        answer = await other.post("/session/passkey", {"answer": signed})
        assert (answer.status_code, answer.json()["side"]) == (201, "staff")
        assert (await other.post("/session/passkey", {"answer": signed})).json()["code"] == "passkey_refused"

        assert (await browser.ask("{ security { stepUpBy } }"))["stepUpBy"] == ["PASSKEY", "RECOVERY"]
        assert (await browser.ask(STEP_UP, w="PASSWORD", a=PASSWORD))["code"] == "step_up_refused"
        asked = (await browser.ask("mutation { stepUpOptions { ... on PasskeyOptions { options } } }"))["options"]
        assert (await browser.ask(STEP_UP, w="PASSKEY", a=key.sign(asked)))["email"] == member.email

        gone = await browser.ask(REMOVE_PASSKEY, id=saved["security"]["passkeys"][0]["id"])
        assert gone["security"] == {"totp": False, "recoveryCodesLeft": 0, "passkeys": []}
        assert (await other.sign_in(member)) is other


async def test_a_passkey_that_did_not_see_its_owner_is_a_second_step_and_no_only_step(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    key = Authenticator(f"http://{tenant.host}", tenant.host, verifies=False)
    async with a_browser(app, tenant, contact) as browser, a_browser(app, tenant) as other:
        await browser.ask(ADD, n="A token", p=key.make((await browser.ask(BEGIN_PASSKEY))["options"]))
        asked = (await other.post("/session/passkey/options", {})).json()["options"]
        assert (await other.post("/session/passkey", {"answer": key.sign(asked)})).status_code == 401
        await first_step(other, contact.email)
        asked = (await other.post("/session/second-step/options", {})).json()["options"]
        assert (await second_step(other, "passkey", key.sign(asked)))[0] == 201


async def test_staff_that_owe_a_second_factor_set_one_up_before_anything_else(app: Litestar) -> None:
    tenant = await a_tenant()
    owner, agent, contact = await a_member(tenant, "owner"), await a_member(tenant), await a_contact(tenant)
    async with (
        a_browser(app, tenant, owner) as admin,
        a_browser(app, tenant, agent) as desk,
        a_browser(app, tenant, contact) as portal,
    ):
        assert (await admin.ask(RULE, r=True))["code"] == "own_second_factor_first", "nobody locks themselves out"
        await with_totp(admin)
        assert await desk.ask(RULE, r=True) == {"code": "not_allowed", "field": None}
        assert await admin.ask(RULE, r=True) == {"staffSecondFactor": True}
        assert await portal.ask(WHO) is not None, "clients choose for themselves"
        assert await desk.ask(WHO) is None, "also in a session from before"
        assert "sign_in_needed" in str(await desk.raw("{ queue { edges { node { number } } } }"))
        assert await desk.ask("{ security { mustSetUp email } }") == {"mustSetUp": True, "email": agent.email}

        answer = await desk.post("/session", {"email": agent.email, "password": PASSWORD})
        assert (answer.status_code, answer.json()) == (201, {"side": "staff", "sets_up": True})
        key, codes = await with_totp(desk)
        assert len(codes) == 10
        assert await desk.ask(WHO) == {"name": agent.name}
        assert (await desk.ask(REMOVE))["code"] == "second_factor_required"
        assert (await desk.ask("{ security { totp } }"))["totp"] is True
        assert key


async def test_an_admin_takes_the_factors_of_a_colleague_who_lost_them(app: Litestar) -> None:
    tenant = await a_tenant()
    owner, admin, agent = await a_member(tenant, "owner"), await a_member(tenant, "admin"), await a_member(tenant)
    async with (
        a_browser(app, tenant, admin) as desk,
        a_browser(app, tenant, agent) as theirs,
        a_browser(app, tenant, owner) as owners,
    ):
        await with_totp(theirs)
        with within(tenant):
            ids = {each["account_id"]: str(each["id"]) for each in await rows("select id, account_id from members")}
        assert (await theirs.ask(RESET, id=ids[agent.account]))["code"] == "not_allowed"
        assert (await desk.ask(RESET, id=ids[owner.account]))["code"] == "not_allowed"
        assert (await desk.ask(RESET, id=ids[admin.account]))["code"] == "not_allowed"
        assert await desk.ask(RESET, id=ids[agent.account]) == {"ok": True}
        assert await theirs.ask(WHO) is None, "whoever found the phone is out too"
        await theirs.sign_in(agent)
        assert await owners.ask(RESET, id=ids[admin.account]) == {"ok": True}


@pytest.mark.parametrize("document", [BEGIN, REMOVE, NEW_CODES, BEGIN_PASSKEY])
async def test_a_factor_is_changed_only_shortly_after_a_sign_in(app: Litestar, document: str) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as browser, a_browser(app, tenant) as guest:
        assert (await guest.ask(document))["code"] == "sign_in_needed"
        with within(tenant):
            await rows("update sessions set stepped_up_at = null")
        assert (await browser.ask(document))["code"] == "step_up_needed"


async def test_one_changes_one_s_own_password_and_is_signed_out_elsewhere(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    change = f"mutation($p: String!) {{ changePassword(password: $p) {{ ... on Security {{ email }} {PROBLEM} }} }}"
    async with a_browser(app, tenant, contact) as here, a_browser(app, tenant, contact) as there:
        assert await here.ask(change, p="short") == {"code": "password_too_short", "field": "password"}
        assert await here.ask(change, p="a quite new one") == {"email": contact.email}
        assert await here.ask(WHO) is not None
        assert await there.ask(WHO) is None
        refused = await there.post("/session", {"email": contact.email, "password": PASSWORD})
        assert refused.status_code == 401
        assert (
            await there.post("/session", {"email": contact.email, "password": "a quite new one"})
        ).status_code == 201


async def test_no_code_key_or_recovery_code_stands_in_database_redis_or_log(
    app: Litestar, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as browser, a_browser(app, tenant) as other:
        made = await browser.ask(BEGIN)
        code = code_of(made["key"])
        codes = (await browser.ask(CONFIRM, c=code))["recoveryCodes"]
        typed = ["hunter2-4817", codes[0], codes[1].replace("-", "")]
        await first_step(other, contact.email)
        for answer in typed:
            await second_step(other, "recovery", answer)
            await browser.ask(STEP_UP, w="RECOVERY", a=answer)
        for body in ({"kind": "totp", "answer": [typed[0]]}, {"kind": typed[0], "answer": "x"}, typed[0]):
            refused = await other.post("/session/second-step", body)
            assert refused.status_code == 400
            assert typed[0] not in refused.text
    secrets = [
        made["key"],
        base64.b32decode(made["key"]).hex(),
        *typed,
        *codes,
        *(each.replace("-", "") for each in codes),
    ]
    kept = []
    async with system_connection() as connection:
        for table in (
            "accounts",
            "sessions",
            "first_steps",
            "totp_secrets",
            "recovery_codes",
            "events",
            "outgoing_mails",
            "passkey_challenges",
        ):
            kept.append(
                await connection.fetchval(
                    f"select string_agg(t::text, ' ') from {table} t where tenant_id = $1", tenant.id
                )
                or ""
            )
    stored = b" ".join([await redis().dump(key) or b"" async for key in redis().scan_iter("*")])
    written = capfd.readouterr()
    for secret in secrets:
        assert secret not in " ".join(kept) + written.out + written.err + caplog.text
        assert secret.encode() not in stored
