"""Passwords in tables and in lists of one line, below or behind the heading that announces them."""

import re
from collections.abc import Iterator
from typing import Final

from backend.secrets.leak_likely import look
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

_USER: Final = re.compile(r"[\w.+-]{2,60}(?:@[\w.-]{0,80})?")


def columns_of(line: str) -> tuple[str, list[str]] | None:
    for separator in ("|", "\t", ";", ","):
        if separator in line:
            cells = cells_of(line, separator)
            return (separator, cells) if len(cells) >= 2 else None
    return None


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of a row, with their quotes; a separator between quotes belongs to its cell."""
    if '"' not in line or line.count('"') % 2:
        return line.split(separator)
    cells, begin, quoted = [], 0, False
    for place, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == separator and not quoted:
            cells.append(line[begin:place])
            begin = place + 1
    return [*cells, line[begin:]]


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
    cells = cells_of(line, separator)
    start = sum(len(cell) + 1 for cell in cells[:position])
    value = cells[position]
    bare = value.strip(" \t\r`\"'*")
    if bare and not set(bare) <= set("-: ") and strength(bare) and not is_stop_word(bare):
        offset = value.index(bare)
        yield at + start + offset, at + start + offset + len(bare)


def without_heading(text: str) -> Iterator[Span]:
    """Rows below one another with as many cells, and one column that holds nothing but made-up words."""
    at, separator = 0, ""
    rows: list[list[str]] = []
    starts: list[int] = []
    for line in [*text.split("\n"), ""]:
        table = columns_of(line) if len(line) <= 200 else None
        fits = table is not None and len(table[1]) <= 6 and password_column(table[1]) is None
        if rows and not (fits and table and table[0] == separator and len(table[1]) == len(rows[0])):
            yield from _made_up_column(rows, starts)
            rows, starts = [], []
        if fits and table:
            separator = table[0]
            rows.append(table[1])
            starts.append(at)
        at += len(line) + 1


def _made_up_column(rows: list[list[str]], starts: list[int]) -> Iterator[Span]:
    if len(rows) < 2:
        return
    for position in range(1, len(rows[0])):
        cells = [row[position].strip() for row in rows]
        if all(look(cell) >= 2 for cell in cells) and all(_USER.fullmatch(row[position - 1].strip()) for row in rows):
            for row, start in zip(rows, starts, strict=True):
                begin = start + sum(len(cell) + 1 for cell in row[:position])
                offset = len(row[position]) - len(row[position].lstrip())
                yield begin + offset, begin + offset + len(row[position].strip())
            return


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
