"""Who tries to get in by another way: fixed sessions, guessed codes, replayed and copied keys, and answers that tell."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from litestar import Litestar

from backend.accounts.first_step import MOST_TRIES, MOST_TRIES_A_DAY
from backend.accounts.throttle import PER_ACCOUNT, PER_ASK
from backend.clock import real_now
from backend.database import count_queries, rows, system_connection, value
from backend.http.cookies import SESSION_COOKIE, STEP_COOKIE
from backend.redis import redis
from backend.tests.authenticator import Authenticator
from backend.tests.client import Browser, a_browser
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_member, a_tenant, within
from backend.tests.test_accounts_second_factor import (
    ADD,
    BEGIN_PASSKEY,
    code_of,
    first_step,
    forget_steps,
    second_step,
    with_totp,
)

WHO = "{ viewer { name } }"


async def with_passkey(browser: Browser, tenant: TestTenant, **misbehaving: Any) -> Authenticator:
    key = Authenticator(f"http://{tenant.host}", tenant.host, **misbehaving)
    saved = await browser.ask(ADD, n="A laptop", p=key.make((await browser.ask(BEGIN_PASSKEY))["options"]))
    assert "recoveryCodes" in saved, saved
    return key


async def options(browser: Browser) -> str:
    found: str = (await browser.post("/session/passkey/options", {})).json()["options"]
    return found


async def enter(browser: Browser, answer: str) -> int:
    return (await browser.post("/session/passkey", {"answer": answer})).status_code


async def forget_throttles() -> None:
    """As if a quarter of an hour had passed."""
    async for key in redis().scan_iter("tries:*"):
        await redis().delete(key)


async def test_a_session_that_was_put_into_the_browser_beforehand_becomes_nobody_s(app: Litestar) -> None:
    tenant = await a_tenant()
    contact, attacker = await a_contact(tenant), await a_contact(tenant)
    async with a_browser(app, tenant, attacker) as theirs, a_browser(app, tenant) as victim:
        planted = theirs.http.cookies[SESSION_COOKIE]
        for each in (planted, "a" * 43):
            victim.http.cookies.clear()
            victim.http.cookies.set(SESSION_COOKIE, each)
            answer = await victim.post("/session", {"email": contact.email, "password": PASSWORD})
            assert answer.status_code == 201
            assert f"{SESSION_COOKIE}=" in answer.headers["set-cookie"]
            assert each not in answer.headers["set-cookie"]
        assert await theirs.ask(WHO) is None, "the planted one ended with the sign-in"


async def test_each_step_makes_a_token_of_its_own_and_the_first_opens_nothing(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with (
        a_browser(app, tenant, contact) as mine,
        a_browser(app, tenant) as browser,
        a_browser(app, tenant) as other,
    ):
        _, codes = await with_totp(mine)
        await first_step(browser, contact.email)
        step = browser.http.cookies[STEP_COOKIE]
        browser.http.cookies.set(SESSION_COOKIE, step)
        assert await browser.ask(WHO) is None
        browser.http.cookies.delete(SESSION_COOKIE)
        assert (await second_step(other, "recovery", codes[0]))[1]["code"] == "first_step_over", "another browser"
        assert (await second_step(browser, "recovery", codes[0]))[0] == 201
        assert browser.http.cookies[SESSION_COOKIE] != step
        browser.http.cookies.set(STEP_COOKIE, step)
        assert (await second_step(browser, "recovery", codes[1]))[1]["code"] == "first_step_over", "used once"


async def test_a_first_step_is_of_one_company_and_ends_after_minutes_and_with_the_account(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as mine, a_browser(app, tenant) as browser:
        _, codes = await with_totp(mine)
        await first_step(browser, contact.email)
        async with a_browser(app, await a_tenant()) as elsewhere:
            elsewhere.http.cookies.set(STEP_COOKIE, browser.http.cookies[STEP_COOKIE])
            assert (await second_step(elsewhere, "recovery", codes[0]))[1]["code"] == "first_step_over"
        async with system_connection() as connection:
            await connection.execute(
                "update first_steps set expires_at = $1 where tenant_id = $2", real_now(), tenant.id
            )
        assert (await second_step(browser, "recovery", codes[0]))[1]["code"] == "first_step_over"
        await first_step(browser, contact.email)
        with within(tenant):
            await rows("update accounts set disabled_at = $1", real_now())
        assert (await second_step(browser, "recovery", codes[0]))[1]["code"] == "first_step_over"


@pytest.mark.parametrize("kind", ["totp", "recovery"])
async def test_guessing_codes_ends_whatever_the_step_and_the_address(app: Litestar, kind: str) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as mine, a_browser(app, tenant) as browser:
        key, codes = await with_totp(mine)
        await forget_steps(tenant)
        await first_step(browser, contact.email)
        wrong = next(f"{n:06}" for n in range(10) if f"{n:06}" not in {code_of(key, steps=s) for s in (-1, 0, 1, 2)})
        guess = wrong if kind == "totp" else "aaaaa-aaaaa"
        of_one = [(await second_step(browser, kind, guess))[1]["code"] for _ in range(MOST_TRIES + 1)]
        assert of_one == ["factor_refused"] * MOST_TRIES + ["first_step_over"]
        await first_step(browser, contact.email)
        of_next = [(await second_step(browser, kind, guess))[1]["code"] for _ in range(PER_ACCOUNT - MOST_TRIES)]
        assert of_next[-1] == "too_many_tries"
        right = code_of(key) if kind == "totp" else codes[0]
        refused = await browser.post("/session", {"email": contact.email, "password": PASSWORD})
        assert refused.status_code == 429, "they count as tries of the account"
        assert (await second_step(browser, kind, right))[1]["code"] == "too_many_tries"


async def test_guessing_an_app_s_codes_with_patience_ends_for_the_day(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as mine, a_browser(app, tenant) as browser:
        key, codes = await with_totp(mine)
        await forget_steps(tenant)
        wrong = next(f"{n:06}" for n in range(10) if f"{n:06}" not in {code_of(key, steps=s) for s in (-1, 0, 1, 2)})
        for _ in range(MOST_TRIES_A_DAY // MOST_TRIES):
            await forget_throttles()
            await first_step(browser, contact.email)
            for _ in range(MOST_TRIES):
                assert (await second_step(browser, "totp", wrong))[1]["code"] == "factor_refused"
        await forget_throttles()
        await first_step(browser, contact.email)
        assert (await second_step(browser, "totp", code_of(key)))[1]["code"] == "too_many_tries"
        assert (await second_step(browser, "recovery", codes[0]))[0] == 201, "the owner has another way in"


async def test_twenty_guesses_side_by_side_are_no_more_than_those_of_a_step(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as mine, a_browser(app, tenant) as browser:
        await with_totp(mine)
        await first_step(browser, contact.email)
        found = await asyncio.gather(*(second_step(browser, "recovery", f"aaaaa-{n:05}") for n in range(20)))
        looked_at = [answer["code"] for _, answer in found].count("factor_refused")
        assert looked_at <= MOST_TRIES


async def test_a_passkey_of_another_origin_company_or_account_opens_nothing(app: Litestar) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    contact, neighbour, theirs = await a_contact(tenant), await a_contact(tenant), await a_contact(other)
    async with (
        a_browser(app, tenant, contact) as mine,
        a_browser(app, tenant, neighbour) as next_door,
        a_browser(app, other, theirs) as abroad,
    ):
        key = await with_passkey(mine, tenant)
        second = await with_passkey(next_door, tenant)
        foreign = await with_passkey(abroad, other)
        async with a_browser(app, tenant) as browser:
            assert await enter(browser, key.sign(await options(browser))) == 201
            # A page elsewhere that had it sign: the origin, and the name that the key is tied to.
            key.origin = "http://evil.example"
            assert await enter(browser, key.sign(await options(browser))) == 401
            key.origin, key.rp_id = f"http://{tenant.host}", "evil.example"
            assert await enter(browser, key.sign(await options(browser))) == 401
            key.rp_id = tenant.host
            assert await enter(browser, foreign.sign(await options(browser))) == 401
            # Another's key says that it is mine.
            second.user_handle = key.user_handle
            assert await enter(browser, second.sign(await options(browser))) == 401
            # A key that nobody here has made.
            assert await enter(browser, Authenticator(key.origin, key.rp_id).sign(await options(browser))) == 401
        async with a_browser(app, tenant) as browser:
            # A neighbour's key as my second step.
            second.user_handle = None
            assert (await first_step(browser, contact.email))[0] == "passkey"
            asked = (await browser.post("/session/second-step/options", {})).json()["options"]
            assert (await second_step(browser, "passkey", second.sign(asked)))[1]["code"] == "factor_refused"
        async with a_browser(app, other) as browser, a_browser(app, tenant) as here:
            # What one company asked is answered at another.
            assert await enter(browser, key.sign(await options(here))) == 401


async def test_what_a_passkey_signed_counts_once_in_time_and_for_what_it_was_asked(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with (
        a_browser(app, tenant, contact) as mine,
        a_browser(app, tenant) as browser,
        a_browser(app, tenant) as thief,
    ):
        key = await with_passkey(mine, tenant)
        signed = key.sign(await options(browser))
        await options(thief)
        assert await enter(thief, signed) == 401, "asked of another browser"
        signed = key.sign(await options(browser))
        found = await asyncio.gather(*(enter(browser, signed) for _ in range(5)))
        assert sorted(found) == [201, 401, 401, 401, 401]
        late = key.sign(await options(browser))
        with within(tenant):
            async with system_connection() as connection:
                await connection.execute(
                    "update passkey_challenges set expires_at = $1 where tenant_id = $2", real_now(), tenant.id
                )
        assert await enter(browser, late) == 401
        asked = (await mine.ask("mutation { stepUpOptions { ... on PasskeyOptions { options } } }"))["options"]
        assert await enter(mine, key.sign(asked)) == 401, "asked for something else"
        for nonsense in (
            "",
            "{}",
            "[]",
            "x" * 19_000,
            '{"rawId": "", "response": {"clientDataJSON": ""}}',
            "[" * 9_000,
        ):
            assert await enter(browser, nonsense) == 401


async def test_a_copied_passkey_shows_by_its_count(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as mine, a_browser(app, tenant) as browser:
        key = await with_passkey(mine, tenant)
        for _ in range(3):
            assert await enter(browser, key.sign(await options(browser))) == 201
        key.count -= 2  # The copy was made before the last signatures.
        assert await enter(browser, key.sign(await options(browser))) == 401
        key.count -= 1  # The very same count again.
        assert await enter(browser, key.sign(await options(browser))) == 401


async def test_a_session_of_one_company_is_nothing_at_another(app: Litestar) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    async with a_browser(app, tenant, await a_member(tenant, "owner")) as mine, a_browser(app, other) as abroad:
        abroad.http.cookies.set(SESSION_COOKIE, mine.http.cookies[SESSION_COOKIE])
        assert await abroad.ask("{ security { email } }") is None
        assert await abroad.ask(WHO) is None


Ask = Callable[[Browser, str], Awaitable[tuple[int, str]]]


async def by_ask(browser: Browser, email: str, purpose: str) -> tuple[int, str]:
    answer = await browser.post("/session/ask", {"email": email, "purpose": purpose})
    return answer.status_code, answer.text


async def by_code(browser: Browser, email: str) -> tuple[int, str]:
    answer = await browser.post("/session/guest", {"email": email, "code": "aaaaa-aaaaa"})
    return answer.status_code, answer.text


ASKS: dict[str, Ask] = {
    "reset_password": lambda browser, email: by_ask(browser, email, "reset_password"),
    "sign_in": lambda browser, email: by_ask(browser, email, "sign_in"),
    "guest_access": lambda browser, email: by_ask(browser, email, "guest_access"),
    "code": by_code,
}


@pytest.mark.parametrize("way", ASKS)
async def test_no_way_in_tells_by_its_words_its_time_or_its_work_who_is_known(app: Litestar, way: str) -> None:
    tenant = await a_tenant()
    contact, member = await a_contact(tenant), await a_member(tenant)
    emails = (contact.email, member.email, "nobody@client.example")
    seconds: dict[str, list[float]] = {email: [] for email in emails}
    answers: set[tuple[int, str]] = set()
    work: set[int] = set()
    async with a_browser(app, tenant) as browser:
        await ASKS[way](browser, "warm@up.example")
        for _ in range(PER_ASK):
            for email in emails:
                started = time.process_time()
                with count_queries() as count:
                    answers.add(await ASKS[way](browser, email))
                seconds[email].append(time.process_time() - started)
                work.add(len(count))
        assert len(answers) == 1, answers
        assert len(work) == 1, work
        medians = [statistics.median(runs) for runs in seconds.values()]
        assert max(medians) < 2 * min(medians) + 0.005, medians
        if way != "code":
            spent = {await ASKS[way](browser, email) for email in emails}
            assert [status for status, _ in spent] == [429], "counted for those whom nobody has, too"


async def test_a_link_that_is_spent_foreign_or_made_up_is_refused_in_the_same_words(app: Litestar) -> None:
    from backend.accounts.links import create_link
    from backend.database import transaction
    from backend.ids import new_id
    from backend.keys import link_token

    tenant, other = await a_tenant(), await a_tenant()
    contact, theirs = await a_contact(tenant), await a_contact(other)
    with within(tenant):
        async with transaction():
            spent = await create_link(tenant.actor, "sign_in", contact.account)
            await rows("update one_time_links set used_at = $1", real_now())
    with within(other):
        async with transaction():
            foreign = await create_link(other.actor, "sign_in", theirs.account)
    tokens = [
        link_token(tenant.id, spent), link_token(other.id, foreign), link_token(tenant.id, foreign),
        link_token(tenant.id, new_id()), "", "x" * 900, "\u202e",
    ]  # fmt: skip
    async with a_browser(app, tenant) as browser:
        found = {
            (answer.status_code, answer.text)
            for token in tokens
            for answer in [await browser.post("/session/link", {"token": token})]
        }
        assert len(found) == 1, found
        assert await browser.ask(WHO) is None
        with within(tenant):
            assert await value("select count(*) from sessions") == 0
