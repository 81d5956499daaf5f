"""Passwords that something else parts from their label: a question, an aside, the thing that they open, a user's name."""

import re
from collections.abc import Iterator
from typing import Final

from backend.secrets.leak_names import CODES, is_prose, labels_in
from backend.secrets.leak_values import Span, ends_line, is_named_thing, strength_of, value_at
from backend.secrets.leak_words import Strength, is_stop_word, reads_as_prose

_IS: Final = r"(?:is|was|wordt|it[’']s|it is|it was|dat is|dat was|that is|that[’']s|that was|het is|het was)"
_HOW: Final = r"(?:(?:now|nu|always|altijd|still|nog|just|simply|gewoon|probably|waarschijnlijk|again|weer|first|eerst|[a-z]{3,14}:)[ \t]){0,2}?"
_ASIDES: Final = (
    # `Password? Well it was X`, `Wachtwoord? Dat was altijd X.`
    re.compile(rf"\?[ \t]{{1,2}}(?:[a-z’']{{1,10}},?[ \t]){{0,3}}?{_IS}:?[ \t]{_HOW}(?P<value>(?=\S*\d)\S{{6,60}})", re.IGNORECASE),
    # `the password, by the way, is lowercase: X`
    re.compile(rf",[ \t][^\n,.;:?]{{2,40}},[ \t]{_IS}:?[ \t]{_HOW}(?P<value>(?=\S*\d)\S{{6,60}})", re.IGNORECASE),
    # `the password is, I kid you not, X`
    re.compile(rf"[ \t]{_IS},[ \t][^\n,.;:?]{{2,40}},[ \t](?P<value>(?=\S*\d)\S{{6,60}})", re.IGNORECASE),
)  # fmt: skip
_OF_A_THING: Final = re.compile(
    r"[ \t](?:(?:van|voor|of|for|on|op|de|het|the|my|mijn|our|ons|onze)[ \t]){0,2}"
    r"(?!(?:error|fout|code|room|kamer|kassa|till|nr|no|number|nummer|since|sinds|after|na|at|om|in|on|op|for|voor|times?|keer|line|regel)\b)"
    r"[a-z-]{3,16}[ \t](?P<value>\d{4,6})(?=[ \t](?:werkt|wordt|doet|lukt|klopt|is|was|works?|does|doesn|did|didn|fails?|geeft|gives?)\b|[.,;!?]?[ \t\r]*(?:\n|$))",
    re.IGNORECASE,
)
_ABOUT_IT: Final = re.compile(
    r"(?:problem|probleem|issue|trouble|inlog|login|melding|prompt|manager|protection|generator|policy|beveiliging|reset|page|field|vault|app)\w*",
    re.IGNORECASE,
)
_USER_WITH: Final = re.compile(
    r"(?:\b(?:user|gebruiker|login|account|log(?:ged)? in as|as|als)[ \t:=]{1,3}[\w.@-]{2,60}|\b(?:root|admin|administrator|beheer(?:der)?|postgres|sa))"
    r",?[ \t](?:(?:and|en)[ \t])?(?:with|met)[ \t](?:(?:the|het|als|as)[ \t])?$",
    re.IGNORECASE,
)


def passwords_after_asides(text: str) -> Iterator[Span]:
    for label in labels_in(text):
        if label["before"] and not label["before"].isalpha():
            continue
        if CODES.fullmatch(label["name"]):
            found = _OF_A_THING.match(text, label.end(), label.end() + 60)
            if found:
                yield found.span("value")
            continue
        for pattern in _ASIDES:
            found = pattern.match(text, label.end(), label.end() + 130)
            span = value_at(text, found.start("value")) if found else None
            if span and _made_up(text, span):
                yield span
        yield from _of_a_user(text, label)


def _of_a_user(text: str, label: re.Match[str]) -> Iterator[Span]:
    """`root with password X`, where X ends the line: a plain word will do."""
    if text[label.end() : label.end() + 1] != " " or not _USER_WITH.search(
        text, max(0, label.start() - 90), label.start()
    ):
        return
    span = value_at(text, label.end() + 1)
    if span is None or is_prose(text, span) or strength_of(text, span) < Strength.WORD:
        return
    value = text[span[0] : span[1]]
    line_end = text.find("\n", span[1])
    if len(value) < 4 or _ABOUT_IT.fullmatch(value) or is_stop_word(value) or reads_as_prose(value):
        return
    if ends_line(text, span, len(text) if line_end < 0 else line_end):
        yield span


def _made_up(text: str, span: Span) -> bool:
    value = text[span[0] : span[1]]
    both = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    return (
        both
        and strength_of(text, span) >= Strength.MIXED
        and not is_prose(text, span)
        and not is_named_thing(text, span)
    )
