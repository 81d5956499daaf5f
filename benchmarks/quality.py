"""How well the leak guard finds what it should: precision and recall on labelled texts, printed and written down.

`texts/leaks.jsonl` holds a text a line with its leaks, its language and its part. The rules were tuned on the part
`tuning`; the part `held_out` was never looked at while tuning: it stands for texts that nobody has seen.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from backend.secrets.leaks import find_leaks
from benchmarks import places_quality, thanks_quality

TEXTS: Final = Path(__file__).parent / "texts" / "leaks.jsonl"
QUALITY: Final = Path(__file__).parent / "quality.json"


class Value(msgspec.Struct, frozen=True):
    """A leak as a person labelled it."""

    kind: str
    value: str
    start: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.start + len(self.value)


class Labelled(msgspec.Struct, frozen=True):
    """A text with all the leaks in it."""

    text: str
    leaks: list[Value]
    language: str
    part: str


@dataclass(slots=True)
class Score:
    """Counts of right, extra and missed leaks."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def figures(self) -> dict[str, float]:
        return {
            "precision": round(self.precision, 4), "recall": round(self.recall, 4),
            "right": self.right, "extra": self.extra, "missed": self.missed,
        }  # fmt: skip


def read_texts(file: Path = TEXTS) -> list[Labelled]:
    decoder = msgspec.json.Decoder(Labelled)
    return [decoder.decode(line) for line in file.read_bytes().splitlines()]


def measure(texts: Iterable[Labelled], *, kind: str | None = None, exact: bool = True) -> Score:
    """`exact`: kind and both ends are right. Otherwise a leak is found where anything sealed overlaps it."""
    score = Score()
    for each in texts:
        want = [(leak.kind, *leak.span) for leak in each.leaks if kind in (None, leak.kind)]
        got = [(leak.kind, leak.start, leak.end) for leak in find_leaks(each.text)]
        matches: Callable[[tuple[str, int, int], tuple[str, int, int]], bool] = _same if exact else _overlap
        missed = [one for one in want if not any(matches(one, other) for other in got)]
        extra = [one for one in got if kind in (None, one[0]) and not any(matches(one, other) for other in want)]
        score.right += len(want) - len(missed)
        score.missed += len(missed)
        score.extra += len(extra)
    return score


def main() -> int:
    texts = read_texts()
    figures: dict[str, object] = {}
    print(f"{'leak guard':28}{'texts':>7}{'precision':>11}{'recall':>9}{'overlap':>16}")
    for part in ("held_out", "tuning"):
        of_part = [each for each in texts if each.part == part]
        rows = {"all": of_part} | {
            language: [each for each in of_part if each.language == language]
            for language in sorted({each.language for each in texts})
        }
        table: dict[str, object] = {}
        for name, chosen in rows.items():
            table[name] = _line(f"{part} {name}", chosen)
        for kind in sorted({leak.kind for each in texts for leak in each.leaks}):
            table[kind] = _line(f"{part} {kind}", of_part, kind)
        figures[part] = table
    without = sum(not each.leaks for each in texts) / len(texts)
    written = {
        "leak_guard": figures,
        "texts": len(texts),
        "without_leak": round(without, 3),
        "thanks": thanks_quality.figures(),
        "departments": places_quality.figures(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    QUALITY.write_text(json.dumps(written, indent=2) + "\n")
    print(f"{len(texts)} texts, {without:.0%} of them without a leak; written to {QUALITY.name}.")
    return 0


def _line(title: str, texts: list[Labelled], kind: str | None = None) -> dict[str, object]:
    exact, overlap = measure(texts, kind=kind), measure(texts, kind=kind, exact=False)
    print(
        f"{title:28}{len(texts):7}{exact.precision:11.3f}{exact.recall:9.3f}{overlap.precision:9.3f}{overlap.recall:7.3f}"
    )
    return {"texts": len(texts), "exact": exact.figures(), "overlap": overlap.figures()}


def _same(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one == other


def _overlap(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[1] < other[2] and other[1] < one[2]
