"""The leak guard: finds passwords, card numbers, keys and tokens that were typed into ordinary text.

Pure, and linear in the length of the text: each pattern looks a bounded way ahead.
"""

import unicodedata
from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import Final

from backend.secrets.leak_asides import passwords_after_asides
from backend.secrets.leak_cards import cards_in
from backend.secrets.leak_codes import codes_of_things
from backend.secrets.leak_context import passwords_in_context
from backend.secrets.leak_keys import keys_in
from backend.secrets.leak_labels import labelled_passwords
from backend.secrets.leak_likely import likely_passwords, relatives
from backend.secrets.leak_logins import passwords_of_logins
from backend.secrets.leak_names import labels_in
from backend.secrets.leak_networks import keys_of_networks
from backend.secrets.leak_phrases import answers_in, codes_in, phrases_in
from backend.secrets.leak_programs import passwords_of_programs
from backend.secrets.leak_tables import without_heading
from backend.secrets.leak_words import LeakKind, forget

_INVISIBLE: Final = dict.fromkeys(
    [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xA0, 0x202F, 0x2007, 0x2009, 0x3000, 0xAD], " "
)
_WIDE: Final = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_SHAPES: Final = {**_INVISIBLE, **_WIDE, 0x0D: " "}


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret value in a text, exactly: from `start` to before `end`, in code points."""

    kind: LeakKind
    start: int
    end: int


def find_leaks(text: str) -> list[Leak]:
    """What in the text should not stand there, in order, never overlapping. Nothing of the text is kept in memory."""
    try:
        return _find(text)
    finally:
        forget()
        labels_in.cache_clear()


def _find(text: str) -> list[Leak]:
    shape = text.translate(_SHAPES)  # One for one: offsets stay.
    # The surest first: where two overlap, the earlier one in this list is right.
    found: list[tuple[LeakKind, int, int]] = [*cards_in(shape), *keys_in(shape)]
    for passwords in (
        codes_in,
        answers_in,
        phrases_in,
        passwords_of_programs,
        without_heading,
        passwords_of_logins,
        labelled_passwords,
        keys_of_networks,
        codes_of_things,
        passwords_after_asides,
        passwords_in_context,
    ):
        found += [("password", start, end) for start, end in passwords(shape)]
    passwords_found = [(start, end) for kind, start, end in found if kind == "password"]
    found += [("password", start, end) for start, end in likely_passwords(shape, passwords_found)]
    passwords_found = [(start, end) for kind, start, end in found if kind == "password"]
    found += [("password", start, end) for start, end in relatives(shape, passwords_found)]
    leaks: list[Leak] = []
    taken: list[tuple[int, int]] = []  # In order, never overlapping.
    for kind, start, end in found:
        start, end = _visible(text, start, end)
        if start < end and not _overlaps(taken, start, end):
            insort(taken, (start, end))
            leaks.append(Leak(kind, start, end))
    return sorted(leaks, key=lambda leak: leak.start)


def _visible(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its edges."""
    while start < end and (text[start].isspace() or unicodedata.category(text[start]) == "Cf"):
        start += 1
    while end > start and (text[end - 1].isspace() or unicodedata.category(text[end - 1]) == "Cf"):
        end -= 1
    return start, end


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(taken, (end, 0))  # Only the last that begins before the end can reach into it.
    return place > 0 and taken[place - 1][1] > start
