"""A logo is a small picture, shown under an address of its content, and nothing else."""

import httpx
import pytest
from litestar import Litestar

from backend.files import open_files
from backend.settings import Settings
from backend.tenants.brand import MOST_LOGO_BYTES
from backend.tests.client import Browser, a_browser
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 100
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 100
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 100
LOGO = "{ company { brand { logoUrl } } }"


async def upload(browser: Browser, picture: bytes, name: str = "logo.png", field: str = "file") -> httpx.Response:
    return await browser.http.post(
        "/logo", files={field: (name, picture, "image/png")}, headers={"x-csrftoken": await browser.csrf()}
    )


@pytest.fixture
async def tenant(settings: Settings) -> TestTenant:
    open_files(settings.data_dir / "files")
    return await a_tenant()


@pytest.mark.parametrize(("picture", "media_type"), [(PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")])
async def test_an_uploaded_picture_is_on_the_portal_in_the_next_request(
    app: Litestar, tenant: TestTenant, picture: bytes, media_type: str
) -> None:
    admin = await a_member(tenant, "admin")
    async with a_browser(app, tenant) as desk, a_browser(app, tenant) as portal:
        await desk.carry_on(admin)
        before = await portal.ask(LOGO)
        assert before["brand"]["logoUrl"] is None
        answer = await upload(desk, picture)
        assert answer.status_code == 201, answer.text
        url = (await portal.ask(LOGO))["brand"]["logoUrl"]
        assert url == answer.json()["logoUrl"]
        shown = await portal.http.get(url)
        assert (shown.content, shown.headers["content-type"].split(";")[0]) == (picture, media_type)
        assert shown.headers["content-security-policy"] == "default-src 'none'"
        assert shown.headers["x-content-type-options"] == "nosniff"
        await desk.ask("mutation { removeLogo { __typename } }")
        assert (await portal.ask(LOGO))["brand"]["logoUrl"] is None
        assert (await portal.http.get(url)).status_code == 404


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (b"", "not_an_image"), (b"GIF89a", "not_an_image"), (b"<svg onload='alert(1)'/>", "not_an_image"), (b"<html>", "not_an_image"),
        (b"\x89PNG", "not_an_image"), (b"RIFF\x00\x00\x00\x00WAVE", "not_an_image"), (PNG + b"x" * MOST_LOGO_BYTES, "too_large"),
        (PNG + b"x" * 10_000_000, "too_large"),
    ],
)  # fmt: skip
async def test_what_is_no_small_picture_is_refused(
    app: Litestar, tenant: TestTenant, picture: bytes, code: str
) -> None:
    admin = await a_member(tenant, "admin")
    async with a_browser(app, tenant) as desk:
        await desk.carry_on(admin)
        answer = await upload(desk, picture)
        assert answer.status_code in (400, 413), answer.text
        assert answer.json()["code"] == code
        assert (await desk.ask(LOGO))["brand"]["logoUrl"] is None


async def test_a_picture_of_the_largest_size_is_taken_whatever_its_name(app: Litestar, tenant: TestTenant) -> None:
    admin = await a_member(tenant, "admin")
    async with a_browser(app, tenant) as desk:
        await desk.carry_on(admin)
        picture = PNG + b"x" * (MOST_LOGO_BYTES - len(PNG))
        for name in ("../../etc/passwd", "a.svg", "\u00e9\u4e2d.png", "x" * 300, 'a"b.png'):
            answer = await upload(desk, picture, name)
            assert answer.status_code == 201, (name, answer.text)
            assert "passwd" not in answer.text


async def test_a_form_without_the_picture_is_refused(app: Litestar, tenant: TestTenant) -> None:
    admin = await a_member(tenant, "admin")
    async with a_browser(app, tenant) as desk:
        await desk.carry_on(admin)
        token = {"x-csrftoken": await desk.csrf()}
        wrong = {"content-type": "multipart/form-data; boundary=x"}
        for answer in (
            await upload(desk, PNG, field="other"),
            await desk.http.post("/logo", data={"file": "text"}, headers=token),
            await desk.http.post("/logo", json={"file": "x"}, headers=token),
            await desk.http.post("/logo", headers=token),
            await desk.http.post("/logo", content=b"no boundary", headers={**token, **wrong}),
            await desk.http.post("/logo", content=b"--x\r\n\r\n", headers={**token, **wrong}),
            await desk.http.post("/logo", content=b"--y--", headers={**token, "content-type": "multipart/form-data"}),
            await desk.http.post("/logo", content=b"\xff\xfe", headers={**token, "content-type": "application/json"}),
            await desk.http.post("/logo", content=PNG, headers={**token, "content-type": "image/png"}),
        ):
            assert answer.status_code == 400, answer.text
            assert answer.json()["code"] in ("required", "bad_request"), answer.text


async def test_admins_alone_change_the_logo(app: Litestar, tenant: TestTenant) -> None:
    people = {None: 401, await a_contact(tenant): 403, await a_member(tenant): 403, await a_member(tenant, "lead"): 403}
    for actor, status in people.items():
        async with a_browser(app, tenant) as browser:
            if actor is not None:
                await browser.carry_on(actor)
            assert (await upload(browser, PNG)).status_code == status


async def test_a_logo_is_not_shown_on_another_company_s_portal(app: Litestar, tenant: TestTenant) -> None:
    other = await a_tenant()
    admin = await a_member(tenant, "owner")
    async with a_browser(app, tenant) as desk, a_browser(app, other) as elsewhere:
        await desk.carry_on(admin)
        url = (await upload(desk, PNG)).json()["logoUrl"]
        assert (await elsewhere.http.get(url)).status_code == 404
        assert (await elsewhere.http.get("/logo/" + "0" * 32)).json() == (await elsewhere.http.get(url)).json()
