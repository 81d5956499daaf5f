"""A mail's text in pieces: what its writer wrote, above, below or between what they quote or pass on."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from backend.quotes.fold import fold
from backend.quotes.words import (
    ABOVE_THIS,
    BEGINS_ATTRIBUTION,
    DIVIDER,
    FORWARDED,
    FROM,
    FURTHER_HEADER,
    RULE,
    WROTE,
)

_TAG: Final = re.compile(
    r"<(?:/?(?:br|p|div|span|b|i|u|em|strong|font|html|body|blockquote|table|tr|td|tbody|li|ul|hr|a|h[1-6])\b[^<>]{0,300})>",
    re.I,
)
_BREAKING_TAG: Final = re.compile(r"<(?:br|/p|/div|/tr|/li|hr)\b[^<>]{0,100}>", re.I)
_HIDDEN: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
_QUOTED: Final = re.compile(r"\s{0,8}(?:>|\|\s)")
_LONGEST_LINE: Final = 400


Kind: TypeAlias = Literal["own", "attribution", "quoted", "rest", "forwarded"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of one kind: `begin` to before `end`. What is `rest` or `forwarded` goes to the end of the mail."""

    kind: Kind
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Own:
    """The lines that are the writer's own. `forwards`: something else is passed on with them."""

    lines: tuple[str, ...]
    forwards: bool


def own_lines(text: str) -> Own:
    """The lines of a raw text that are its writer's own, as plain text."""
    lines = _plain(text).split("\n")
    own: list[str] = []
    found = pieces(lines)
    for piece in found:
        if piece.kind == "own":
            own += (line.rstrip() for line in lines[piece.begin : piece.end])
    return Own(tuple(own), forwards=bool(found) and found[-1].kind == "forwarded")


def pieces(lines: Sequence[str]) -> list[Piece]:
    """The pieces of a text, in order; neighbours of one kind are one piece."""
    found: list[Piece] = []

    def add(kind: Kind, begin: int, end: int) -> None:
        if found and found[-1].kind == kind:
            found[-1] = Piece(kind, found[-1].begin, end)
        elif end > begin:
            found.append(Piece(kind, begin, end))

    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.strip():
            add("own", place, place + 1)
            place += 1
            continue
        if _QUOTED.match(line) and not line.lstrip().startswith(">:"):
            add("quoted", place, place + 1)
            place += 1
            continue
        short = fold(line[:_LONGEST_LINE])
        if FORWARDED.match(short):
            add("forwarded", place, len(lines))
            return found
        if DIVIDER.match(short) or ABOVE_THIS.match(short) or _is_header(lines, place, short):
            add("rest", place, len(lines))
            return found
        if RULE.match(short) and place + 1 < len(lines) and _begins_header(lines, place + 1):
            add("rest", place, len(lines))
            return found
        if length := _attribution(lines, place, short):
            begin = place
            place += length
            while place < len(lines) and not lines[place].strip():
                place += 1
            add("attribution", begin, place)
            if place < len(lines) and not _QUOTED.match(lines[place]):
                add("rest", place, len(lines))  # A quotation without marks: nobody can say where it ends.
                return found
            continue
        add("own", place, place + 1)
        place += 1
    return found


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if "<" in text:
        text = _TAG.sub("", _BREAKING_TAG.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    return _HIDDEN.sub("", text.replace("\u00a0", " ").replace("\u202f", " "))


def _attribution(lines: Sequence[str], place: int, short: str) -> int:
    """How many lines say "On Tuesday, someone wrote:"; 0 where it does not stand here. Mails wrap it."""
    if not BEGINS_ATTRIBUTION.match(short):
        return 0
    joined = short
    for length in (1, 2, 3):
        if length > 1:
            following = place + length - 1
            if following >= len(lines) or not lines[following].strip() or _QUOTED.match(lines[following]):
                return 0
            joined = f"{joined.rstrip()} {fold(lines[following][:_LONGEST_LINE]).strip()}"
        after = lines[place + length] if place + length < len(lines) else ""
        ends = joined.rstrip().endswith(":") or not after.strip() or _QUOTED.match(after)
        if ends and WROTE.search(joined):
            return length
    return 0


def _is_header(lines: Sequence[str], place: int, short: str) -> bool:
    """Whether "From: ..., Sent: ..." of a quoted mail begins here."""
    if not FROM.match(short):
        return False
    after = [fold(each[:_LONGEST_LINE]) for each in lines[place + 1 : place + 6] if each.strip()]
    return bool(after) and any(FURTHER_HEADER.match(each) for each in after[:2])


def _begins_header(lines: Sequence[str], place: int) -> bool:
    for following in range(place, min(place + 3, len(lines))):
        if lines[following].strip():
            return _is_header(lines, following, fold(lines[following][:_LONGEST_LINE]))
    return False
