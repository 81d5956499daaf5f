"""Which department or kind a text belongs to: naive Bayes over words, which starts from rules and learns from tickets.

Pure: it knows no database. The rules are counted like tickets would be, so what was learnt outweighs them by itself.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import msgspec

from backend.intake.suggestions.concepts import CONCEPTS
from backend.intake.suggestions.words import words_of

LEAST_TICKETS: Final = 3
LEAST_PEOPLE: Final = 2
"""A word is kept when so many tickets of so many people hold it: a name or a secret of one person never is."""
MOST_WORDS: Final = 4_000
SURE: Final = 0.7
"""How sure it must be before anything is said."""
_SMOOTH: Final = 0.35
_SUBJECT: Final = 1.6
_CALM: Final = 0.55


@dataclass(frozen=True, slots=True)
class Place:
    """A department, or a kind within one, by what the company calls it; `inner` say what its kinds are."""

    id: str
    name: str
    description: str = ""
    inner: tuple[str, ...] = ()


class Learnt(msgspec.Struct, frozen=True):
    """In how many tickets of each place each word stood, by place."""

    words: dict[str, dict[str, int]] = {}


NOTHING: Final = Learnt()


@dataclass(frozen=True, slots=True)
class Ended:
    """A ticket as it is learnt from: its words, who asked, and the department and kind where it ended."""

    words: frozenset[str]
    person: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """A place with how likely it is among those that were offered."""

    place: str
    sure: float


def learn(tickets: Iterable[Ended]) -> Learnt:
    """Count the words of tickets where they ended, as far as they are several people's."""
    tickets = list(tickets)
    seen: Counter[str] = Counter()
    people: dict[str, set[str]] = {}
    for each in tickets:
        seen.update(each.words)
        for word in each.words:
            people.setdefault(word, set()).add(each.person)
    common = [
        word for word, _ in seen.most_common() if seen[word] >= LEAST_TICKETS and len(people[word]) >= LEAST_PEOPLE
    ]
    kept = frozenset(common[:MOST_WORDS])
    counts: dict[str, Counter[str]] = {}
    for each in tickets:
        for place in each.places:
            counts.setdefault(place, Counter()).update(each.words & kept)
    return Learnt({place: dict(found) for place, found in counts.items()})


def guess(subject: str, body: str, places: Sequence[Place], learnt: Learnt = NOTHING) -> list[Guess]:
    """The places by how likely they are, the likeliest first. Empty where no word says anything."""
    if len(places) < 2:
        return []
    weights = dict.fromkeys(words_of(body), 1.0) | dict.fromkeys(words_of(subject), _SUBJECT)
    known = [word for word in weights if any(_count(place, learnt, word) for place in places)]
    if not known:
        return []
    vocabulary = len(set().union(*(_rules(place) for place in places)))
    scores = {}
    for place in places:
        total = sum(_rules(place).values()) + sum(learnt.words.get(place.id, {}).values())
        base = math.log(total + _SMOOTH * vocabulary)
        scores[place.id] = sum(
            weights[word] * (math.log(_count(place, learnt, word) + _SMOOTH) - base) for word in known
        )
    # Words of one text say the same thing again and again: counted as if each were news, it would always be certain.
    calm = _CALM / math.sqrt(max(1.0, sum(weights[word] for word in known) / 6))
    best = max(scores.values())
    likely = {place: math.exp((score - best) * calm) for place, score in scores.items()}
    whole = sum(likely.values())
    guesses = [Guess(place, each / whole) for place, each in likely.items()]
    return sorted(guesses, key=lambda one: -one.sure)


def _count(place: Place, learnt: Learnt, word: str) -> float:
    return _rules(place).get(word, 0.0) + learnt.words.get(place.id, {}).get(word, 0)


@lru_cache(maxsize=4096)
def _rules(place: Place) -> Mapping[str, float]:
    """The words that name, description and the usual meaning of both give a place, counted as tickets are."""
    counts: defaultdict[str, float] = defaultdict(float)
    strength: defaultdict[int, float] = defaultdict(float)
    for text, weight in ((place.name, 1.0), (place.description, 0.35), *((each, 0.25) for each in place.inner)):
        for word in words_of(text):
            counts[word] += 4 * weight
            for number, concept in enumerate(CONCEPTS):
                if word in concept.names:
                    strength[number] += weight
    for number, much in strength.items():
        for word in CONCEPTS[number].words:
            counts[word] += 2.5 * min(much, 1.5)
    return dict(counts)
