"""Every refusal has words in every language, in one place, with the same values in them."""

import re
from pathlib import Path
from string import Formatter

from backend import refusal_words
from backend.refusal_words import WORDS
from backend.tenants.set_language import LANGUAGES

ROOT = Path(refusal_words.__file__).parent.parent
PARTS = [value for value in vars(refusal_words).values() if hasattr(value, "WORDS")]


def _values(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_refusal_speaks_every_language_and_names_the_same_values() -> None:
    for code, words in WORDS.items():
        assert set(words) == set(LANGUAGES), code
        assert len({frozenset(_values(sentence)) for sentence in words.values()}) == 1, code


def test_the_words_of_a_refusal_stand_in_one_file() -> None:
    assert sum(len(part.WORDS) for part in PARTS) == len(WORDS)
    assert {path.stem for path in Path(refusal_words.__file__).parent.glob("[!_]*.py")} == {
        part.__name__.rsplit(".", 1)[-1] for part in PARTS
    }


def test_what_the_product_refuses_has_words() -> None:
    sources = [path.read_text() for path in ROOT.rglob("*.py") if "tests" not in path.parts]
    named = {code for text in sources for code in re.findall(r'\bRefusal\(\s*"(\w+)"', text)}
    assert len(named) > 50
    assert named <= set(WORDS)
