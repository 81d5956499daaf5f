"""A text as words, with what stands between them: ends of sentences and lines, emoji, numbers."""

import re
from dataclasses import dataclass, replace
from typing import Final

from backend.quotes.fold import fold

_PIECE: Final = re.compile(
    r"(?P<word>[^\W_]+)|(?P<smile>[:;=8xX]['`]?-?[)\]DPpd*3]+(?!\w)|<3+|\^[_.]?\^|\(:)"
    r"|(?P<frown>[:;=]['`]?-?[(\[|/\\]+(?!\w|/))|(?P<end>!{2,}1+(?!\w)|[.!…;:()\[\]{}\"“”«»•|]+)|(?P<line>\n[ \t]*\n\s*)|(?P<new>\n)|(?P<mark>[^\w\s]|_)"
)
_DISPLEASED: Final = frozenset(
    "👎😡😠😢😭😞😕🙄😒🤬💔😤😩😫🤦😖😣😟🙁☹😑😬🤨🖕😪😥😓😰😱🤯❓❔⁉🆘🚨⚠🤡💩😔😧😦😮‍💨🥲😏🙃"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is compared. `opens_sentence`: it cannot belong to what stands before it."""

    word: str
    raw: str
    opens_sentence: bool
    opens_line: bool
    after_comma: bool = False

    @property
    def is_capital(self) -> bool:
        return self.raw[:1].isupper()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text; `mood` is a sign that is not pleased, if there is one."""

    words: tuple[Token, ...]
    mood: str | None


def tokens_of(text: str, most: int) -> Tokens:
    """The words, at most one more than `most`."""
    words: list[Token] = []
    opens_sentence = opens_line = True
    after_comma = False
    mood: str | None = None
    for match in _PIECE.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "word":
            words.append(Token(fold(piece), piece, opens_sentence, opens_line, after_comma))
            opens_sentence = opens_line = after_comma = False
            if len(words) > most:
                break
        elif kind == "end":
            # A point within "m.v.g." or "a.s.a.p." ends nothing.
            # Nor does one after an initial: "R. Tennant".
            is_within = piece == "." and (
                text[match.end() : match.end() + 1].isalnum() or (bool(words) and len(words[-1].raw) == 1)
            )
            opens_sentence = opens_sentence or not is_within
        elif kind == "line":
            opens_sentence = opens_line = True
        elif kind == "new":
            opens_line = True
        elif piece == ",":
            after_comma = True
        elif kind == "frown" or piece in _DISPLEASED:
            mood = mood or piece
    return Tokens(tuple(words), mood)


def corrected(token: Token, word: str) -> Token:
    """The token under the word that was meant."""
    return replace(token, word=word)
