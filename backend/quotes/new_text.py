"""What is new in a mail. In doubt all of it: whoever folds an answer away has lost it."""

import re
from collections.abc import Sequence
from typing import Final

from backend.quotes.fold import fold
from backend.quotes.footers import SIGNATURE_MARK, is_footer
from backend.quotes.pieces import Piece, pieces
from backend.quotes.words import DIVIDER, RULE

_MOST_SIGNATURE: Final = 25
_POSTSCRIPT: Final = re.compile(r"\s*(?:p\W{0,2}s\b|ps\b|p\.?d\b|n\W?b\b)", re.I)
_LIST: Final = re.compile(r"mailing list|unsubscribe|listinfo|afmelden|abmelden|d[ée]sinscri", re.I)
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")


def new_text(text: str, *, forwards: bool = False) -> str:
    """A text without what it quotes and without the signature; the whole where its answers stand between quotations, where it
    passes another mail on (`forwards`, or it says so), and where nothing else would be left.
    """
    lines = text.split("\n")
    found = pieces([_INVISIBLE.sub("", line.replace("\u00a0", " ")) for line in lines])
    if forwards or (found and found[-1].kind == "forwarded"):
        return text
    own = [piece for piece in found if piece.kind == "own" and _says_something(lines[piece.begin : piece.end])]
    if len(own) > 1 and _is_signature_alone(lines[own[-1].begin : own[-1].end]):
        own.pop()
    if not own:
        return text
    others = [piece for piece in found if piece.kind in ("quoted", "rest")]
    if not others:
        kept = lines  # An attribution of nothing is a sentence of the writer's.
    elif _rest_in_doubt(found, lines):
        return text
    elif own[-1].end <= others[0].begin or own[0].begin >= others[-1].end:
        kept = [line for piece in own for line in lines[piece.begin : piece.end]]
    else:
        return text
    shown = "\n".join(_without_signature(_without_list(_without_armour(kept)))).strip("\n").rstrip()
    return shown if shown.strip() else text


def _says_something(lines: Sequence[str]) -> bool:
    """Whether there are words that somebody wrote here, and not only a program."""
    return any(any(each.isalnum() for each in line) and not is_footer(line) for line in lines)


def _rest_in_doubt(found: Sequence[Piece], lines: Sequence[str]) -> bool:
    """Whether an unmarked quotation may be something that the writer said: "On Monday she wrote:" and no date or address."""
    if found[-1].kind != "rest" or len(found) < 2 or found[-2].kind != "attribution":
        return False
    said = " ".join(lines[found[-2].begin : found[-2].end])
    return not ("@" in said or any(each.isdigit() for each in said))


def _without_signature(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    mark = next(
        (place for place in range(len(kept) - 1, -1, -1) if SIGNATURE_MARK.fullmatch(kept[place].strip("\u00a0\r"))),
        None,
    )
    if mark is not None and _says_something(kept[:mark]) and _is_signature(kept[mark + 1 :]):
        kept = kept[:mark]
    while kept and (not kept[-1].strip() or is_footer(kept[-1]) or _is_rule(kept)):
        kept.pop()
    return kept if _says_something(kept) else list(lines)


def _is_signature_alone(lines: Sequence[str]) -> bool:
    """Whether a signature stands below a quotation, and nothing else does."""
    said = [line for line in lines if line.strip()]
    return SIGNATURE_MARK.fullmatch(said[0]) is not None and _is_signature(said[1:])


def _without_list(lines: Sequence[str]) -> list[str]:
    """The lines above what a mailing list adds below."""
    for place in range(max(1, len(lines) - 8), len(lines)):
        if RULE.match(lines[place][:200]) and _LIST.search(" ".join(lines[place:])[:2_000]):
            return list(lines[:place])
    return list(lines)


def _without_armour(lines: Sequence[str]) -> list[str]:
    """The words that were signed by PGP in the text, without what is around them."""
    try:
        begin = lines.index("-----BEGIN PGP SIGNED MESSAGE-----")
        end = lines.index("-----BEGIN PGP SIGNATURE-----", begin)
        close = lines.index("-----END PGP SIGNATURE-----", end)
    except ValueError:
        return list(lines)
    above = lines[:begin]
    while begin < end and lines[begin].strip():
        begin += 1
    return [*above, *lines[begin + 1 : end], *lines[close + 1 :]]


def _is_rule(lines: Sequence[str]) -> bool:
    plain = fold(lines[-1][:200])
    return bool(RULE.match(plain) or DIVIDER.match(plain)) and len(lines) > 1


def _is_signature(lines: Sequence[str]) -> bool:
    """Whether what stands below two dashes is one: short, asking nothing, no postscript."""
    said = [line for line in lines if line.strip()]
    if len(said) > _MOST_SIGNATURE or any(_POSTSCRIPT.match(line) for line in said):
        return False
    return not any("?" in re.sub(r"https?://\S+", "", line) for line in said)
