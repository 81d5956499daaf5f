"""The entry pages carry the company's language, name and stylesheet; assets are served under their own names alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from litestar import Litestar

from backend import clock
from backend.database import rows
from backend.http.pages import Pages
from backend.tenants.queries import get_company
from backend.tests.client import a_browser
from backend.tests.factories import a_tenant, within

ENTRY = '<!doctype html><html lang="en"><head><!--brand--></head><body>{}</body></html>'


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "desk").mkdir()
    (tmp_path / "index.html").write_text(ENTRY.format("portal"))
    (tmp_path / "desk" / "index.html").write_text(ENTRY.format("desk"))
    (tmp_path / "assets" / "a-1.js").write_text("1")
    return tmp_path


async def test_a_page_says_the_company_s_language_name_and_look(dist: Path) -> None:
    tenant = await a_tenant(language="nl")
    pages = Pages(dist)
    with within(tenant):
        await rows("update tenants set name = $1", 'Jansen & <b>Zonen</b> "Hosting" \'</title>')
        company = await get_company()
    for path, body in (
        ("/", "portal"),
        ("/tickets/5", "portal"),
        ("/desk", "desk"),
        ("/desk/admin/brand", "desk"),
        ("/desks", "portal"),
    ):
        page = pages.page(path, company)
        assert f"<body>{body}</body>" in page, path
        assert '<html lang="nl"' in page
        assert "<title>Jansen &amp; &lt;b&gt;Zonen&lt;/b&gt; &quot;Hosting&quot; &#x27;&lt;/title&gt;</title>" in page
        assert page.count("</title>") == 1
        assert '<link rel="stylesheet" href="/brand/' in page
        assert "<!--brand-->" not in page


async def test_an_asset_that_is_not_there_is_not_answered_by_a_page(app: Litestar) -> None:
    tenant = await a_tenant()
    async with a_browser(app, tenant) as browser:
        for path in (
            "/assets/x.js",
            "/assets/../index.html",
            "/assets/%2e%2e/%2e%2e/etc/passwd",
            "/assets//etc/passwd",
            "/assets/",
            "/assets/a%00b",
        ):
            answer = await browser.http.get(path)
            assert answer.status_code == 404 or "<!doctype html>" in answer.text, path
            assert "root:" not in answer.text
        assert (await browser.http.get("/assets/x.js")).json()["code"] == "not_found"
        assert (await browser.http.get("/robots.txt")).text.startswith("User-agent: *\nDisallow: /")


async def test_every_page_keeps_what_it_may_load_to_its_own_origin(app: Litestar) -> None:
    tenant = await a_tenant()
    async with a_browser(app, tenant) as browser:
        for path in ("/", "/desk", "/tickets/1", "/link/x", "/no/such/page"):
            answer = await browser.http.get(path)
            policy = answer.headers["content-security-policy"]
            assert answer.status_code == 200
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-cache"


async def test_a_page_says_how_far_the_business_clock_was_moved(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with within(await a_tenant()):
        company = await get_company()
    pages = Pages(dist)
    monkeypatch.setattr(clock, "_offset", timedelta())
    assert "data-clock-ahead" not in pages.page("/", company)
    monkeypatch.setattr(clock, "_offset", timedelta(hours=26))
    for path in ("/", "/desk"):
        assert 'data-clock-ahead="93600000"' in pages.page(path, company)
