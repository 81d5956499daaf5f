"""A file goes out to who may have it, by a link that is signed and short-lived, and never as a page."""

import re
from datetime import timedelta

import pytest
from litestar import Litestar

from backend.accounts.sessions import revoke_sessions
from backend.app import create_app
from backend.clock import real_now
from backend.settings import Settings
from backend.tests.attachments.story import NOTE, People, attachments_on, opened, uploaded
from backend.tests.client import a_browser
from backend.tests.factories import a_contact, a_tenant, within

HTML = b"<!doctype html><script>fetch('/graphql')</script>"


async def test_a_download_is_a_download_in_a_sandbox_whatever_it_holds(people: People) -> None:
    file = await uploaded(people.portal, 'r\u00e9sum\u00e9 "1".html', HTML)
    await opened(people, file)
    led = await people.desk.http.get(f"/attachments/{file}")
    assert led.status_code == 303
    assert led.headers["cache-control"] == "no-store"
    got = await people.desk.http.get(led.headers["location"])
    assert got.content == HTML
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9%20%221%22.html"
    assert got.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-length"] == str(len(HTML))
    assert "no-store" in got.headers["cache-control"]


@pytest.mark.parametrize(
    ("asked", "got", "told"),
    [("bytes=2-4", b"cde", "bytes 2-4/10"), ("bytes=7-", b"hij", "bytes 7-9/10"), ("bytes=-2", b"ij", "bytes 8-9/10"),
     ("bytes=20-", b"abcdefghij", None), ("bytes=4-2", b"abcdefghij", None), ("lines=1-2", b"abcdefghij", None),
     ("bytes=0-1,4-5", b"abcdefghij", None), ("bytes=-", b"abcdefghij", None)],
)  # fmt: skip
async def test_a_download_goes_on_where_it_was_cut(people: People, asked: str, got: bytes, told: str | None) -> None:
    file = await uploaded(people.portal, "ten.txt", b"abcdefghij")
    await opened(people, file)
    place = (await people.portal.http.get(f"/attachments/{file}")).headers["location"]
    answer = await people.portal.http.get(place, headers={"range": asked})
    assert (answer.content, answer.headers.get("content-range")) == (got, told)
    assert answer.status_code == (206 if told else 200)


async def test_a_link_ends_with_its_minutes_its_session_and_what_its_reader_may_see(
    app: Litestar, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await uploaded(people.portal)
    await opened(people, file)
    place = (await people.portal.http.get(f"/attachments/{file}")).headers["location"]
    async with a_browser(app, people.tenant) as anyone:
        # The link is enough, until it is over: that is what it is for on a host without cookies.
        assert (await anyone.http.get(place)).status_code == 200
        later = real_now() + timedelta(seconds=301)
        with monkeypatch.context() as moved:
            moved.setattr("backend.attachments.give.real_now", lambda: later)
            assert (await anyone.http.get(place)).json()["code"] == "link_over"
        with within(people.tenant):
            await revoke_sessions(people.contact.account)
        assert (await anyone.http.get(place)).status_code == 404


async def test_no_letter_of_a_link_can_be_changed(people: People) -> None:
    file = await uploaded(people.portal)
    await opened(people, file)
    place = (await people.portal.http.get(f"/attachments/{file}")).headers["location"]
    head, token, name = re.fullmatch(r"(/files/[^/]+/)([^/]+)(/.*)", place).groups()  # type: ignore[union-attr]
    for at in range(0, len(token), 7):
        other = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert (await people.portal.http.get(f"{head}{other}{name}")).status_code == 404, at
    for other in ("", "x", token[:-4], token + "AAAA", "%00", "\u00e9"):
        assert (await people.portal.http.get(f"{head}{other}{name}")).status_code == 404, other


async def test_nobody_else_gets_a_file_by_its_address_or_by_a_link_on_another_portal(
    app: Litestar, people: People
) -> None:
    file = await uploaded(people.portal)
    number = await opened(people, file)
    place = (await people.portal.http.get(f"/attachments/{file}")).headers["location"]
    other = await a_tenant()
    async with (
        a_browser(app, people.tenant) as guest,
        a_browser(app, people.tenant) as client,
        a_browser(app, other) as away,
    ):
        await client.carry_on(await a_contact(people.tenant))
        await away.carry_on(await a_contact(other))
        for browser in (guest, client, away):
            for path in (f"/attachments/{file}", f"/attachments/{file}/small"):
                assert (await browser.http.get(path)).status_code == 404
        assert (await away.http.get(place)).status_code == 404
        forged = place.replace(str(people.tenant.id), str(other.id))
        assert (await away.http.get(forged)).status_code == 404
    assert len(await attachments_on(people.portal, number)) == 1


async def test_a_file_that_waits_for_its_message_is_given_to_nobody(people: People) -> None:
    file = await uploaded(people.portal)
    for browser in (people.portal, people.desk):
        assert (await browser.http.get(f"/attachments/{file}")).status_code == 404


async def test_files_come_from_a_host_of_their_own_where_one_is_configured(settings: Settings, people: People) -> None:
    from dataclasses import replace

    apart = create_app(replace(settings, files_host="files.else.example", public_port=80))
    async with a_browser(apart, people.tenant) as browser:
        await browser.carry_on(people.contact)
        file = await uploaded(browser)
        await opened(people, file, browser=browser)
        place = (await browser.http.get(f"/attachments/{file}")).headers["location"]
        assert place.startswith(f"http://files.else.example/files/{people.tenant.id}/")
        assert (await browser.http.get(place)).content == b"It stops here.\n"
        for path in (
            "/",
            "/graphql",
            f"/attachments/{file}",
            "/files/nonsense/x/y",
            "/files/00000000-0000-0000-0000-000000000000/x/y",
        ):
            answer = await browser.http.get(f"http://files.else.example{path}")
            assert answer.status_code == 404, path
        refused = await browser.http.post(f"http://files.else.example/files/{people.tenant.id}/x/y")
        assert refused.status_code in (404, 405)


async def test_a_note_s_file_is_not_given_by_a_link_that_a_client_makes_up(people: People) -> None:
    number = await opened(people)
    file = await uploaded(people.desk)
    await people.desk.ask(NOTE, number=number, attachments=[file])
    assert (await people.portal.http.get(f"/attachments/{file}")).status_code == 404
    assert (await people.portal.http.get(f"/attachments/{file}/large")).status_code == 404
