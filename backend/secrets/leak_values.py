"""Where a value begins and ends in the text around it."""

import re
from typing import Final

from backend.secrets.leak_words import QUOTES, Strength, strength

Span = tuple[int, int]
_TAG: Final = re.compile(r"<(?:b|strong|i|em|u|code|kbd|tt|span|mark)(?:\s[^<>\n]{1,80})?>[ \t]?")
_MARKED: Final = re.compile(r"(?P<mark>\*\*?|__?)(?P<inside>[^\s*_](?:\S{0,98}[^\s*_])?)(?P=mark)(?=$|[\s.,;:!?)])")
WORD: Final = re.compile(r"\S{1,220}")


def value_at(text: str, start: int) -> Span | None:
    """The value that begins here: what quotes hold, or a word without the punctuation of the sentence."""
    if start >= len(text) or text[start] in "\n ":
        return None
    tag = _TAG.match(text, start)
    if tag:
        start = tag.end()
    marked = _MARKED.match(text, start)
    if marked:
        return marked.span("inside")
    if start >= len(text) or text[start] in "\n ":
        return None
    if text[start] in QUOTES:
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        close = _closing(text, start, min(line_end, start + 202))
        if close > start + 1:
            return (start + 1, close) if text[start + 1] != " " else None
        if close == start + 1:
            return None
    if text[start] in "([" and not text[start + 1 : start + 2].isspace():
        start += 1
    word = WORD.match(text, start)
    if word is None:
        return None
    span_end = start + len(trimmed(word[0]))
    return (start, span_end) if span_end > start else None


_PLAIN: Final = re.compile(r"[^<&\"'\\]*")


def _closing(text: str, start: int, end: int) -> int:
    """Where the quote that opens here closes; one behind a backslash belongs to what it holds."""
    close = text.find(QUOTES[text[start]], start + 1, end)
    while close > start + 1 and text[close - 1] == "\\" and text[close - 2] != "\\":
        further = text.find(QUOTES[text[start]], close + 1, end)
        if further < 0:
            break
        close = further
    return close


def trimmed(word: str) -> str:
    """A word without what belongs to the sentence, the markup or the code around it."""
    for stop in () if _PLAIN.fullmatch(word) else ("</", "<br", "&", '",', "',", '"}', "'}", '")', "')", "\\n"):
        at = word.find(stop, 1)
        if at > 0 and (stop != "&" or "=" in word[at:]):
            word = word[:at]
    semicolon = word.find(";")
    if semicolon > 0 and ("=" in word[semicolon:] or semicolon == len(word) - 1):
        word = word[:semicolon]
    for field in () if ":" not in word else ("user:", "username:", "login:", "port:", "host:"):
        at = word.lower().find(field, 3)
        if at > 0:
            word = word[:at].rstrip("/|")
    while word:
        last = word[-1]
        if (
            last in ".,;:…“”\"'`’»"
            or (last in "*_" and word.count(last) == 2 and word.endswith(last * 2))
            or (last in ")]}>" and word.count(last) > word.count({")": "(", "]": "[", "}": "{", ">": "<"}[last]))
            or (last == "?" and (word[:-1].endswith("!") or (len(word) > 6 and word.count("?") == 1)))
            or (last == "?" and word[:-1].replace("_", "").replace("-", "").replace(".", "").isalnum())
        ):
            word = word[:-1]
        else:
            break
    return word


_NAMED: Final = re.compile(
    r"\b(?:user(?:[ _-]?name)?|login(?: name)?|account|gebruiker(?:snaam)?|inlognaam|id|naam|model|ticket|order|version|versie|customer|klant|"
    r"mailbox|domain|domein|server|site|database|plugin|host|folder|map|file|bestand)\s{1,2}(?:is\s|was\s)?[\"'“]?$",
    re.IGNORECASE,
)


def is_named_thing(text: str, span: Span) -> bool:
    """Whether the word before it says what it is: the name of a user, a ticket, a server."""
    return _NAMED.search(text, max(0, span[0] - 30), span[0]) is not None


def is_quoted(text: str, span: Span) -> bool:
    return span[0] > 0 and text[span[0] - 1] in QUOTES and text[span[1] : span[1] + 1] == QUOTES[text[span[0] - 1]]


def after_quote(text: str, at: int) -> int:
    return at + (text[at : at + 1] in QUOTES.values() and text[at : at + 1] != "")


def ends_line(text: str, span: Span, end: int) -> bool:
    return not text[span[1] : end].strip(" \t.,;|)\"'`*")


def strength_of(text: str, span: Span) -> Strength:
    return strength(text[span[0] : span[1]])


def inside(text: str, start: int, end: int) -> Span | None:
    if text[start] in QUOTES:
        close = text.find(QUOTES[text[start]], start + 1, end + 100)
        if close > start + 1:
            return start + 1, close
    word = trimmed(text[start:end])
    return (start, start + len(word)) if word else None
