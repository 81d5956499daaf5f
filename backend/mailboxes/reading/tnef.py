"""What Outlook packs into winmail.dat: its files, and its text where the mail has no other (MS-OXTNEF, read within limits)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from backend.mailboxes.reading.charsets import text_of

_SIGNATURE: Final = 0x223E9F78
_BODY, _CODE_PAGE, _MESSAGE = 0x0002800C, 0x00069007, 0x00069003
_NEW_FILE, _TITLE, _DATA, _FILE = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_PR_BODY, _PR_HTML, _PR_LONG_NAME, _PR_NAME, _PR_DATA, _PR_CONTENT_ID, _PR_TYPE = (
    0x1000, 0x1013, 0x3707, 0x3704, 0x3701, 0x3712, 0x370E,
)  # fmt: skip
_MOST_FILES: Final = 200
_MOST_ATTRIBUTES: Final = 5_000
_SIZES: Final = {0x0001: 0, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16}  # fmt: skip


@dataclass(slots=True)
class PackedFile:
    """A file in the package: where in it the content is."""

    name: str = ""
    begin: int = 0
    end: int = 0
    content_id: str = ""
    media_type: str = ""


@dataclass(slots=True)
class Package:
    """What was in it. `text` and `html` are empty where it had none."""

    files: list[PackedFile] = field(default_factory=list)
    text: str = ""
    html: str = ""


def unpack(raw: bytes) -> Package | None:
    """The package, as far as it can be read; None where it is none."""
    if len(raw) < 6 or struct.unpack_from("<I", raw)[0] != _SIGNATURE:
        return None
    package = Package()
    charset = "cp1252"
    for attribute, begin, end in _attributes(raw):
        if attribute == _CODE_PAGE and end - begin >= 4:
            charset = f"cp{struct.unpack_from('<I', raw, begin)[0]}"
        elif attribute == _BODY:
            package.text = _string(raw[begin:end], charset)
        elif attribute == _MESSAGE:
            for name, kind, start, stop in _properties(raw, begin, end):
                if name == _PR_BODY and not package.text:
                    package.text = _string(raw[start:stop], "utf-16-le" if kind == 0x1F else charset)
                elif name == _PR_HTML:
                    package.html = _string(raw[start:stop], "utf-16-le" if kind == 0x1F else "utf-8")
        elif attribute == _NEW_FILE:
            if len(package.files) >= _MOST_FILES:
                break
            package.files.append(PackedFile())
        elif package.files:
            _describe(package.files[-1], raw, attribute, begin, end, charset)
    package.files = [each for each in package.files if each.end > each.begin]
    return package


def _describe(file: PackedFile, raw: bytes, attribute: int, begin: int, end: int, charset: str) -> None:
    if attribute == _TITLE:
        file.name = file.name or _string(raw[begin:end], charset)
    elif attribute == _DATA:
        file.begin, file.end = begin, end
    elif attribute == _FILE:
        for name, kind, start, stop in _properties(raw, begin, end):
            text = "utf-16-le" if kind == 0x1F else charset
            if name == _PR_LONG_NAME or (name == _PR_NAME and not file.name):
                file.name = _string(raw[start:stop], text) or file.name
            elif name == _PR_CONTENT_ID:
                file.content_id = _string(raw[start:stop], text)
            elif name == _PR_TYPE:
                file.media_type = _string(raw[start:stop], text).lower()
            elif name == _PR_DATA and file.end == file.begin:
                file.begin, file.end = start, stop


def _attributes(raw: bytes) -> Iterator[tuple[int, int, int]]:
    at = 6
    for _ in range(_MOST_ATTRIBUTES):
        if at + 9 > len(raw):
            return
        attribute, length = struct.unpack_from("<II", raw, at + 1)
        begin = at + 9
        if begin + length > len(raw):
            return
        yield attribute, begin, begin + length
        at = begin + length + 2


def _properties(raw: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Name, type and place of each property, as far as their lengths hold."""
    if at + 4 > end:
        return
    count = min(struct.unpack_from("<I", raw, at)[0], 1_000)
    at += 4
    for _ in range(count):
        if at + 4 > end:
            return
        kind, name = struct.unpack_from("<HH", raw, at)
        at += 4
        if name >= 0x8000:  # A property with a name of its own.
            if at + 24 > end:
                return
            by_string, length = struct.unpack_from("<II", raw, at + 16)
            at += 24
            if by_string:
                at += (length + 3) // 4 * 4
        many, kind = bool(kind & 0x1000), kind & 0x0FFF
        varies = kind in (0x0D, 0x1E, 0x1F, 0x102)
        values = 1
        if many or varies:
            if at + 4 > end:
                return
            values = min(struct.unpack_from("<I", raw, at)[0], 1_000)
            at += 4
        for _ in range(values):
            length = _SIZES.get(kind, -1)
            if varies:
                if at + 4 > end:
                    return
                length = struct.unpack_from("<I", raw, at)[0]
                at += 4
            if length < 0 or at + length > end:
                return
            yield name, kind, at, at + length
            at += (length + 3) // 4 * 4


def _string(raw: bytes, charset: str) -> str:
    if charset == "utf-16-le":
        return raw.decode("utf-16-le", "replace").partition("\0")[0]
    return text_of(raw.partition(b"\0")[0], charset)
