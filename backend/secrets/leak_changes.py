"""Passwords that somebody sets: the value that follows `change the password to`, and pass phrases of plain words."""

import re
from typing import Final

from backend.secrets.leak_names import is_prose
from backend.secrets.leak_phrases import is_sentence_word
from backend.secrets.leak_values import Span, after_quote, is_quoted, strength_of, value_at
from backend.secrets.leak_words import QUOTES, Strength, reads_as_prose

_PHRASE: Final = re.compile(r"pass[ -]?phrase|wachtwoordzin|wacht(?:zin|frase)", re.IGNORECASE)
_SET_TO: Final = re.compile(
    r"(?:[^\n.!?]|\.(?=\w)){0,60}?\b(?:to|into|as|naar|in|op|met)\b\s{0,2}:?\s{1,2}(?P<value>\S.{0,200})", re.IGNORECASE
)
_SETS: Final = re.compile(
    r"\b(?:set|sets|change|changed|chang(?:ing)|reset|update|updated|made|make|zet(?:ten)?|zette|gezet|wijzig\w*|gewijzigd|verander\w*|"
    r"instel\w*|ingesteld|aangepast|aanpassen|reset\w*|put)\b",
    re.IGNORECASE,
)
_TELLS: Final = re.compile(
    r"(?:will|is|see|sent|to|same|as|in|is|must|should|not|ask|call|zie|volgt|komt|wordt|stuur\w*|niet|via|per|follows|we|i|you|ik|wij)\b"
    r"|the same|(?:de|het)zelfde",
    re.IGNORECASE,
)
TELLS_MORE: Final = re.compile(
    r"\b(?:one|same|you|we|i|it|sent|was|been|used|set|needed|required|wrong|correct|unknown|missing|je|jij|u|wij|ik|die|dat|zelfde|niet|"
    r"not|nodig|stored|known|asked|gevraagd)\b",
    re.IGNORECASE,
)
_AFTER_PHRASE: Final = re.compile(
    r"[,;(]|\.\s|\s(?:hope|hoping|thanks|thx|success?|groet\w*|let me|which|that|die|dat|deze|please|graag|bedankt|alvast)\b",
    re.IGNORECASE,
)
_PLAIN_WORDS: Final = re.compile(r"[a-zà-ÿ]{3,14}(?: [a-zà-ÿ]{2,14}){2,7}\.?")
_SET_WORD_ENDS: Final = re.compile(
    r"\s*(?:$|[.,;!)\n]|(?:and|en|but|maar|yesterday|gisteren|now|nu|today|vandaag|last|vorige|please|aub|graag)\b)"
)


def phrase_at(text: str, label: re.Match[str], start: int, end: int) -> Span | None:
    """A pass phrase is the rest of the line; an application's password is four groups of four letters."""
    line = text[start:end].rstrip()
    four = re.match(r"[a-z]{4}(?: [a-z]{4}){3}(?![a-z])", line)
    if four:
        return start, start + four.end()
    if _PLAIN_WORDS.fullmatch(line) and text[start - 1] == " " and ":" in text[start - 3 : start]:
        words = line.rstrip(".").split()
        if (
            not _TELLS.match(line)
            and not TELLS_MORE.search(line)
            and sum(map(reads_as_prose, words)) <= 1
            and not reads_as_prose(words[0])
        ):
            return start, start + len(line.rstrip("."))
    if _PHRASE.fullmatch(label["name"]) and line and line[0] not in QUOTES:
        line = _AFTER_PHRASE.split(line, maxsplit=1)[0].rstrip(" .")
        words = line.split()
        if 3 <= len(words) <= 12 and not _TELLS.match(line) and all(len(word) < 30 for word in words):
            return start, start + len(line)
    return None


def set_to(text: str, label: re.Match[str], end: int) -> Span | None:
    sentence = text[max(0, label.start() - 60, text.rfind("\n", 0, label.start()) + 1) : min(end, label.end() + 80)]
    if not _SETS.search(sentence):
        return None
    found = _SET_TO.match(text, label.end(), end)
    while found:
        span = value_at(text, found.start("value"))
        phrase = phrase_at(text, label, found.start("value"), end)
        if phrase and not TELLS_MORE.search(text, *phrase):
            return phrase
        if span and not is_prose(text, span):
            level = strength_of(text, span)
            if (
                level >= Strength.STRONG
                or (level == Strength.MIXED and "-" not in text[span[0] : span[1]])
                or (level and is_quoted(text, span))
                or (level and _is_set_word(text, label, span))
            ):
                return span
        found = _SET_TO.match(text, found.start("value"), end)
    return None


def _is_set_word(text: str, label: re.Match[str], span: Span) -> bool:
    """`changed the password to unicorn and`: a plain word right behind, where the clause ends."""
    between, word = text[label.end() : span[0]].split(), text[span[0] : span[1]]
    return (
        len(between) <= 2
        and len(word) >= 5
        and word.isalpha()
        and not reads_as_prose(word)
        and not is_sentence_word(word)
        and _SET_WORD_ENDS.match(text, after_quote(text, span[1])) is not None
    )
