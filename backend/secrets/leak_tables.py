"""Passwords in tables and in lists of one line, below or behind the heading that announces them."""

import re
from collections.abc import Iterator
from typing import Final

from backend.secrets.leak_names import LABEL
from backend.secrets.leak_values import Span, trimmed
from backend.secrets.leak_words import Strength, is_stop_word, strength

_PLURAL: Final = re.compile(
    r"\b(?:passwords|wachtwoorden|passw(?:oor)?den|pw'?s|log-?ins|accounts|inlog(?:s|gegevens))\b[^\n:]{0,40}:",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(
    r"(?:\s?[,;/]\s?|\s(?:and|en|&)\s|\s)\s?(?P<user>[\w.@+-]{2,60})(?:\s?(?:[:=]|->|→)\s?|\s-\s|\s\(?)(?P<value>\S{4,80})"
)


def columns_of(line: str) -> tuple[str, list[str]] | None:
    for separator in ("|", "\t", ";", ","):
        if separator in line:
            cells = line.split(separator)
            return (separator, cells) if len(cells) >= 2 else None
    return None


def password_column(cells: list[str]) -> int | None:
    if any(len(cell.strip()) > 40 for cell in cells) or sum(bool(cell.strip()) for cell in cells) < 2:
        return None
    for position, cell in enumerate(cells):
        label = LABEL.fullmatch(cell.strip(" *_`\"'"))
        if label and not any(each.isdigit() for each in cell):
            return position
    return None


def cell_of(line: str, at: int, column: tuple[str, int]) -> Iterator[Span]:
    separator, position = column
    cells = line.split(separator)
    start = sum(len(cell) + 1 for cell in cells[:position])
    value = cells[position]
    bare = value.strip(" \t\r`\"'*")
    if bare and not set(bare) <= set("-: ") and strength(bare) and not is_stop_word(bare):
        offset = value.index(bare)
        yield at + start + offset, at + start + offset + len(bare)


def inline_list(line: str, at: int) -> Iterator[Span]:
    """`Passwords: kim X, lee Y`: each with a digit or a sign in it."""
    heading = _PLURAL.search(line)
    place = heading.end() if heading else len(line)
    found: list[Span] = []
    while item := _ITEM.match(line, place):
        value = trimmed(item["value"])
        made_up = any(map(str.isalpha, value)) and not value.isalpha() and strength(value) >= Strength.MIXED
        if not made_up or LABEL.fullmatch(item["user"]):
            return
        found.append((at + item.start("value"), at + item.start("value") + len(value)))
        place = item.start("value") + len(value)
    if len(found) > 1:
        yield from found
