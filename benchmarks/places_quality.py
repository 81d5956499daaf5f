"""How often the suggestion names the right department: on labelled requests to the five companies, as `quality.py` prints it.

`texts/departments.jsonl` holds a request a line with its company, department, language and part. `learn` stands for a
company's own tickets; the rules were tuned on it. `held_out` was written before anything was measured, and nothing was
tuned on what it showed.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from backend.intake.suggestions.model import NOTHING, SURE, Ended, Learnt, Place, guess, learn
from backend.intake.suggestions.words import words_of

TEXTS: Final = Path(__file__).parent / "texts" / "departments.jsonl"
COMPANIES: Final = Path(__file__).parents[1] / "backend" / "demo" / "content"


class Labelled(msgspec.Struct, frozen=True):
    """A request, and the department where a person says that it belongs."""

    company: str
    department: str
    subject: str
    text: str
    language: str
    part: str


@dataclass(slots=True)
class Score:
    """Counts: texts, those whose likeliest place is right, those where something is said, and those where that is right."""

    texts: int = 0
    first: int = 0
    said: int = 0
    right: int = 0

    @property
    def accuracy(self) -> float:
        return self.first / self.texts if self.texts else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0

    def figures(self) -> dict[str, float]:
        return {
            "texts": self.texts, "accuracy": round(self.accuracy, 4), "suggested": self.said,
            "precision": round(self.precision, 4),
        }  # fmt: skip


def read_texts(file: Path = TEXTS) -> list[Labelled]:
    decoder = msgspec.json.Decoder(Labelled)
    return [decoder.decode(line) for line in file.read_bytes().splitlines()]


def places_of(company: str) -> list[Place]:
    """The departments of a demo company, as its portal shows them."""
    content: dict[str, Any] = tomllib.loads((COMPANIES / f"{company}.toml").read_text("utf-8"))
    return [
        Place(
            each["name"],
            each["name"],
            each["description"],
            tuple(f"{kind['name']} {kind['description']}" for kind in each.get("kinds", ())),
        )
        for each in content["departments"]
    ]


def learnt_from(texts: Iterable[Labelled]) -> Learnt:
    """What a company knows after these tickets, each of another person."""
    return learn(
        Ended(frozenset(words_of(f"{each.subject}\n{each.text}")), str(number), (each.department,))
        for number, each in enumerate(texts)
    )


def measure(texts: Iterable[Labelled], learnt: dict[str, Learnt]) -> Score:
    score = Score()
    places = {company: places_of(company) for company in learnt}
    for each in texts:
        guesses = guess(each.subject, each.text, places[each.company], learnt[each.company])
        score.texts += 1
        if not guesses:
            continue
        right = guesses[0].place == each.department
        score.first += right
        if guesses[0].sure >= SURE:
            score.said += 1
            score.right += right
    return score


def figures() -> dict[str, object]:
    """Print a line for each company and language; returns what is written down."""
    texts = read_texts()
    companies = sorted({each.company for each in texts})
    own = {
        company: learnt_from(each for each in texts if each.company == company and each.part == "learn")
        for company in companies
    }
    held_out = [each for each in texts if each.part == "held_out"]
    written: dict[str, object] = {}
    print(f"{'departments':36}{'texts':>7}{'accuracy':>10}{'suggested':>11}{'precision':>11}")
    for title, learnt in (("rules alone", dict.fromkeys(companies, NOTHING)), ("own tickets", own)):
        rows = {"all": held_out}
        rows |= {one: [each for each in held_out if each.language == one] for one in ("en", "nl")}
        rows |= {one: [each for each in held_out if each.company == one] for one in companies}
        table: dict[str, object] = {}
        for name, chosen in rows.items():
            score = measure(chosen, learnt)
            print(
                f"{f'held out, {title}, {name}':36}{score.texts:7}{score.accuracy:10.3f}{score.said:11}{score.precision:11.3f}"
            )
            table[name] = score.figures()
        written[title.replace(" ", "_")] = table
    return written
