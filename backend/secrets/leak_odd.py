"""Passwords that look like none, right behind their label: an address, a path, a date, four zeros, a letter or two."""

import re
from typing import Final

from backend.secrets.leak_names import CODES
from backend.secrets.leak_values import Span, after_quote, ends_line, is_quoted, value_at
from backend.secrets.leak_words import Strength, is_stop_word, reads_as_prose, strength

_OF: Final = r"(?:\s(?:of|for|to|on|at|in|van|voor|op|bij)\s[^\n:=;.,]{1,60}?)?"
_TO_VALUE: Final = rf"(?P<close>[\"'*_]{{0,3}})\s?(?:[:=]|{_OF}\s(?P<verb>is|was|wordt|luidt|=)\s?:?|{_OF}:)\s{{0,3}}"
_DATE: Final = re.compile(
    _TO_VALUE + r"(?P<value>\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d|0[1-9]\d?-\d{7,8}|0\d{2,3}-\d{6,7})(?![\w/.-]*\w)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    rf"\s?(?:[:=]|{_OF}\s(?P<verb>is|was|wordt|luidt)\s?:?)\s{{1,3}}(?P<quote>[\"'“‘`]?)"
    r"(?P<value>[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}|(?P<path>https?://[^\s\"'”’<>]{3,200}|(?:/[\w.-]{1,60}){2,8}/?|[A-Za-z]:\\[^\s\"'”’<>]{1,120}))"
    r"(?P<end>[\"'”’`]?)(?=$|\s|[.,;)](?:\s|$))",
    re.IGNORECASE,
)
_AS: Final = re.compile(r"\b(?:as|als)\s(?:my |mijn |a |een )?$", re.IGNORECASE)
_CHOSEN: Final = re.compile(
    r"\s(?:(?:gebruikte?|koos|heb|nam|neem|had|I|we) ?){1,2}\s?(?:ik|wij|we|used?|chose|took|picked)\s(?P<value>[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4})(?=[\s.,;)]|$)",
    re.IGNORECASE,
)
_ASKED_FOR: Final = re.compile(
    r"\b(?:forg[oe]t\w*|lost|reset\w*|new|change|recover\w*|send|sent|vergeten|kwijt|herstel\w*|wijzig\w*|stuur\w*|set|choose|enter)\b[^\n.]{0,30}$",
    re.IGNORECASE,
)
_NO_VALUE: Final = re.compile(
    r"\s?(?:[\w-]{1,20}\s){0,3}(?:to|for|at|via|link|page|reset|here|hier|naar|voor)\b", re.IGNORECASE
)
_ZEROS: Final = re.compile(rf"s?{_TO_VALUE}(?P<value>(?P<digit>\d)(?P=digit){{3,7}})(?![\w-]|[.,:/]\d)", re.IGNORECASE)
_BARE_ZEROS: Final = re.compile(r"\s{1,2}(?:nu |now )?(?P<value>(?P<digit>\d)(?P=digit){3,7})(?![\w-]|[.,:/]\d)")
_GROUPS: Final = re.compile(
    rf"{_TO_VALUE}(?P<value>\d{{2,4}}(?:[ -]\d{{2,4}}){{1,3}})(?=[ \t\r]*(?:\n|$)|[.,;)!](?:\s|$))", re.IGNORECASE
)
_SHORT: Final = re.compile(
    rf"{_TO_VALUE}(?P<quote>[\"'“‘`]?)(?P<value>[A-Za-z0-9]{{1,3}})(?P<end>[\"'”’`]?)(?=\s*$|[.,;!)]?\s*(?:\n|$)|[.,;)]\s|\s\()",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(r"[ \t](?P<value>[A-Za-z0-9]{1,3})(?=[ \t\r]*(?:\n|$))")
_USER: Final = re.compile(
    r"^[\s>*-]{0,4}$|\b(?:user|login|gebruiker|inlog|account)\w{0,6}[\s:=]{1,3}\S{1,80}[\s,;/]{1,3}$", re.IGNORECASE
)
_ROWS_OF_KEYS: Final = (
    "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "0123456789", "9876543210", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azerty",
)  # fmt: skip
_COUNTED: Final = re.compile(
    r"(?P<value>(?!(?:will|see|ask|same)\b)[^\W\d_][\w'’-]{2,20}(?:[ ][^\W\d_][\w'’-]{2,20}){0,2}[ ]\d{1,4}[!?#*]{0,2})(?=\s*$|[ \t]*\n|[.,;)](?:\s|$))"
)
_LISTED: Final = re.compile(
    r"(?P<value>[^\W\d_][\w'’-]{2,20}(?:(?:, |,? & | \+ |,? (?:and|en) )[^\W\d_][\w'’-]{2,20}){1,4})(?=[ \t\r]*(?:\n|$))"
)


def odd_at(text: str, label: re.Match[str], end: int) -> Span | None:
    """What stands right behind the label and nothing after it, whatever it looks like."""
    date = _DATE.match(text, label.end(), end)
    if date and ends_line(text, date.span("value"), end):
        return date.span("value")
    chosen = (
        _CHOSEN.match(text, label.end(), end) if _AS.search(text, max(0, label.start() - 10), label.start()) else None
    )
    if chosen:
        return chosen.span("value")
    return _zeros(text, label, end) or _address(text, label, end) or _short(text, label, end)


def _zeros(text: str, label: re.Match[str], end: int) -> Span | None:
    """`PIN: 0000`: one digit over and over is a code that many have."""
    if not CODES.fullmatch(label["name"]):
        return None
    found = _ZEROS.match(text, label.end(), end) or _BARE_ZEROS.match(text, label.end(), end)
    if found is None:
        found = _GROUPS.match(text, label.end(), end)
    return found.span("value") if found else None


def _address(text: str, label: re.Match[str], end: int) -> Span | None:
    """Of the web or a path only where a verb says that this is the password, or quotes hold it."""
    found = _ADDRESS.match(text, label.end(), end)
    if found is None or label["number"] or _ASKED_FOR.search(text, max(0, label.start() - 40), label.start()):
        return None
    quoted = found["quote"] != "" and found["end"] != ""
    if found["path"] and not ((found["verb"] or quoted) and not _NO_VALUE.match(text, found.end(), end)):
        return None
    return found.span("value")


def _short(text: str, label: re.Match[str], end: int) -> Span | None:
    """`pw: a`, `the password is abc`: neighbours on the keyboard, or a word that belongs to no sentence."""
    alone = _ALONE.match(text, label.end(), end)
    if alone and not label["number"] and not is_stop_word(alone["value"]):
        line_start = max(text.rfind("\n", 0, label.start()) + 1, label.start() - 120)
        if _USER.search(text, line_start, label.start()):
            return alone.span("value")
    found = _SHORT.match(text, label.end(), end)
    if found is None or label["number"]:
        return None
    value, quoted = found["value"].lower(), found["quote"] != "" and found["end"] != ""
    in_a_row = len(value) == 3 and any(value in row for row in _ROWS_OF_KEYS)
    if is_stop_word(value) or reads_as_prose(value):
        return None
    if CODES.fullmatch(label["name"]):
        return found.span("value") if value.isdigit() and len(value) == 3 and not found["verb"] else None
    return found.span("value") if in_a_row or quoted or (not found["verb"] and value.isalpha()) else None


def words_at(text: str, start: int, end: int) -> Span | None:
    """Several words that end the line: `Wendy house 3`, `port, starboard & keel`."""
    for pattern in (_COUNTED, _LISTED):
        found = pattern.match(text, start, end)
        if found is None:
            continue
        words = re.findall(r"[^\W\d_][\w'’-]+", found["value"])
        joined = [each for each in words if each.lower() not in ("and", "en")]
        if not any(map(is_stop_word, joined)) and not any(map(reads_as_prose, joined)):
            return found.span("value")
    return None


def beside_verdict(text: str, label: re.Match[str], end: int) -> Span | None:
    """`the old password (X) is refused`: what brackets hold, of two sorts at least."""
    if text[label.end() : label.end() + 2] != " (":
        return None
    span = value_at(text, label.end() + 2)
    if span is None or text[after_quote(text, span[1]) : after_quote(text, span[1]) + 1] != ")":
        return None
    value = text[span[0] : span[1]]
    made_up = any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and len(value) >= 6
    return span if strength(value) >= Strength.MIXED and (made_up or is_quoted(text, span)) else None
