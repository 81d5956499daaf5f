"""The text of a plain part as it was written: flowed lines joined, files that stand in it as letters taken out."""

import re
from dataclasses import dataclass
from typing import Final

from backend.mailboxes.reading.transfer import uu_lines

_UU: Final = re.compile(r"^begin(?:-base64)? [0-7]{3,4} ([^\n]{1,200})\n", re.MULTILINE)
_UU_LINE: Final = re.compile(r"[\x20-\x60]{1,62}")
_ENRICHED: Final = re.compile(r"<<|</?[a-zA-Z][\w-]{0,30}>")
_MOST_FILES: Final = 20
_MOST_TRIES: Final = 50


@dataclass(frozen=True, slots=True)
class Letters:
    """A file that stood in a text."""

    name: str
    content: bytes


def flowed(text: str, *, delete_space: bool) -> str:
    """The text of format=flowed with its paragraphs on one line each (RFC 3676)."""
    lines: list[str] = []
    open_depth = -1  # The depth of the line before, where it goes on.
    for raw in text.split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = raw[depth:]
        line = line.removeprefix(" ")
        goes_on = line.endswith(" ") and line != "-- "
        if goes_on and delete_space:
            line = line[:-1]
        if open_depth == depth and line.rstrip() != "--" and lines:
            lines[-1] += line
        else:
            lines.append((">" * depth + " " if depth else "") + line)
        open_depth = depth if goes_on else -1
    return "\n".join(line.rstrip() if line != "-- " else line for line in lines)


def without_files(text: str) -> tuple[str, list[Letters]]:
    """The text without what was uuencoded in it, and those files."""
    files: list[Letters] = []
    kept: list[str] = []
    at = 0
    for _ in range(_MOST_TRIES):
        begin = _UU.search(text, at)
        end = text.find("\nend", begin.end() - 1) if begin else -1
        if begin is None or end < 0 or len(files) >= _MOST_FILES:
            break
        body = text[begin.end() : end]
        sample = [line for line in body[:2_000].split("\n")[:20] if line]
        if not sample or not all(_looks_uu(line) for line in sample):
            kept.append(text[at : begin.end()])
            at = begin.end()
            continue
        kept.append(text[at : begin.start()])
        files.append(Letters(begin[1].strip(), uu_lines(body.encode("ascii", "replace"))))
        at = end + 5 if text[end + 4 : end + 5] == "\n" else end + 4
    return "".join(kept) + text[at:], files


def _looks_uu(line: str) -> bool:
    if not _UU_LINE.fullmatch(line):
        return False
    length = (ord(line[0]) - 32) & 63
    return abs(len(line) - 1 - (length + 2) // 3 * 4) <= 2


def enriched(text: str) -> str:
    """The text of text/enriched (RFC 1896): a single line break is a blank, commands are left out."""
    text = re.sub(r"<param>[^<]{0,500}</param>", "", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", text).replace("\n\n", "\n")
    return _ENRICHED.sub(lambda found: "<" if found[0] == "<<" else "", text)
