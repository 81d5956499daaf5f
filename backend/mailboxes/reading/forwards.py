"""The mail that somebody passes on: attached, or in the text below a line or a block of headers that says so."""

import re
from collections.abc import Sequence
from typing import Final

from backend.mailboxes.reading.body import Body, read_body
from backend.mailboxes.reading.headers import one_line
from backend.mailboxes.reading.mime import read_mime
from backend.mailboxes.reading.parts import Forwarded
from backend.mailboxes.reading.people import addresses_in, sender_of
from backend.quotes.fold import fold
from backend.quotes.pieces import Piece, pieces
from backend.quotes.words import DIVIDER, FORWARD_PREFIX, FORWARDED, FROM, FURTHER_HEADER, RULE, SUBJECT

_MOST: Final = 2_000_000
_SUBJECT: Final = re.compile(rf"[\s*_]*(?:{SUBJECT})[\s*_]*:")


def says_forward(subject: str) -> bool:
    """Whether the subject begins as programs let that of a forwarded mail begin."""
    return FORWARD_PREFIX.match(fold(subject)) is not None


def forwarded_of(body: Body, subject: str, text: str) -> Forwarded | None:
    """The mail that is passed on, or None."""
    if len(body.messages) == 1 and (says_forward(subject) or not text.strip()):
        part = body.messages[0]
        if part.end - part.begin <= _MOST:
            inner = read_mime(part.content())
            sender = sender_of(inner.headers, "")
            if sender.address:
                words = inner.headers.words("subject")[:200].strip()
                return Forwarded(
                    sender=sender.address,
                    name=sender.name,
                    subject=words,
                    text=read_body(inner.root).text.strip()[:49_000],
                )
    lines = text.split("\n")
    last = next(reversed(pieces(lines)), None)
    if last is None or not (last.kind == "forwarded" or (last.kind == "rest" and says_forward(subject))):
        return _marked(lines, subject)
    return _below(lines[last.begin :], subject)


def _marked(lines: Sequence[str], subject: str) -> Forwarded | None:
    """A mail that was passed on as a quotation, each line with its mark."""
    quoted = [piece for piece in pieces(lines) if piece.kind == "quoted"]
    if not quoted or not (says_forward(subject) or any(FORWARDED.match(fold(line[:200])) for line in lines)):
        return None
    first: Piece = quoted[0]
    return _below([re.sub(r"^\s*> ?", "", line) for line in lines[first.begin : first.end]], subject)


def _below(lines: Sequence[str], subject: str) -> Forwarded | None:
    said = [line for line in lines if line.strip() and not _is_line(line)]
    if said and all(line.lstrip().startswith(">") for line in said):
        lines = [re.sub(r"^\s*> ?", "", line) for line in lines]
    place = 0
    while place < len(lines) and (not lines[place].strip() or _is_line(lines[place])):
        place += 1
    sender, name, about = "", "", ""
    begun = False
    while place < len(lines):
        line = lines[place]
        plain = fold(line[:400])
        if FROM.match(plain):
            sender, name = _person(line)
        elif _SUBJECT.match(plain):
            about = one_line(line.partition(":")[2].strip("*_ "))
        elif not FURTHER_HEADER.match(plain) and not re.match(r"[\s*_]*[^\W\d_][\w -]{1,30}[\s*_]*:", plain):
            if not line.strip() and not begun:
                place += 1
                continue
            if line.strip() and begun and not about and not sender:
                return None
            if not line.strip():
                place += 1
                break
            if not line[:1].isspace() and not sender:
                break
        begun = True
        place += 1
    if not sender:
        return None
    stem = FORWARD_PREFIX.sub("", subject) if says_forward(subject) else subject
    return Forwarded(sender=sender, name=name, subject=about[:200] or stem, text="\n".join(lines[place:]).strip())


def _is_line(line: str) -> bool:
    plain = fold(line[:200])
    return bool(FORWARDED.match(plain) or DIVIDER.match(plain) or RULE.match(plain))


def _person(line: str) -> tuple[str, str]:
    value = line.partition(":")[2].strip("*_ ")
    value = re.sub(
        r"\[mailto:([^\]\s]+)\]|\(mailto:([^)\s]+)\)", lambda found: f"<{found[1] or found[2]}>", value, flags=re.I
    )
    found = addresses_in(value)
    return (found[0].address, found[0].name) if found else ("", "")
