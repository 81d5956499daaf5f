"""Links to set a password and to sign in, word of what changed, and what a guest's receipt opens."""

import re
from datetime import timedelta
from typing import Any

import pytest
from litestar import Litestar

from backend.clock import real_now
from backend.database import rows, value
from backend.jobs.drain import drain
from backend.tests.client import Browser, a_browser
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher, Caught
from backend.tests.test_accounts_second_factor import forget_steps, second_step, with_totp
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply
from backend.tickets.write_ticket import OpenedTicket

WHO = "{ viewer { name isGuest } }"
NEW = "a quite new password"
MINE = "{ myTickets { edges { node { number } } } }"


async def ask(browser: Browser, email: str, purpose: str) -> int:
    return (await browser.post("/session/ask", {"email": email, "purpose": purpose})).status_code


async def use(browser: Browser, token: str, password: str | None = None) -> tuple[int, Any]:
    answer = await browser.post("/session/link", {"token": token, "password": password})
    return answer.status_code, answer.json()


def token_of(mail: Caught) -> str:
    found = re.search(r"/link/([\w-]+)", mail.part("plain"))
    assert found, mail.part("plain")
    return found[1]


def code_of(mail: Caught) -> str:
    found = re.search(r"access code: ([a-z0-9]{5}-[a-z0-9]{5})", mail.part("plain"))
    assert found, mail.part("plain")
    return found[1]


async def a_guest_ticket(tenant: TestTenant, email: str = "eve@else.example", subject: str = "A quote") -> OpenedTicket:
    with within(tenant):
        opened = await open_ticket(
            tenant.guest,
            NewTicket(department_id=tenant.support, subject=subject, body="Please.", name="Eve", email=email),
        )
    await drain(tenant.id)
    return opened


async def test_a_forgotten_password_is_set_by_a_mailed_link_and_one_is_signed_in_at_once(
    app: Litestar, catcher: Catcher
) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as there, a_browser(app, tenant) as here:
        assert await ask(here, contact.email, "reset_password") == 202
        await drain(tenant.id)
        token = token_of(catcher.one_to(contact.email))
        assert (await use(here, token))[1]["code"] == "required"
        assert (await use(here, token, "short"))[1]["code"] == "password_too_short"
        assert await use(here, token, NEW) == (201, {"side": "client"})
        assert await here.ask(WHO) == {"name": contact.name, "isGuest": False}
        assert await there.ask(WHO) is None, "every session from before has ended"
        assert (await use(there, token, NEW))[1]["code"] == "link_expired"
        assert (await there.post("/session", {"email": contact.email, "password": NEW})).status_code == 201
        # A mailed link proves that the mail is theirs, no more: what is sensitive asks for the password.
        begun = await here.ask("mutation { beginTotp { __typename ... on Problem { code } } }")
        assert begun["code"] == "step_up_needed"


async def test_asking_again_ends_the_link_before_and_each_link_has_its_time(app: Litestar, catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant) as browser:
        for purpose, minutes in (("reset_password", 60), ("sign_in", 15)):
            for _ in range(2):
                await ask(browser, contact.email, purpose)
                await drain(tenant.id)
            first, second = (token_of(mail) for mail in catcher.to(contact.email)[-2:])
            assert (await use(browser, first, NEW))[1]["code"] == "link_expired"
            with within(tenant):
                left = await value(
                    "select expires_at from one_time_links where purpose = $1 and used_at is null", purpose
                )
                assert timedelta(minutes=minutes - 1) < left - real_now() <= timedelta(minutes=minutes)
            assert (await use(browser, second, NEW))[0] == 201


