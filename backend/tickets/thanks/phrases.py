"""The phrases of thanks, read from `words/`: what each may begin with, and how far a text follows it."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

from backend.quotes.fold import squeezed
from backend.tickets.thanks.tokens import Token

LANGUAGES: Final = ("en", "nl", "de", "fr", "es", "it", "pt", "pl")
_WORDS: Final = Path(__file__).parent / "words"
_LONGEST_FILL: Final = 5
_LONGEST_OBJECT: Final = 18

Kind: TypeAlias = Literal["core", "object", "other", "agree", "fill", "greet", "close", "title"]
_THANKS: Final = re.compile(
    r"(?:thank|dank|bedank|merci|remerci|graci|agrade|grazi|ringrazi|obriga|dziek|podziek|apprecia|gratef)"
)
_FILL: Final = "~"
_OBJECT: Final = "<o>"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a phrase: one of some words, a run of words of degree, or a run of what the thanks are for."""

    words: frozenset[str]
    is_optional: bool
    run: Literal["", "fill", "object"] = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way of saying something harmless. `fill` and `objects` are the words of its language for runs."""

    kind: Kind
    slots: tuple[Slot, ...]
    fill: frozenset[str]
    objects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases by the word that they begin with, and all words that are in one."""

    by_head: Mapping[str, tuple[Phrase, ...]]
    known: frozenset[str]
    by_squeezed: Mapping[str, str]
    by_gap: Mapping[str, tuple[str, ...]]
    names: frozenset[str]
    common: frozenset[str]


@cache
def phrases() -> Phrases:
    """Read once a process."""
    by_head: dict[str, list[Phrase]] = defaultdict(list)
    known: set[str] = set()
    thanks: set[str] = set()
    for language in LANGUAGES:
        source = tomllib.loads((_WORDS / f"{language}.toml").read_text())
        fill, objects = frozenset(source["fill"].split()), frozenset(source["objects"].split())
        known |= fill | objects
        written: list[tuple[Kind, str]] = [
            *(("core", each) for each in source["core"]),
            *(("other", each) for each in source["other"]),
            *(("agree", each) for each in source["agree"]),
            *(("greet", each) for each in source["greet"]),
            *(("close", each) for each in source["close"]),
            *(("title", each) for each in source["people"]),
            *(("object", f"{each} {_OBJECT}") for each in source["prepositions"]),
            ("fill", "|".join(sorted(fill))),
        ]
        for kind, line in written:
            slots = _slots(line)
            phrase = Phrase(kind, slots, fill, objects)
            for word in _heads(slots, objects):
                by_head[word].append(phrase)
            for slot in slots:
                known |= slot.words
            thanks |= {
                word
                for slot in slots
                for word in slot.words
                if kind == "core" and len(word) >= 5 and _THANKS.match(word)
            }
    names = frozenset((_WORDS / "names.txt").read_text().split())
    common = frozenset((_WORDS / "common.txt").read_text().split())
    gaps: dict[str, set[str]] = defaultdict(set)
    for word in thanks:
        for gap in _gaps(word):
            gaps[gap].add(word)
    return Phrases(
        by_head={word: tuple(dict.fromkeys(found)) for word, found in by_head.items()},
        known=frozenset(known),
        by_squeezed={squeezed(word): word for word in sorted(known) if len(word) >= 2},
        by_gap={gap: tuple(sorted(words)) for gap, words in gaps.items()},
        names=names,
        common=common | known,
    )


def ends_of(phrase: Phrase, tokens: Sequence[Token], start: int) -> set[int]:
    """Where the phrase may end that begins at `start`; it never crosses the end of a sentence."""
    ends = {start}
    for slot in phrase.slots:
        following = set(ends) if slot.is_optional else set()
        for place in ends:
            if slot.run:
                words = phrase.fill if slot.run == "fill" else phrase.objects | phrase.fill
                longest = _LONGEST_FILL if slot.run == "fill" else _LONGEST_OBJECT
                reached = place
                while reached < len(tokens) and reached - place < longest and _follows(tokens, reached, start, words):
                    reached += 1
                    following.add(reached)
            elif place < len(tokens) and _follows(tokens, place, start, slot.words):
                following.add(place + 1)
        ends = following
        if not ends:
            break
    return ends - {start}


def _follows(tokens: Sequence[Token], place: int, start: int, words: frozenset[str]) -> bool:
    token = tokens[place]
    return token.word in words and not (token.opens_sentence and place != start)


def _slots(line: str) -> tuple[Slot, ...]:
    parts = line.split()
    while parts and parts[0] == _FILL:
        parts.pop(0)
    while parts and parts[-1] == _FILL:
        parts.pop()
    slots = []
    for part in parts:
        if part == _FILL:
            slots.append(Slot(frozenset(), is_optional=True, run="fill"))
        elif part.rstrip("?") == _OBJECT:
            slots.append(Slot(frozenset(), is_optional=part.endswith("?"), run="object"))
        else:
            choices = part.split("|")
            is_optional = any(each.endswith("?") for each in choices)
            slots.append(Slot(frozenset(each.rstrip("?") for each in choices), is_optional=is_optional))
    return tuple(slots)


def _heads(slots: Iterable[Slot], objects: frozenset[str]) -> set[str]:
    heads: set[str] = set()
    for slot in slots:
        heads |= objects if slot.run == "object" else slot.words
        if not slot.is_optional:
            break
    return heads


def _gaps(word: str) -> set[str]:
    """The word, and the word without one of its letters: two words that share one differ by one slip of a finger."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def without_slip(word: str, found: Phrases) -> str | None:
    """The word of thanks that this one is but for one slip: a letter too many, too few, wrong, or two swapped."""
    if not 5 <= len(word) <= 16:
        return None
    for gap in sorted(_gaps(word), key=len, reverse=True):
        for candidate in found.by_gap.get(gap, ()):
            if candidate[0] == word[0] and abs(len(candidate) - len(word)) <= 1:
                return candidate
    return None
