"""A file goes up in pieces, is judged by what it holds, and waits for the message that takes it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from litestar import Litestar

from backend.attachments.rules import set_rules
from backend.database import value
from backend.settings import Settings
from backend.tests.attachments.story import (
    NOTE,
    OPEN,
    REPLY,
    People,
    a_picture,
    attachments_on,
    opened,
    upload,
    uploaded,
)
from backend.tests.client import a_browser
from backend.tests.factories import a_contact, a_member, a_tenant, within

MIB = 1_048_576


async def limits(people: People, **changed: object) -> None:
    rules = {"most_mb": 1, "space_mb": 100, "mail_mb": 5, "refused_types": ["exe"], "unscanned": False} | changed
    with within(people.tenant):
        await set_rules(await a_member(people.tenant, "admin"), **rules)  # type: ignore[arg-type]


async def test_what_a_client_uploads_is_on_the_request_for_both_sides_in_the_order_of_sending(people: People) -> None:
    ids = [await uploaded(people.portal, "b.png", a_picture()), await uploaded(people.portal, "a.txt")]
    number = await opened(people, *ids)
    for browser in (people.portal, people.desk):
        found = await attachments_on(browser, number)
        assert [(each["name"], each["mediaType"], each["state"]) for each in found] == [
            ("b.png", "image/png", "READY"),
            ("a.txt", "text/plain", "READY"),
        ]
        assert found[0]["smallUrl"] == f"/attachments/{ids[0]}/small"
        assert found[1]["smallUrl"] is None


async def test_both_sides_answer_with_files_and_a_note_s_files_are_the_staff_s_alone(people: People) -> None:
    number = await opened(people)
    for browser in (people.portal, people.desk):
        answer = await browser.ask(REPLY, number=number, body="See the file.", attachments=[await uploaded(browser)])
        assert [each["name"] for each in answer["sent"]["attachments"]] == ["log.txt"]
    noted = await uploaded(people.desk, "ours.txt")
    await people.desk.ask(NOTE, number=number, attachments=[noted])
    assert len(await attachments_on(people.desk, number)) == 3
    assert len(await attachments_on(people.portal, number)) == 2
    assert (await people.portal.http.get(f"/attachments/{noted}")).status_code == 404
    assert (await people.desk.http.get(f"/attachments/{noted}")).status_code == 303


async def test_reading_ends_at_the_limit_and_the_refusal_says_which(people: People, settings: Settings) -> None:
    await limits(people)
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(1_000):
            read += 65_536
            yield b"x" * 65_536

    for data in (b"x" * (MIB + 1), endless()):
        answer = await upload(people.portal, "big.log", data)
        assert answer.status_code == 413
        assert answer.json()["message"] == "This file is larger than 1 MB, the most that is taken here."
    # The test's own transport sends what it has at once; what counts is what was kept.
    assert list((settings.data_dir / "arriving").iterdir()) == []
    answer = await upload(people.portal, "fits.log", b"x" * MIB)
    assert answer.status_code == 201


async def test_a_program_is_refused_by_its_name_and_by_its_bytes(people: People) -> None:
    for name, data, says in (
        ("setup.exe", b"MZ" + b"\0" * 200, ".exe"),
        ("setup.EXE. ", b"anything", ".exe"),
        ("holiday.png", b"MZ" + b"\0" * 200, "program"),
        ("invoice.pdf.scr", b"%PDF-1.4", ".scr"),
        ("link.txt", b"L\x00\x00\x00\x01\x14\x02\x00" + b"\0" * 100, "program"),
    ):
        answer = await upload(people.portal, name, data)
        assert answer.status_code == 400, name
        assert answer.json()["code"] in ("attachment_type", "attachment_disguised"), name
        assert says in answer.json()["message"], name


async def test_an_empty_file_is_refused_and_a_full_company_takes_none(people: People) -> None:
    assert (await upload(people.portal, "nothing.txt", b"")).json()["code"] == "attachment_empty"
    await limits(people, space_mb=1)
    await uploaded(people.portal, "one.txt", b"1" * (MIB - 100))
    answer = await upload(people.portal, "two.txt", b"2" * 200)
    assert answer.json()["code"] == "attachments_full"


async def test_a_name_is_kept_as_a_name_and_nothing_more(people: People) -> None:
    for given, kept in (
        ("../../etc/passwd", "passwd"), ("C:\\Users\\mara\\shot.png", "shot.png"), ("a\u202egnp.exe.txt", "agnp.exe.txt"),
        ("x" * 400 + ".png", "x" * 196 + ".png"), ("", "file"), ("\u00e9\u4e2d \t\n.txt", "\u00e9\u4e2d .txt"), ("...", "file"),
    ):  # fmt: skip
        assert (await upload(people.portal, given, b"hello")).json()["name"] == kept, given


async def test_a_file_is_whose_it_was_and_goes_on_one_message(app: Litestar, people: People) -> None:
    ours, other = await uploaded(people.desk), await a_tenant()
    number = await opened(people)
    for browser, given in ((people.portal, [ours]), (people.portal, ["no id"])):
        answer = await browser.ask(REPLY, number=number, body="Here.", attachments=given)
        assert (answer["code"], answer["field"]) == ("attachment_gone", "attachments")
    await people.desk.ask(REPLY, number=number, body="Here.", attachments=[ours])
    again = await people.desk.ask(REPLY, number=number, body="Here.", attachments=[ours])
    assert again["code"] == "attachment_gone"
    async with a_browser(app, other) as elsewhere:
        await elsewhere.carry_on(await a_contact(other))
        theirs = await uploaded(elsewhere)
    answer = await people.portal.ask(REPLY, number=number, body="Here.", attachments=[theirs])
    assert answer["code"] == "attachment_gone"
    many = await people.portal.ask(REPLY, number=number, body="Here.", attachments=[ours] * 21)
    assert many["code"] == "too_many"


async def test_a_guest_sends_files_with_a_request(app: Litestar, people: People) -> None:
    async with a_browser(app, people.tenant) as visitor:
        file = await uploaded(visitor)
        request = {"departmentId": str(people.tenant.support), "subject": "Hello", "body": "There.", "name": "G",
                   "email": "g@else.example", "attachments": [file]}  # fmt: skip
        number = (await visitor.ask(OPEN, input=request))["number"]
        assert (await visitor.http.get(f"/attachments/{file}")).status_code == 404
    assert [each["name"] for each in await attachments_on(people.desk, number)] == ["log.txt"]


async def test_the_same_content_lies_there_once_for_a_company_and_is_another_s_own(
    app: Litestar, people: People
) -> None:
    data = a_picture()
    for browser in (people.portal, people.desk, people.portal):
        await uploaded(browser, "x.png", data)
    with within(people.tenant):
        assert await value("select count(*) from attachment_contents") == 1
    other = await a_tenant()
    async with a_browser(app, other) as elsewhere:
        await elsewhere.carry_on(await a_contact(other))
        await uploaded(elsewhere, "x.png", data)
    with within(other):
        assert await value("select count(*) from attachment_contents") == 1


async def test_what_was_taken_back_cannot_be_sent_and_what_was_sent_cannot_be_taken_back(people: People) -> None:
    token = {"x-csrftoken": await people.portal.csrf()}
    gone, sent = await uploaded(people.portal), await uploaded(people.portal)
    number = await opened(people, sent)
    for each in (gone, sent):
        assert (await people.portal.http.delete(f"/attachments/{each}", headers=token)).status_code == 204
    answer = await people.portal.ask(REPLY, number=number, body="Here.", attachments=[gone])
    assert answer["code"] == "attachment_gone"
    assert len(await attachments_on(people.portal, number)) == 1


async def test_an_upload_needs_the_page_s_token(people: People) -> None:
    answer = await people.portal.http.post("/attachments", params={"name": "a.txt"}, content=b"hello")
    assert answer.status_code == 403


async def test_thanks_with_a_picture_is_a_reply(people: People) -> None:
    number = await opened(people)
    await people.desk.ask(REPLY, number=number, body="Done.", attachments=None)
    await people.portal.ask(REPLY, number=number, body="Thank you!", attachments=[await uploaded(people.portal)])
    with within(people.tenant):
        assert await value("select count(*) from thanks") == 0


@pytest.mark.parametrize("path", ["/attachments/nonsense", "/attachments/00000000-0000-0000-0000-000000000000"])
async def test_what_is_not_there_is_not_there(people: People, path: str) -> None:
    for each in (path, f"{path}/small", f"{path}/nonsense"):
        answer = await people.desk.http.get(each)
        # What is no address of a file is a page of the portal.
        assert answer.status_code == 404 or "text/html" in answer.headers["content-type"]


def test_the_folder_of_what_arrives_is_made(settings: Settings) -> None:
    assert Path(settings.data_dir / "arriving").is_dir()
