"""Which requests are believed to come from a portal's own pages, and which company a host name is."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from litestar import Litestar

from backend.app import create_app
from backend.database import rows, value
from backend.settings import Settings
from backend.tests.client import Browser, a_browser
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_member, a_tenant, within

ASK = {"query": "{ viewer { email } company { name } }"}


@pytest.fixture
async def tenant() -> TestTenant:
    return await a_tenant()


async def post(browser: Browser, path: str = "/graphql", body: Any = ASK, **headers: str) -> httpx.Response:
    return await browser.post(path, body, **headers)


@pytest.mark.parametrize("path", ["/graphql", "/session", "/logo"])
async def test_a_write_without_the_token_of_a_page_is_refused(app: Litestar, tenant: TestTenant, path: str) -> None:
    async with a_browser(app, tenant) as browser:
        token = await browser.csrf()
        for headers in (
            {},
            {"x-csrftoken": ""},
            {"x-csrftoken": "x" * len(token)},
            {"x-csrftoken": token[:-1]},
            {"x-other": token},
        ):
            answer = await browser.http.post(path, json=ASK, headers=headers)
            assert answer.status_code == 403, headers
            assert answer.json()["code"] == "forbidden"
        browser.http.cookies.delete("countersign_csrf")
        answer = await browser.http.post(path, json=ASK, headers={"x-csrftoken": token})
        assert answer.status_code == 403


async def test_signing_out_needs_the_token_too(app: Litestar, tenant: TestTenant) -> None:
    contact = await a_contact(tenant)
    async with a_browser(app, tenant, contact) as browser:
        assert (await browser.http.delete("/session")).status_code == 403
        assert (await browser.ask("{ viewer { email } }"))["email"] == contact.email
        out = await browser.http.delete("/session", headers={"x-csrftoken": await browser.csrf()})
        assert out.status_code == 204
        assert await browser.ask("{ viewer { email } }") is None


async def test_a_write_from_another_origin_is_refused_even_with_the_token(app: Litestar, tenant: TestTenant) -> None:
    other = await a_tenant()
    async with a_browser(app, tenant) as browser:
        for origin in (
            f"http://{other.host}", "https://evil.example", "null", "", f"http://{tenant.host}.evil.example", f"http://evil.example/{tenant.host}",
            f"http://{tenant.host}@evil.example", f"http://{tenant.host}:81", "file://", "http://", f"http://x.{tenant.host}",
        ):  # fmt: skip
            answer = await post(browser, origin=origin)
            assert answer.status_code == 403, origin
            assert "company" not in answer.text
        assert (await post(browser, origin=f"http://{tenant.host}")).status_code == 200
        assert (await post(browser, origin=f"http://{tenant.host}".upper())).status_code == 200


async def test_the_host_name_alone_says_which_company_it_is(app: Litestar, tenant: TestTenant) -> None:
    async with a_browser(app, tenant) as browser:
        with within(tenant):
            name = await value("select name from tenants")
        for host in (tenant.host, f"{tenant.host}:8080", tenant.host.upper(), f"{tenant.host.title()}:443"):
            answer = await post(browser, host=host)
            assert answer.json()["data"]["company"]["name"] == name, host
        for host in (
            "nowhere.example", "", "localhost", "127.0.0.1", f"x.{tenant.host}", f"{tenant.host}x", f"{tenant.host}..", "[::1]:8080", "a" * 300,
            f"{tenant.host} ", f"{tenant.host},{tenant.host}", f"{tenant.host}/", f"user@{tenant.host}", "\u00e9.localhost".encode().decode("latin-1"), "%", "*",
            f"{tenant.host}:evil", f"{tenant.host}:65536", f"{tenant.host}:-1", f"{tenant.host}:80:80", f"{tenant.host}:\u00b2",
            tenant.host.replace(".", "\t."), f"{tenant.host}\x00",
        ):  # fmt: skip
            for path in ("/", "/graphql", "/assets/x.js", "/brand/x.css", "/logo/x", "/desk", "/link/x"):
                answer = await browser.http.get(path, headers={b"host": host.encode("latin-1")})
                assert answer.status_code in (400, 404), (host, path)
                assert tenant.host not in answer.text
                assert name not in answer.text
                assert "set-cookie" not in answer.headers


async def test_an_unknown_host_gives_nothing_away_whatever_is_asked(app: Litestar, tenant: TestTenant) -> None:
    async with a_browser(app, tenant) as browser:
        token = await browser.csrf()
        answers = set()
        for method, path in (
            ("GET", "/"),
            ("POST", "/graphql"),
            ("POST", "/session"),
            ("DELETE", "/session"),
            ("GET", "/desk"),
        ):
            answer = await browser.http.request(
                method, path, headers={"host": "nowhere.example", "x-csrftoken": token, "x-forwarded-host": tenant.host}
            )
            answers.add((answer.status_code, answer.content))
        assert len(answers) == 1
        assert next(iter(answers))[0] == 404


async def test_health_answers_on_any_host(app: Litestar, tenant: TestTenant) -> None:
    async with a_browser(app, tenant) as browser:
        for host in ("10.0.0.7:8080", "", tenant.host):
            assert (await browser.http.get("/health/live", headers={"host": host})).json() == {"live": True}
            assert (await browser.http.get("/health/ready", headers={"host": host})).json()["database"] is True


async def test_an_address_that_a_stranger_claims_is_not_believed(app: Litestar, tenant: TestTenant) -> None:
    member = await a_member(tenant)
    async with a_browser(app, tenant) as browser:
        for name in ("x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip", "x-client-ip"):
            claimed = {name: "203.0.113.9" if name != "forwarded" else "for=203.0.113.9"}
            answer = await browser.post("/session", {"email": member.email, "password": PASSWORD}, **claimed)
            assert answer.status_code == 201
        with within(tenant):
            assert await value("select array_agg(distinct address) from sessions") == ["127.0.0.1"]


async def test_a_proxy_that_is_trusted_tells_the_address_and_no_hop_before_it(
    settings: Settings, app: Litestar, tenant: TestTenant
) -> None:
    member = await a_member(tenant)
    behind = create_app(replace(settings, trusted_proxies="127.0.0.1, 10.0.0.2"))
    told = {
        "203.0.113.9": "203.0.113.9", "6.6.6.6, 203.0.113.9": "203.0.113.9", "6.6.6.6, 203.0.113.9, 10.0.0.2": "203.0.113.9", "": "127.0.0.1",
        "x" * 500: "x" * 45, ",,": "127.0.0.1", "\t": "127.0.0.1", "2001:db8::1": "2001:db8::1",
    }  # fmt: skip
    for claimed, believed in told.items():
        async with a_browser(behind, tenant) as browser:
            body = {"email": member.email, "password": PASSWORD}
            answer = await browser.post("/session", body, **{"x-forwarded-for": claimed})
            assert answer.status_code == 201, claimed
        with within(tenant):
            assert await value("select address from sessions order by created_at desc limit 1") == believed, claimed


async def test_a_session_cookie_is_for_this_host_and_out_of_reach_of_scripts(app: Litestar, tenant: TestTenant) -> None:
    member = await a_member(tenant)
    async with a_browser(app, tenant) as browser:
        answer = await browser.post("/session", {"email": member.email, "password": PASSWORD})
        cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("countersign_session="))
    flags = {each.strip().lower() for each in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert not any(each.startswith("domain") for each in flags)


@pytest.mark.parametrize(
    "cookie",
    [
        "countersign_session=", "countersign_session=nonsense", "countersign_session=" + "x" * 5000, 'countersign_session="', "countersign_session=\x7f",
        "=;;;=", "countersign_session=a; countersign_session=b", "countersign_session=%00", "a" * 20_000, "countersign_session=\xe9", "\xff=\xfe",
    ],
)  # fmt: skip
async def test_a_cookie_that_is_no_session_is_a_guest(app: Litestar, tenant: TestTenant, cookie: str) -> None:
    async with a_browser(app, tenant) as browser:
        token = await browser.csrf()
        answer = await browser.http.post(
            "/graphql",
            json=ASK,
            headers={
                b"x-csrftoken": token.encode(),
                b"cookie": f"countersign_csrf={token}; {cookie}".encode("latin-1"),
            },
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["data"]["viewer"] is None


@pytest.mark.parametrize("ended", ["revoked_at = now()", "expires_at = now() - interval '1 second'"])
async def test_a_session_that_has_ended_is_a_guest_at_once(app: Litestar, tenant: TestTenant, ended: str) -> None:
    member = await a_member(tenant)
    async with a_browser(app, tenant, member) as browser:
        assert (await browser.ask("{ viewer { email } }"))["email"] == member.email
        with within(tenant):
            await rows(f"update sessions set {ended}")
        assert await browser.ask("{ viewer { email } }") is None
        refused = await browser.ask('mutation { addNote(number: 1, body: "x") { ... on Problem { code } } }')
        assert refused == {"code": "sign_in_needed"}
