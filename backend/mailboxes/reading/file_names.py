"""Names of files as they may be kept and shown: no path, nothing that a system acts on, nothing that deceives the eye."""

import mimetypes
import re
from collections.abc import Iterable
from typing import Final

from backend.mailboxes.reading.headers import clean

LONGEST: Final = 150
_HIDDEN: Final = re.compile(r"[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_DANGEROUS: Final = re.compile(r"[<>:\"|?*\x00-\x1f]")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_ENDINGS: Final = {
    "message/rfc822": ".eml", "text/calendar": ".ics", "application/ics": ".ics", "text/plain": ".txt", "text/html": ".html",
    "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/pjpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp",
    "image/heic": ".heic", "application/pgp-signature": ".asc", "application/pgp-encrypted": ".asc", "application/pgp-keys": ".asc",
    "application/pkcs7-signature": ".p7s", "application/x-pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m", "application/ms-tnef": ".dat", "text/vcard": ".vcf", "text/x-vcard": ".vcf",
    "message/delivery-status": ".txt", "message/feedback-report": ".txt", "text/rfc822-headers": ".txt", "application/octet-stream": "",
    "message/global": ".eml", "audio/mpeg": ".mp3", "audio/wav": ".wav", "video/mp4": ".mp4",
}  # fmt: skip


def file_name(raw: str, media_type: str, default: str = "") -> str:
    """The name as it is kept; one made from the type where there is none."""
    name = _HIDDEN.sub("", clean(raw)).replace("\\", "/")
    name = " ".join(name.rstrip("/ ").rpartition("/")[2].split())
    name = _DANGEROUS.sub("_", name).strip(". ")
    if not name:
        return (default or _kind(media_type)) + ending_of(media_type)
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) <= 12 else name[:LONGEST]
    return name


def ending_of(media_type: str) -> str:
    """The usual ending of a type, with its dot; empty where none is known."""
    return _ENDINGS[media_type] if media_type in _ENDINGS else mimetypes.guess_extension(media_type) or ""


def told_apart(names: Iterable[str]) -> list[str]:
    """The names, each once: a second "scan.pdf" is "scan (2).pdf"."""
    used: dict[str, int] = {}
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        key = name.casefold()
        shown = name
        while shown.casefold() in taken:
            used[key] = used.get(key, 1) + 1
            stem, dot, ending = name.rpartition(".")
            shown = f"{stem} ({used[key]}).{ending}" if dot and stem else f"{name} ({used[key]})"
        taken.add(shown.casefold())
        found.append(shown)
    return found


def _kind(media_type: str) -> str:
    return {"image": "image", "audio": "sound", "video": "video", "message": "message", "text": "text"}.get(
        media_type.partition("/")[0], "attachment"
    )