async def test_a_link_signs_a_contact_in_once_and_the_staff_never(app: Litestar, catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact, member = await a_contact(tenant), await a_member(tenant)
    async with a_browser(app, tenant) as browser:
        for email in (contact.email, member.email):
            assert await ask(browser, email, "sign_in") == 202
        await drain(tenant.id)
        assert catcher.to(member.email) == []
        token = token_of(catcher.one_to(contact.email))
        purpose = await browser.ask("query($t: String!) { linkPurpose(token: $t) { purpose expired } }", t=token)
        assert purpose == {"purpose": "sign_in", "expired": False}, "a mail scanner that looks changes nothing"
        assert await use(browser, token) == (201, {"side": "client"})
        assert (await use(browser, token))[1]["code"] == "link_expired"


@pytest.mark.parametrize("purpose", ["reset_password", "sign_in"])
async def test_a_mailed_link_does_not_pass_by_the_second_factor(app: Litestar, catcher: Catcher, purpose: str) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as mine, a_browser(app, tenant) as browser:
        _, codes = await with_totp(mine)
        await drain(tenant.id)
        await forget_steps(tenant)
        await ask(browser, contact.email, purpose)
        await drain(tenant.id)
        token = token_of(catcher.to(contact.email)[-1])
        assert await use(browser, token, NEW) == (202, {"needs": ["totp", "recovery"]})
        assert await browser.ask(WHO) is None
        assert (await second_step(browser, "recovery", codes[0]))[0] == 201
        assert await browser.ask(WHO) is not None


async def test_whoever_owns_the_account_hears_of_each_change_and_of_a_new_browser(
    app: Litestar, catcher: Catcher
) -> None:
    tenant = await a_tenant(language="nl")
    contact = await a_contact(tenant)
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    async with a_browser(app, tenant, contact) as known, a_browser(app, tenant) as new:
        await drain(tenant.id)
        assert catcher.mails == [], "the very first sign-in is no news"
        await known.sign_in(contact)
        await drain(tenant.id)
        assert catcher.mails == [], "nor is the same browser"
        new.http.headers["user-agent"] = firefox
        await new.sign_in(contact)
        await drain(tenant.id)
        told = catcher.one_to(contact.email)
        assert "Firefox op Linux" in told.part("plain")
        assert "127.0.0.1" in told.part("plain")
        assert f"http://{tenant.host}:8080/security" in told.part("plain")

        await with_totp(new)
        await drain(tenant.id)
        notice = catcher.to(contact.email)[-1]
        assert "Er is een authenticator-app ingesteld" in notice.part("plain")


async def test_a_guest_s_receipt_opens_their_own_requests_by_link_and_by_code(app: Litestar, catcher: Catcher) -> None:
    tenant = await a_tenant()
    agent, contact = await a_member(tenant), await a_contact(tenant)
    opened = await a_guest_ticket(tenant)
    with within(tenant):
        other = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Not theirs", body="x"))
        await reply(agent, opened.number, "Here it is.")
    await drain(tenant.id)
    receipt, answer = catcher.to("eve@else.example")
    code = code_of(receipt)
    assert "access code" not in answer.part("plain"), "it stands in one mail alone"
    ticket = "query($n: Int!) { ticket(number: $n) { subject level } }"
    answer_it = "mutation($n: Int!) { reply(number: $n, body: \"Thank you.\") { ... on ReplySuccess { sent: message { level } } ... on Problem { code } } }"  # fmt: skip
    async with a_browser(app, tenant) as by_link, a_browser(app, tenant) as by_code:
        assert await use(by_link, token_of(receipt)) == (201, {"side": "client"})
        found = await by_code.post("/session/guest", {"email": " EVE@else.example ", "code": code.upper()})
        assert found.status_code == 201
        for browser, level in ((by_link, "EMAIL"), (by_code, "NONE")):
            assert await browser.ask(WHO) == {"name": "Eve", "isGuest": True}
            assert [each["node"]["number"] for each in (await browser.ask(MINE))["edges"]] == [opened.number]
            assert (await browser.ask(ticket, n=opened.number))["subject"] == "A quote"
            assert await browser.ask(ticket, n=other.number) is None
            assert (await browser.ask(answer_it, n=opened.number))["sent"]["level"] == level
            assert (await browser.ask(answer_it, n=other.number))["code"] == "not_found"
            assert await browser.ask("{ security { email } }") is None
            for document in (
                "mutation { beginTotp { ... on Problem { code } } }",
                "mutation { endOtherSessions { ... on Problem { code } } }",
            ):
                assert (await browser.ask(document))["code"] == "sign_in_needed"
            assert "sign_in_needed" in str(await browser.raw("{ queue { edges { node { number } } } }")) or "not_allowed" in str(await browser.raw("{ queue { edges { node { number } } } }"))  # fmt: skip


async def test_a_company_s_own_receipt_brings_the_code_too(catcher: Catcher) -> None:
    tenant = await a_tenant()
    with within(tenant):
        await rows(
            "insert into mail_templates (tenant_id, id, name, language, subject, body) values ($1, $1, 'receipt', 'en', $2, $3)",
            tenant.id,
            "Got it: {{ subject }}",
            "Hello {{ name }},\n\nIt is number {{ number }}.",
        )
    await a_guest_ticket(tenant)
    receipt = catcher.one_to("eve@else.example")
    assert code_of(receipt)
    assert token_of(receipt)


async def test_a_guest_asks_for_a_new_code_and_the_old_one_lapses(app: Litestar, catcher: Catcher) -> None:
    tenant = await a_tenant()
    await a_guest_ticket(tenant)
    await a_guest_ticket(tenant, subject="Another")
    first, second = catcher.to("eve@else.example")
    assert "access code" not in second.part("plain"), "shown once"
    old = code_of(first)
    async with a_browser(app, tenant) as browser:
        assert await ask(browser, "eve@else.example", "guest_access") == 202
        await drain(tenant.id)
        mailed = catcher.to("eve@else.example")[-1]
        assert code_of(mailed) != old
        entered = [
            (await browser.post("/session/guest", {"email": "eve@else.example", "code": code})).status_code
            for code in (old, code_of(mailed))
        ]
        assert entered == [401, 201]
        assert len((await browser.ask(MINE))["edges"]) == 2


async def test_a_guest_s_session_and_code_end_when_the_address_becomes_more_than_that(
    app: Litestar, catcher: Catcher
) -> None:
    tenant = await a_tenant()
    await a_guest_ticket(tenant)
    receipt = catcher.one_to("eve@else.example")
    async with a_browser(app, tenant) as browser, a_browser(app, tenant) as other:
        await use(browser, token_of(receipt))
        assert await browser.ask(WHO) is not None
        with within(tenant):
            from backend.clients.create import add_contact, create_client
            from backend.database import transaction

            async with transaction():
                client = await create_client(tenant.actor, "Else")
                await add_contact(tenant.actor, client, email="eve@else.example", name="Eve", role="owner")
        assert await browser.ask(WHO) is None
        entered = await other.post("/session/guest", {"email": "eve@else.example", "code": code_of(receipt)})
        assert (entered.status_code, entered.json()["code"]) == (401, "access_refused")


async def test_an_access_code_stands_nowhere_but_in_its_mail(
    app: Litestar, catcher: Catcher, capfd: pytest.CaptureFixture[str]
) -> None:
    from backend.database import system_connection
    from backend.redis import redis

    tenant = await a_tenant()
    await a_guest_ticket(tenant)
    code = code_of(catcher.one_to("eve@else.example"))
    async with a_browser(app, tenant) as browser:
        await browser.post("/session/guest", {"email": "eve@else.example", "code": code})
        await browser.post("/session/guest", {"email": "eve@else.example", "code": code + "x"})
    forms = (code, code.replace("-", ""))
    async with system_connection() as connection:
        tables = await connection.fetch(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'"
        )
        for each in tables:
            kept = await connection.fetchval(f"select string_agg(t::text, ' ') from {each['tablename']} t")
            assert not [form for form in forms if form in (kept or "")], each["tablename"]
    stored = [await redis().dump(key) async for key in redis().scan_iter("*")]
    assert not [form for form in forms if form.encode() in b" ".join(each or b"" for each in stored)]
    written = capfd.readouterr()
    assert not [form for form in forms if form in written.out + written.err]
    assert PASSWORD not in written.out
