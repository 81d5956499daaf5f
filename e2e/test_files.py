"""Files on both sides: chosen, dropped and pasted, refused in words, shown, and had again as they were."""

from __future__ import annotations

import os
import re
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from e2e.people import DANA, WALTER
from e2e.visitors import Visitors

DROP = """([element, name, text]) => {
    const moved = new DataTransfer();
    moved.items.add(new File([text], name, { type: "text/plain" }));
    for (const type of ["dragenter", "dragover", "drop"]) {
        element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: moved }));
    }
}"""
PASTE = """async element => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 260 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#2f56a8";
    pen.fillRect(20, 20, 300, 180);
    const blob = await new Promise(done => canvas.toBlob(done, "image/png"));
    const pasted = new DataTransfer();
    pasted.items.add(new File([blob], "image.png", { type: "image/png" }));
    element.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: pasted }));
}"""


def a_png(width: int, height: int) -> bytes:
    """A plain picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x9a\xb8\x5c" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def choose(page: Page, name: str, data: bytes) -> None:
    page.get_by_test_id("choose-files").set_input_files({"name": name, "mimeType": "image/png", "buffer": data})


def uploads(page: Page) -> Locator:
    return page.get_by_role("list", name="Files that go with it").get_by_role("listitem")


def test_files_go_with_a_request_and_its_answers_and_come_back_as_they_were(visitors: Visitors, tmp_path: Path) -> None:
    visitors.expect_complaint("400 (Bad Request)")
    portal = visitors.client(WALTER)
    portal.get_by_role("navigation", name="Departments").get_by_role("link").filter(
        has_text="Technical Support"
    ).click()
    portal.get_by_role("radio", name="Something else").check()
    portal.get_by_label("Subject").fill("The shop shows an error")
    portal.get_by_label("What happened").fill("See the picture and the log.")

    # What cannot be taken is said in words: too large, a program by its name, a program by its bytes.
    video = tmp_path / "video.mov"
    video.touch()
    os.truncate(video, 26 * 1024 * 1024)
    portal.get_by_test_id("choose-files").set_input_files(video)
    expect(uploads(portal)).to_contain_text(["It is larger than 25 MB, the most that is taken here."])
    portal.get_by_role("button", name="Remove video.mov").click()
    choose(portal, "holiday.png", b"MZ" + bytes(500))
    expect(uploads(portal)).to_contain_text(["This is a program"])
    portal.get_by_role("button", name="Send the request").click()
    expect(portal.get_by_text("Remove the files that were not taken, or try them again.")).to_be_visible()
    portal.get_by_role("button", name="Remove holiday.png").click()

    # A chosen picture and a dropped log stay with the draft.
    picture = a_png(900, 600)
    choose(portal, "error page.png", picture)
    portal.locator("form[data-takes-files]").evaluate(
        f"(element) => ({DROP})([element, 'error.log', 'It stops here.'])"
    )
    expect(uploads(portal)).to_have_count(2)
    expect(uploads(portal)).to_contain_text(["error page.png", "error.log"])
    expect(portal.get_by_role("progressbar")).to_have_count(0)
    portal.reload()
    expect(uploads(portal)).to_contain_text(["error page.png", "error.log"])
    portal.get_by_role("button", name="Send the request").click()
    expect(portal).to_have_url(re.compile(r"/sent/\d+$"))
    number = portal.url.rsplit("/", 1)[1]

    # The agent sees the picture in the conversation, opens it large by the keyboard, and has the log as it was.
    desk = visitors.staff(DANA)
    desk.goto(desk.url.split("/desk")[0] + f"/desk/tickets/{number}")
    small = desk.get_by_role("button", name="Show error page.png large")
    expect(small.locator("img")).to_have_js_property("complete", True)
    assert small.locator("img").evaluate("image => image.naturalWidth") == 320
    small.press("Enter")
    large = desk.get_by_role("dialog", name="error page.png")
    expect(large).to_be_visible()
    large.press("Escape")
    expect(large).to_have_count(0)
    expect(small).to_be_focused()
    with desk.expect_download() as going:
        desk.get_by_role("link", name="error.log").click()
    assert going.value.suggested_filename == "error.log"
    assert Path(going.value.path()).read_bytes() == b"It stops here."

    # A pasted screenshot goes with the answer; a note's file stays with the staff.
    composer = desk.get_by_role("region", name="Answer")
    composer.get_by_role("button", name="Note for staff").click()
    choose(desk, "ours.png", picture)
    composer.get_by_label("Note", exact=True).fill("The plugin is too old.")
    expect(uploads(desk)).to_contain_text(["ours.png"])
    expect(desk.get_by_role("progressbar")).to_have_count(0)
    composer.get_by_role("button", name="Add note").click()
    expect(desk.get_by_role("button", name="Show ours.png large")).to_be_visible()
    composer.get_by_role("button", name="Reply to Walter").click()
    box = composer.get_by_label("Reply", exact=True)
    box.fill("This is how it should look.")
    box.evaluate(PASTE)
    expect(uploads(desk)).to_contain_text(["image.png"])
    expect(desk.get_by_role("progressbar")).to_have_count(0)
    box.press("Control+Enter")
    portal.goto(portal.url.split("/sent")[0] + f"/tickets/{number}")
    expect(portal.get_by_role("button", name="Show image.png large")).to_be_visible(timeout=20_000)
    expect(portal.get_by_text("ours.png")).to_have_count(0)
    expect(portal.get_by_role("button", name="Show ours.png large")).to_have_count(0)
