"""How well thanks are told from replies: precision and recall on labelled texts, as `quality.py` prints them.

`texts/thanks.jsonl` holds a text a line with its label, language and part. The phrases were tuned on the part `tuning`;
`held_out` and `last` were written before there were any, and nothing was tuned on what they showed. `fresh` was written
when the phrases had been widened by what hundreds of new texts showed, and nothing was tuned on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from backend.tickets.thanks.judge import judge

TEXTS: Final = Path(__file__).parent / "texts" / "thanks.jsonl"
PARTS: Final = ("held_out", "last", "fresh", "tuning")


class Labelled(msgspec.Struct, frozen=True):
    """A raw message; `thanks` is what a person says of it."""

    text: str
    thanks: bool
    language: str
    part: str


@dataclass(slots=True)
class Score:
    """Counts of thanks that were found, of replies taken for thanks, and of thanks taken for replies."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def read_texts(file: Path = TEXTS) -> list[Labelled]:
    decoder = msgspec.json.Decoder(Labelled)
    return [decoder.decode(line) for line in file.read_bytes().splitlines()]


def measure(texts: Iterable[Labelled]) -> Score:
    score = Score()
    for each in texts:
        match each.thanks, judge(each.text).thanks:
            case True, True:
                score.right += 1
            case True, False:
                score.missed += 1
            case False, True:
                score.extra += 1
    return score


def figures() -> dict[str, object]:
    """Print a line for each part and language; returns what is written down."""
    texts = read_texts()
    print(f"{'thanks':28}{'texts':>7}{'precision':>11}{'recall':>9}")
    written: dict[str, object] = {}
    for part in PARTS:
        of_part = [each for each in texts if each.part == part]
        rows = {"all": of_part} | {
            language: [each for each in of_part if each.language == language]
            for language in sorted({each.language for each in texts})
        }
        table: dict[str, object] = {}
        for name, chosen in rows.items():
            score = measure(chosen)
            print(f"{f'{part} {name}':28}{len(chosen):7}{score.precision:11.3f}{score.recall:9.3f}")
            table[name] = {
                "texts": len(chosen), "precision": round(score.precision, 4), "recall": round(score.recall, 4),
                "right": score.right, "extra": score.extra, "missed": score.missed,
            }  # fmt: skip
        written[part] = table
    thanks = sum(each.thanks for each in texts) / len(texts)
    print(f"{len(texts)} texts, {thanks:.0%} of them thanks.")
    return written | {"texts": len(texts), "share_of_thanks": round(thanks, 3)}
