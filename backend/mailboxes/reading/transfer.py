"""Content transfer encodings, undone as far as they can be: rubbish between the letters of base64, soft line breaks with blanks."""

import binascii
import re
from collections.abc import Iterator
from typing import Final

_BLOCK: Final = 1 << 20
_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NO_LETTERS: Final = bytes(each for each in range(256) if each not in _LETTERS)
_NO_BASE64: Final = bytes(each for each in _NO_LETTERS if each != 0x3D)
_SOFT_BREAK: Final = re.compile(rb"=[ \t]+(?=\r?\n|\Z)")
_HEX: Final = re.compile(rb"=[0-9A-Fa-f]{2}|=\r?\n")
_UU_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)


def decoded(raw: bytes, encoding: str) -> bytes:
    """The bytes that stand behind an encoding; what cannot be read is left out, an unknown encoding is none."""
    if encoding == "base64":
        return b"".join(_base64_blocks(raw))
    if encoding == "quoted-printable":
        return binascii.a2b_qp(_SOFT_BREAK.sub(b"=", raw))
    if encoding == "uuencode":
        return _uu(raw)
    return raw


def decoded_size(raw: memoryview, encoding: str) -> int:
    """How many bytes `decoded` gives, without holding them where they may be many."""
    if encoding == "base64":
        return sum(map(len, _base64_blocks(raw)))
    return len(decoded(bytes(raw), encoding)) if encoding in ("quoted-printable", "uuencode") else len(raw)


def encoding_of(named: str, raw: bytes) -> str:
    """The encoding that a part really has: a text that says base64 and has words in it is plain."""
    name = named.strip().strip("\"';").strip().lower()
    name = {"x-uuencode": "uuencode", "x-uue": "uuencode", "uue": "uuencode", "base-64": "base64", "quotedprintable": "quoted-printable", "qp": "quoted-printable"}.get(name, name)  # fmt: skip
    if name == "base64":
        start = raw[:4_000]
        lines = [line for line in start.splitlines()[:-1] or [start] if line.strip()]
        plain = sum(b" " in line.strip() or any(byte > 127 for byte in line) for line in lines)
        if lines and plain * 2 > len(lines):
            return "binary"
        return name
    return name if name in ("quoted-printable", "uuencode") else "binary"


def _base64_blocks(raw: bytes | memoryview) -> Iterator[bytes]:
    left = b""
    for at in range(0, len(raw), _BLOCK):
        block = left + bytes(raw[at : at + _BLOCK]).translate(None, _NO_BASE64)
        # Some join texts that were encoded one by one: behind padding the next begins.
        *closed, rest = re.split(rb"=+", block) if b"=" in block else (block,)
        yield from map(_group, closed)
        whole = len(rest) // 4 * 4
        yield binascii.a2b_base64(rest[:whole])
        left = rest[whole:]
    yield _group(left)


def _group(letters: bytes) -> bytes:
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _uu(raw: bytes) -> bytes:
    begin = _UU_BEGIN.search(raw)
    return uu_lines(raw[begin.end() :] if begin else raw)


def uu_lines(raw: bytes) -> bytes:
    """The bytes of uuencoded lines, up to the one that says end."""
    found: list[bytes] = []
    for line in raw.split(b"\n"):
        line = line.rstrip(b"\r")
        if line.strip() == b"end":
            break
        if not line or line[:1] in (b"`", b" "):
            continue
        try:
            found.append(binascii.a2b_uu(line))
        except binascii.Error:
            length = ((line[0] - 32) & 63) * 4 // 3 + 5
            try:
                found.append(binascii.a2b_uu(line[: length // 4 * 4 + 1]))
            except binascii.Error:
                continue
    return b"".join(found)
