"""A mail cut into its parts, in one pass over its bytes and within limits: whoever sends one shall not decide how long we are
busy with it.

Nothing is copied: a part says where in the mail it begins and ends. The library's own parser tries every line against
every open boundary and holds a mail several times over.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from backend.mailboxes.reading.headers import Headers, Value, read_headers, read_value
from backend.mailboxes.reading.transfer import decoded, decoded_size, encoding_of

MOST_PARTS: Final = 5_000
_MOST_CANDIDATES: Final = 60_000
_MOST_GUESSES: Final = 10
_GUESSED: Final = re.compile(rb"^--([^\s\-][^\r\n]{4,98}?)[ \t]*\r?\n(?=[Cc]ontent-|\r?\n)", re.MULTILINE)


@dataclass(slots=True)
class Part:
    """A part: its headers, and the place of its body in `source`."""

    source: bytes = field(repr=False)
    headers: Headers
    begin: int
    end: int
    type: Value
    disposition: Value
    children: list["Part"] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        return self.type.value

    @property
    def encoding(self) -> str:
        return encoding_of(
            self.headers.first("content-transfer-encoding"), self.source[self.begin : min(self.end, self.begin + 4_000)]
        )

    def content(self, most: int | None = None) -> bytes:
        """What the part holds, decoded; of a long one the beginning, where `most` says how much of its source to look at."""
        end = self.end if most is None else min(self.end, self.begin + most)
        return decoded(self.source[self.begin : end], self.encoding)

    def size(self) -> int:
        return decoded_size(memoryview(self.source)[self.begin : self.end], self.encoding)

    @property
    def charset(self) -> str:
        return self.type.parameters.get("charset", "")


@dataclass(slots=True)
class Mail:
    """A mail in its parts. `source` is the mail with line feeds between lines where it came with carriage returns alone.

    `whole`: every part of it is here.
    """

    root: Part
    whole: bool

    @property
    def headers(self) -> Headers:
        return self.root.headers


def read_mime(raw: bytes) -> Mail:
    """The mail in its parts. Never raises."""
    source = _with_line_feeds(raw)
    begin = _beginning(source)
    headers, body = read_headers(source, begin, len(source))
    root = _part(source, headers, body, len(source), "text/plain")
    headers.charset = root.charset
    whole = _cut(root)
    if not headers.charset:
        headers.charset = next((each.charset for each in root.children if each.charset), "")
    return Mail(root, whole)


def mail_headers(raw: bytes) -> Headers:
    """The headers of a mail alone."""
    source = _with_line_feeds(raw[:4_000_000])
    return read_headers(source, _beginning(source), len(source))[0]


def _with_line_feeds(raw: bytes) -> bytes:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").encode()
    start = raw[:65_536]
    if b"\n" not in start and b"\r" in start:
        return raw.replace(b"\r", b"\n")
    return raw


def _beginning(source: bytes) -> int:
    """Where the first header is: behind a byte order mark, blank lines, and the line of a mailbox file."""
    at = 3 if source.startswith(b"\xef\xbb\xbf") else 0
    while at < len(source):
        stop = source.find(b"\n", at) + 1 or len(source)
        line = source[at : min(stop, at + 300)]
        if line.strip() and not re.match(rb">?From [^:\r\n]", line):
            break
        at = stop
    return at if at < len(source) else 0


def _part(source: bytes, headers: Headers, begin: int, end: int, default: str) -> Part:
    kind = read_value(headers.first("content-type"), headers.charset)
    value = kind.value
    if not re.fullmatch(r"[\w.+!#$&^-]{1,80}/[\w.+!#$&^-]{1,80}", value):
        value = {"text": "text/plain", "html": "text/html", "plain": "text/plain", "multipart": "multipart/mixed"}.get(
            value.partition("/")[0], default
        )
    disposition = read_value(headers.first("content-disposition"), headers.charset)
    return Part(source, headers, begin, end, Value(value, kind.parameters), disposition)


@dataclass(slots=True)
class _Open:
    part: Part
    boundary: bytes
    child: Part | None = None
    closed: bool = False


def _cut(root: Part) -> bool:
    """Give every multipart its children. Says whether all were found."""
    source, end = root.source, root.end
    opened: list[_Open] = []
    places: dict[bytes, list[int]] = {}
    guesses = 0

    def open_part(part: Part) -> None:
        nonlocal guesses
        if not part.media_type.startswith("multipart/"):
            return
        boundary = part.type.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()[:1_000]
        if guesses < _MOST_GUESSES and (not boundary or source.find(b"--" + boundary, part.begin, end) < 0):
            guesses += 1
            found = _GUESSED.search(source, part.begin, min(end, part.begin + 200_000))
            guessed = found[1] if found else b""
            boundary = guessed if guessed and guessed not in places else boundary
        if boundary:
            places.setdefault(boundary, []).append(len(opened))
            opened.append(_Open(part, boundary))

    def close_to(level: int, at: int) -> None:
        while len(opened) > level:
            last = opened.pop()
            places[last.boundary].pop()
            if not places[last.boundary]:
                del places[last.boundary]
            last.part.end = min(last.part.end, at)
            if last.child is not None:
                last.child.end = min(last.child.end, at)

    open_part(root)
    at = root.begin
    count = parts = 0
    while opened and at < end:
        if not (at == root.begin or source[at - 1 : at] == b"\n") or source[at : at + 2] != b"--":
            at = source.find(b"\n--", at, end)
            if at < 0:
                break
            at += 1
        count += 1
        if count > _MOST_CANDIDATES or parts >= MOST_PARTS:
            close_to(0, end)
            return False
        stop = source.find(b"\n", at, end)
        stop = end if stop < 0 else stop + 1
        line = source[at + 2 : min(stop, at + 1_100)].rstrip()
        levels = places.get(line)
        last = False
        if not levels and line.endswith(b"--"):
            levels, last = places.get(line[:-2].rstrip()), True
        if not levels:
            at = stop
            continue
        level = levels[-1]
        before = at - 1 if source[at - 1 : at] == b"\n" else at
        before -= source[before - 1 : before] == b"\r"
        close_to(level + 1, before)
        here = opened[level]
        if here.child is not None:
            here.child.end = max(here.child.begin, min(here.child.end, before))
            here.child = None
        if last:
            here.closed = True
            at = stop
            continue
        headers, body = read_headers(source, stop, end)
        body = min(body, end)
        default = "message/rfc822" if here.part.media_type == "multipart/digest" else "text/plain"
        child = _part(source, headers, body, end, default)
        headers.charset = child.charset
        here.part.children.append(child)
        here.child = child
        parts += 1
        open_part(child)
        at = body
    close_to(0, end)
    return True
