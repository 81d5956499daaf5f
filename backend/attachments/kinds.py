"""What a file is, by what it holds and not by what it says, and whether a company takes such files."""

import re
import unicodedata
from typing import Final

import puremagic

HEAD_BYTES: Final = 65_536
"""As much of a file as tells what it is."""

PROGRAMS: Final = (
    "bat", "chm", "cmd", "com", "cpl", "dll", "exe", "hta", "jse", "lnk", "msi", "msp", "pif", "scr", "vbe", "vbs", "wsf", "wsh",
)  # fmt: skip
"""Endings of what a double click would run; refused where a company says nothing else."""

PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
"""What is shown in place, drawn anew."""

_OFFICE: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "jar": "application/java-archive",
    "apk": "application/vnd.android.package-archive",
}
_OLD_OFFICE: Final = {
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook", "msi": "application/x-msi",
}  # fmt: skip
_TEXTS: Final = {"csv": "text/csv", "json": "application/json", "eml": "message/rfc822", "ics": "text/calendar"}
_PROGRAM: Final = "application/vnd.microsoft.portable-executable"
# The first bytes of what runs, and of the pictures that are shown: these the product knows by itself.
_OWN: Final = (
    (b"MZ", _PROGRAM),
    (b"\x7fELF", "application/x-elf"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
    (b"#!", "text/x-script"),
)
_ENDINGS: Final = {
    _PROGRAM: ("exe", "dll", "scr", "com", "pif", "cpl"),
    "application/x-ms-shortcut": ("lnk",),
    "application/x-msi": ("msi",),
    "application/x-elf": ("elf",),
    "text/x-script": ("sh",),
}
_MARKUP: Final = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype html|html|head|body|script|svg)", re.I | re.S
)
_UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]"
)


def media_type_of(head: bytes, name: str) -> str:
    """The media type of a file by its first bytes; the name decides only between what looks alike inside."""
    ending = ending_of(name)
    for first, media_type in _OWN:
        if head.startswith(first) and (first != b"BM" or head[6:10] == b"\0\0\0\0"):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"PK\x03\x04"):
        return _OFFICE.get(ending, "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE.get(ending, "application/x-ole-storage")
    if markup := _MARKUP.match(head[:4096]):
        return "image/svg+xml" if markup[1].lower() == b"svg" else "text/html"
    if _is_text(head):
        return _TEXTS.get(ending, "text/plain")
    return _guessed(head)


def is_refused(refused: list[str], media_type: str, name: str) -> bool:
    """Whether a company refuses this file, for what its name says or for what it is whatever the name says."""
    return bool({ending_of(name), *_ENDINGS.get(media_type, ())[:1]} & set(refused))


def ending_of(name: str) -> str:
    """What stands behind the last dot, in lower case; a name's closing dots and spaces count for nothing."""
    _, dot, ending = name.rstrip(". ").rpartition(".")
    return ending.lower() if dot else ""


def clean_name(raw: str) -> str:
    """A file's name to keep: the last part of a path, one line, nothing that cannot be seen, at most 200 characters."""
    name = _UNSEEN.sub("", unicodedata.normalize("NFC", raw.encode("utf-8", "replace").decode("utf-8", "replace")))
    name = " ".join(re.split(r"[/\\]", name)[-1].split()).strip(". ")
    if len(name) > 200:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: 199 - len(ending)]}.{ending}" if dot and len(ending) <= 16 else name[:200]
    return name or "file"


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        # A letter may be cut at the end of what was read.
        head.decode("utf-8")
    except UnicodeDecodeError as cut:
        return len(head) == HEAD_BYTES and cut.start >= len(head) - 3
    return True


def _guessed(head: bytes) -> str:
    try:
        found = puremagic.magic_string(head)
    except (ValueError, puremagic.PureError):
        return "application/octet-stream"
    likely = [
        each for each in found if each.mime_type and each.confidence >= 0.4 and not each.mime_type.startswith("text/")
    ]
    return str(likely[0].mime_type) if likely else "application/octet-stream"
