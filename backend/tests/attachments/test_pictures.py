"""Pictures are shown drawn anew: bounded, upright, and without what stood beside the pixels."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from backend import files
from backend.attachments.contents import preview_key
from backend.database import value
from backend.tests.attachments.story import People, a_picture, opened, uploaded
from backend.tests.factories import within


async def shown(people: People, name: str, data: bytes, variant: str = "large") -> tuple[int, bytes, dict[str, str]]:
    file = await uploaded(people.portal, name, data)
    await opened(people, file)
    answer = await people.desk.http.get(f"/attachments/{file}/{variant}")
    return answer.status_code, answer.content, dict(answer.headers)


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
async def test_each_kind_of_picture_is_drawn_anew_within_its_bounds(people: People, format_: str) -> None:
    status, drawn, headers = await shown(people, "shot", a_picture(format_, (900, 300)), "small")
    assert status == 200
    assert headers["content-type"] == "image/webp"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    with Image.open(BytesIO(drawn)) as found:
        assert (found.format, max(found.size)) == ("WEBP", 320)


async def test_what_a_camera_wrote_beside_the_pixels_is_gone_and_the_picture_stands_upright(people: People) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera of mine"
    exif.get_ifd(0x8825)[1] = "N"
    source = a_picture("JPEG", (300, 200), exif=exif.tobytes(), comment=b"52.37 N 4.89 E")
    assert b"A camera of mine" in source
    status, drawn, _ = await shown(people, "beach.jpg", source)
    assert status == 200
    for trace in (b"camera", b"52.37", b"EXIF", b"Exif", b"ICCP", b"XMP"):
        assert trace not in drawn
    with Image.open(BytesIO(drawn)) as found:
        assert found.size == (200, 300)


def a_bomb() -> bytes:
    """A PNG of 30,000 by 30,000 pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * 1_000_000, 9)
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data", [a_bomb(), b"\x89PNG\r\n\x1a\n" + b"x" * 100, a_picture()[:400], b"GIF89a" + b"\xff" * 50, b"\xff\xd8\xff"]
)
async def test_a_bomb_or_a_broken_picture_is_not_shown_and_can_still_be_had(people: People, data: bytes) -> None:
    file = await uploaded(people.portal, "x.png", data)
    await opened(people, file)
    answer = await people.desk.http.get(f"/attachments/{file}/small")
    assert (answer.status_code, answer.json()["code"]) == (400, "not_an_image")
    assert (await people.desk.http.get(f"/attachments/{file}", follow_redirects=True)).content == data


async def test_what_is_no_picture_by_its_bytes_is_not_shown_whatever_its_name(people: People) -> None:
    for name, data in (
        ("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("y.svg", b"<svg/>"),
        ("z.jpg", b"hello"),
    ):
        status, content, _ = await shown(people, name, data, "small")
        assert status == 400, name
        assert data not in content


async def test_a_picture_is_drawn_once_and_kept(people: People) -> None:
    file = await uploaded(people.portal, "x.png", a_picture())
    await opened(people, file)
    first = await people.desk.http.get(f"/attachments/{file}/small")
    with within(people.tenant):
        sha256 = await value("select sha256 from attachment_contents")
    assert await files.get(preview_key(people.tenant.id, sha256, "small")) == first.content
    await files.put(preview_key(people.tenant.id, sha256, "small"), b"kept")
    assert (await people.portal.http.get(f"/attachments/{file}/small")).content == b"kept"
