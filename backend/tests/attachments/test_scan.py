"""Files go through the virus scanner where one is configured; a stand-in speaks its protocol here, and clamd itself where it
is installed (test_clamd.py)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from backend.attachments.clamd import ScannerAway, configure_clamd, scan
from backend.attachments.rules import set_rules
from backend.attachments.scan import scan_one
from backend.database import rows, system_rows, value
from backend.tests.attachments.story import NOTE, TIMELINE, People, a_picture, attachments_on, opened, uploaded
from backend.tests.factories import a_member, within

BAD = b"this-file-is-bad"


@dataclass(slots=True)
class Scanner:
    """Speaks as clamd does: sizes and pieces until a size of zero; bad is what holds `BAD`."""

    scanned: list[int] = field(default_factory=list)
    answer: bytes | None = None
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        data = b""
        while size := int.from_bytes(await reader.readexactly(4), "big"):
            data += await reader.readexactly(size)
        self.scanned.append(len(data))
        verdict = b"stream: Test.Bad FOUND" if BAD in data else b"stream: OK"
        writer.write((self.answer if self.answer is not None else verdict) + b"\0")
        await writer.drain()
        writer.close()


@pytest.fixture
async def scanner() -> AsyncIterator[Scanner]:
    speaking = Scanner()
    server = await asyncio.start_server(speaking.serve, "127.0.0.1", 0)
    speaking.port = server.sockets[0].getsockname()[1]
    configure_clamd(f"tcp://127.0.0.1:{speaking.port}")
    await system_rows("update attachment_contents set scan = 'none' where scan = 'waiting' and tenant_id = tenant_id")
    try:
        yield speaking
    finally:
        configure_clamd("")
        server.close()


@asynccontextmanager
async def away() -> AsyncIterator[None]:
    """The scanner does not answer."""
    configure_clamd("tcp://127.0.0.1:9")
    yield


async def states(people: People, number: int) -> list[str]:
    return [each["state"] for each in await attachments_on(people.portal, number)]


async def test_a_file_is_given_out_once_the_scanner_found_nothing(people: People, scanner: Scanner) -> None:
    file = await uploaded(people.portal, "x.png", a_picture())
    number = await opened(people, file)
    assert await states(people, number) == ["CHECKING"]
    for path in (f"/attachments/{file}", f"/attachments/{file}/small"):
        assert (await people.desk.http.get(path)).json()["code"] == "attachment_unscanned"
    assert await scan_one()
    assert await states(people, number) == ["READY"]
    assert (await people.desk.http.get(f"/attachments/{file}")).status_code == 303
    assert scanner.scanned == [len(a_picture())] or len(scanner.scanned) == 1
    assert not await scan_one()


async def test_an_infected_file_is_kept_apart_and_said_so_to_both_sides(people: People, scanner: Scanner) -> None:
    file = await uploaded(people.portal, "invoice.doc", BAD * 100_000)
    number = await opened(people, file)
    led = (await people.desk.http.get(f"/attachments/{file}")).json()
    assert led["code"] == "attachment_unscanned"
    await scan_one()
    assert await states(people, number) == ["INFECTED"]
    for browser in (people.portal, people.desk):
        answer = await browser.http.get(f"/attachments/{file}")
        assert answer.status_code == 400
        assert answer.json()["message"].startswith("A virus was found in this file.")
    history = str(await people.desk.ask(TIMELINE, number=number))
    assert "A virus was found in “invoice.doc” (Test.Bad): it is kept apart" in history
    assert "Test.Bad" not in str(await people.portal.ask(TIMELINE, number=number))


async def test_a_scanner_that_is_away_is_asked_again_and_the_company_says_what_holds_meanwhile(
    people: People, scanner: Scanner
) -> None:
    file = await uploaded(people.portal)
    number = await opened(people, file)
    async with away():
        assert not await scan_one()
        assert await states(people, number) == ["CHECKING"]
        with within(people.tenant):
            await set_rules(
                await a_member(people.tenant, "admin"),
                most_mb=1,
                space_mb=10,
                mail_mb=1,
                refused_types=[],
                unscanned=True,
            )
        assert (await people.desk.http.get(f"/attachments/{file}")).status_code == 303
    configure_clamd(f"tcp://127.0.0.1:{scanner.port}")
    # Not at once, but after a while.
    assert not await scan_one()
    with within(people.tenant):
        waits = await value(
            "select scan_due_at > now() and scan_due_at < now() + interval '1 minute' from attachment_contents"
        )
        assert waits
        await rows("update attachment_contents set scan_due_at = now()")
    assert await scan_one()
    assert await states(people, number) == ["READY"]


async def test_a_virus_in_a_note_s_file_is_no_matter_of_the_client_s(people: People, scanner: Scanner) -> None:
    number = await opened(people)
    await people.desk.ask(NOTE, number=number, attachments=[await uploaded(people.desk, "ours.doc", BAD)])
    await scan_one()
    assert "ours.doc" not in str(await people.portal.ask(TIMELINE, number=number))
    assert "ours.doc" in str(await people.desk.ask(TIMELINE, number=number))


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"UNKNOWN COMMAND", b"\xff\xfe"])
async def test_no_verdict_is_no_verdict(scanner: Scanner, answer: bytes) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"hello"

    scanner.answer = answer
    with pytest.raises(ScannerAway):
        await scan(pieces())
    scanner.answer = None
    assert await scan(pieces()) is None


@pytest.mark.parametrize("url", ["http://x", "clamd", "unix:", "tcp://"])
def test_a_wrong_address_is_told_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="looks like"):
        configure_clamd(url)
