"""The headers of a mail or a part, as people send them: 8-bit, folded anywhere, encoded by whatever rule was to hand."""

import binascii
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from backend.mailboxes.reading.charsets import text_of

MOST_HEADER: Final = 100_000
"""Bytes of a header that are looked at."""
_MOST_HEADERS: Final = 1_000
_MOST_LINES: Final = 5_000

_NAME: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*")
_FOLDED: Final = re.compile(rb"(?:[ \t]++[^\s][^\n]*+(?:\n|\Z))*+")
_BLANK: Final = re.compile(rb"\n\r?\n")
_FOLD: Final = re.compile(rb"[\r\n]+")
_WORD: Final = re.compile(r"=\?([\w!#$%&'+^`{}~./:-]{0,60}?)(?:\*[\w-]{0,20})?\?([bBqQ])\?([^\r\n]{0,3000}?)(?:\?=|\Z)")
_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{1,240}>")
_PARAMETER: Final = re.compile(r";\s*+([^\s=;\"]{1,80})\s*+=\s*+(?:\"((?:[^\"\\]|\\.)*+)\"|([^;]*+))", re.DOTALL)
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without characters that cannot be kept, with line feeds alone between lines."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The text on one line, without what cannot be kept or is not seen."""
    return " ".join(clean(text).split())


@dataclass(slots=True)
class Headers:
    """Headers in their order. `charset` is what 8-bit ones may be in: that of the mail's text."""

    lines: list[tuple[str, bytes]] = field(default_factory=list)
    charset: str = ""

    def first(self, name: str) -> str:
        """The first header of that name as it stands, on one line; empty where there is none."""
        return next((self.plain(value) for each, value in self.lines if each == name), "")

    def all(self, name: str) -> list[str]:
        return [self.plain(value) for each, value in self.lines if each == name]

    def has(self, name: str) -> bool:
        return any(each == name for each, _ in self.lines)

    def plain(self, value: bytes) -> str:
        return text_of(_FOLD.sub(b"", value[:MOST_HEADER]), self.charset)

    def words(self, name: str) -> str:
        """The first header of that name as words for people."""
        return one_line(words_of(self.first(name), self.charset))

    def ids(self, name: str) -> tuple[str, ...]:
        """The message ids in the headers of that name."""
        return tuple(_MESSAGE_ID.findall(re.sub(r"\s+", " ", " ".join(self.all(name)))))


def read_headers(raw: bytes, at: int, end: int) -> tuple[Headers, int]:
    """The headers that begin at a place, and where the body begins. A line that is none ends them, or is passed over."""
    headers = Headers()
    for _ in range(_MOST_LINES):
        if at >= end:
            return headers, end
        stop = raw.find(b"\n", at, end)
        stop = end if stop < 0 else stop + 1
        line = raw[at : min(stop, at + MOST_HEADER)]
        if not line.strip():
            return headers, stop
        if line[:1] in (b" ", b"\t") and headers.lines:
            folded = _FOLDED.match(raw, at, end)
            stop = max(stop, folded.end()) if folded else stop
            name, value = headers.lines[-1]
            headers.lines[-1] = (name, value + b"\n" + raw[at : min(stop, at + max(0, MOST_HEADER - len(value)))])
        elif found := _NAME.match(line):
            if len(headers.lines) < _MOST_HEADERS:
                headers.lines.append((found[1].decode("ascii").lower(), line[found.end() :].rstrip(b"\r\n")))
        elif line.startswith(b"--") or not (line.startswith((b"From ", b">From ")) or _goes_on(raw, stop, end)):
            return headers, at
        at = stop
    blank = _BLANK.search(raw, at, end)
    return headers, blank.end() if blank else end


def _goes_on(raw: bytes, at: int, limit: int) -> bool:
    """Whether headers that every mail has still follow a line that is none."""
    for line in raw[at : min(limit, at + 2_000)].split(b"\n")[:4]:
        if not line.strip():
            return False
        if re.match(rb"(?:from|to|subject|date|message-id|mime-version|content-type|content-transfer-encoding|received|cc):", line, re.I):  # fmt: skip
            return True
    return False


def words_of(raw: str, charset: str = "") -> str:
    """A header with its encoded words read (RFC 2047). Neighbours of one charset are joined before they are read."""
    if "=?" not in raw:
        return raw
    pieces: list[tuple[str, str, bytes]] = []  # What stands before the word, its charset, its bytes.
    at = 0
    for found in _WORD.finditer(raw):
        before = raw[at : found.start()]
        content = _word_bytes(found[2], found[3])
        if pieces and not before.strip() and found[1].lower() == pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], pieces[-1][1], pieces[-1][2] + content)
        else:
            pieces.append(("" if pieces and not before.strip() else before, found[1].lower(), content))
        at = found.end()
    return "".join(before + text_of(content, named or charset) for before, named, content in pieces) + raw[at:]


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b"\n", b""), header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


@dataclass(frozen=True, slots=True)
class Value:
    """A header of a value with parameters, such as Content-Type; everything in lower case but the parameters' values."""

    value: str
    parameters: dict[str, str]


@lru_cache(maxsize=1_000)
def read_value(raw: str, charset: str = "") -> Value:
    """A value with its parameters, also where they are continued, encoded (RFC 2231), or encoded by the wrong rule."""
    raw = raw[:20_000]
    value = re.sub(r"\([^()]{0,200}\)", "", raw.partition(";")[0]).strip().strip("\"'").lower()
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for count, found in enumerate(_PARAMETER.finditer(raw)):
        if count >= 200:
            break
        name = found[1].lower()
        text = re.sub(r"\\([\"\\])", r"\1", found[2]) if found[2] is not None else found[3].strip().strip('"')
        if star := re.fullmatch(r"([^*]+)\*(?:(\d{1,4})(\*)?)?", name):
            coded = star[2] is None or star[3] is not None
            pieces.setdefault(star[1], []).append((int(star[2] or 0), coded, text))
        else:
            plain.setdefault(name, text)
    parameters = {name: words_of(text, charset) for name, text in plain.items()}
    for name, found_pieces in pieces.items():
        joined = _continued(sorted(found_pieces, key=lambda piece: piece[0]), charset)
        if joined or name not in parameters:
            parameters[name] = joined
    return Value(value, parameters)


def _continued(pieces: list[tuple[int, bool, str]], charset: str) -> str:
    named = charset
    raw = b""
    for place, (_, coded, text) in enumerate(pieces):
        if coded and place == 0 and text.count("'") >= 2:
            named, _, text = text.split("'", 2)
        raw += _percent(text) if coded else text.encode("utf-8", "replace")
    text = text_of(raw, named)
    return words_of(text, charset) if not any(coded for _, coded, _ in pieces) else text


def _percent(text: str) -> bytes:
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), text.encode("utf-8", "replace"))
