"""Words as they are compared: without capitals, accents and letters that were typed again and again."""

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ł": "l", "ß": "ss", "ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_AGAIN: Final = re.compile(r"(.)\1+")
_AGAIN_AND_AGAIN: Final = re.compile(r"([^\W\d_])\1{2,}")


def fold(text: str) -> str:
    """The text without capitals and accents. It may be longer or shorter than it was."""
    plain = text.lower().translate(_LETTERS)
    if plain.isascii():
        return plain
    return "".join(each for each in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(each))


def squeezed(word: str) -> str:
    """The word with each letter once where it stands in a row: "thaaanks" and "thannks" are "thanks"."""
    return _AGAIN.sub(r"\1", word)


def is_drawn_out(word: str) -> bool:
    """Whether a letter stands three times in a row or more."""
    return _AGAIN_AND_AGAIN.search(word) is not None
