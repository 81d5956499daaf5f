"""Passwords that do not stand right behind their label: below it, before it, somewhere near."""

import re
from typing import Final

from backend.secrets.leak_names import CODES, is_prose
from backend.secrets.leak_values import WORD, Span, ends_line, is_named_thing, strength_of, value_at
from backend.secrets.leak_words import QUOTES, Strength, strength

_NEXT_LINE: Final = re.compile(r"[\s>*_`#\-•\d.)]*")
_LOG: Final = re.compile(
    r"\s*(?:\d{4}-\d\d-\d\d[T ]\d\d:|\[?[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3} - )"
)
_REVERSE: Final = re.compile(
    r"(?P<is>[ \t]{1,2}(?:is|was)[ \t]{1,2}(?:my|the|our|his|her|their|your|mijn|het|ons|zijn|haar|uw|je)[ \t]{1,2}"
    r"(?:\w{2,12}[ \t-]{1,2})?)$|(?P<as>(?:[ \t](?:is|was|wordt|werd|gets|got)[ \t](?:accepted|allowed|refused|rejected|taken|geaccepteerd|geweigerd))?[ \t]{1,2}(?:(?:as|als)[ \t]{1,2}(?:my |the |a |its |mijn |het )?|for (?:its|their|his|her|my|a|the new) )(?:\w{2,12} )?)$",
    re.IGNORECASE,
)
_VERBS: Final = ("is", "was", "as", "als", "for ")
_AS: Final = re.compile(r"\b(?:as|als)\s(?:my |the |a |mijn |het |een )?$", re.IGNORECASE)
_NO_VALUE_NEAR: Final = re.compile(
    r"[\s-](?:hash\w*|reset\w*|polic\w*|manager|sync\w*|storage|auth\w*|expir\w*|field|page)\b", re.IGNORECASE
)
_NAME_LIKE: Final = re.compile(
    r"[A-Z]{1,8}[-_]?\d+\+?|[a-z]+\d*(?:[_-][a-z]+\d*)+|[A-Z]{1,10}(?:[-_][A-Z\d]{1,12}){1,3}|[A-Za-z]+(?:[-_][a-z]+)*[-_]?\d{1,4}|[A-Z][a-z]+(?:-[A-Z][a-z]+)+"
)
"""A ticket, a server, a name: too much like these to be a password where nothing says that it is one."""
_DIGIT: Final = re.compile(r"\d")
_QUOTED: Final = re.compile(r"[\"“]([^\s\"“”][^\"“”\n]{2,60}[^\s\"“”])[\"”]$")
_STOPPED: Final = re.compile(r"(?:;|\?|\.{1,3}|…)[ \t]{1,2}(?=\S)")


def on_next_line(text: str, label: re.Match[str], line_end: int) -> Span | None:
    rest = re.sub(r"^(?:is|are|=|luidt|wordt|zijn)(?=:$|$)", "", text[label.end() : line_end].strip())
    asked = rest == "?"
    rest = "" if asked else rest
    if len(rest) > 60:
        return None
    below = re.search(r"\b(?:below|following|hieronder|volgt|volgende|next line)\b", rest, re.IGNORECASE)
    if not below:
        if rest.strip("*_: )\t") and not re.fullmatch(r"[(\[][^()\[\]]{1,40}[)\]]:?", rest):
            return None
        line_start = text.rfind("\n", 0, label.start()) + 1
        lead = text[max(line_start, label.start() - 80) : label.start()]
        if not asked and not rest.endswith((":", ":**", "**")) and _NEXT_LINE.sub("", lead) and len(lead.split()) > 2:
            return None
        if (
            any(each in lead for each in "$<;|,\t")
            or "=" in lead
            or ("_" in label["before"] and label["before"].isupper())
        ):
            return None
    at = line_end
    for _ in range(2):
        if at >= len(text):
            return None
        start = at + 1
        at = text.find("\n", start)
        at = len(text) if at < 0 else at
        if at - start > 240:
            return None
        lead_in = _NEXT_LINE.match(text, start, at)
        line = text[start:at]
        if not line.strip(" \t>"):
            continue
        words = line.split()
        bullet = len(words) == 2 and words[0] in (">", "-", "*", "•", ">>") and lead_in is not None
        if len(words) > 1 and not bullet and line.strip()[:1] not in QUOTES:
            return None
        span = value_at(text, start + line.index(words[-1 if bullet else 0]))
        if span is None or is_prose(text, span) or text[span[1] : span[1] + 1] == ",":
            return None
        if text[span[1] : span[1] + 1] == ":" or re.match(
            r"(?:regards|groet\w*|cheers|thanks|bedankt|kind|best)\b", line.strip(), re.IGNORECASE
        ):
            return None
        level = strength_of(text, span)
        if asked:
            return span if level >= Strength.STRONG and any(map(str.isdigit, text[span[0] : span[1]])) else None
        return span if level >= Strength.MIXED or (level and rest.endswith(":") and not below) else None
    return None


def after_stop(text: str, label: re.Match[str], end: int) -> Span | None:
    """`wachtwoord; X`, `the password? X`: the last word of the line, and surely made up."""
    found = _STOPPED.match(text, label.end(), end)
    span = value_at(text, found.end()) if found else None
    if span is None or is_prose(text, span) or strength_of(text, span) < Strength.STRONG:
        return None
    value = text[span[0] : span[1]]
    return (
        span if ends_line(text, span, end) and any(map(str.isdigit, value)) and any(map(str.isalpha, value)) else None
    )


def before_label(text: str, label: re.Match[str], following: int) -> Span | None:
    """`X is my password`, `as password I took X`; of what follows only as far as the next label."""
    line_start = max(text.rfind("\n", 0, label.start()) + 1, label.start() - 260)
    before = text[line_start : label.start()]
    tail = before[-70:].lower()
    found = _REVERSE.search(before, max(0, len(before) - 70)) if any(each in tail for each in _VERBS) else None
    if found is None:
        return _as_password(text, label, following)
    quoted = _QUOTED.search(before[: found.start()])
    if quoted and not _is_message(text, (line_start + quoted.start(1), line_start + quoted.end(1))):
        return line_start + quoted.start(1), line_start + quoted.end(1)
    begins = max(before.rfind(each, 0, found.start()) for each in " \t") + 1
    if begins == found.start():
        return _as_password(text, label, following)
    span = value_at(text, line_start + begins)
    needed = Strength.STRONG if found["is"] and begins > 3 else Strength.MIXED
    if span and strength_of(text, span) >= needed and not is_prose(text, span):
        return span
    return _as_password(text, label, following)


def _is_message(text: str, span: Span) -> bool:
    """Quotes around what somebody read on the screen, or around a word that is no password."""
    return not strength_of(text, span) or is_prose(text, span)


def _as_password(text: str, label: re.Match[str], following: int) -> Span | None:
    """`als wachtwoord heb ik X ingesteld`, `het wachtwoord dat ik heb is X`: the first likely word that follows."""
    if not _AS.search(text, max(0, label.start() - 12), label.start()):
        return None
    return _first_likely(text, label.end(), min(following, label.end() + 60), Strength.MIXED)


def nearby(text: str, label: re.Match[str], end: int) -> Span | None:
    """The last resort: a word in the same clause that can hardly be anything but a password."""
    line_start = text.rfind("\n", 0, label.start()) + 1
    if (
        _LOG.match(text, line_start)
        or CODES.fullmatch(label["name"])
        or label["before"]
        or text[label.end() : label.end() + 1] not in (" ", ",")
    ):
        return None
    if _NO_VALUE_NEAR.match(text, label.end()):
        return None
    return _first_likely(text, label.end(), min(end, label.end() + 70), Strength.STRONG)


def _first_likely(text: str, start: int, end: int, needed: Strength) -> Span | None:
    for word in WORD.finditer(text, start, end):
        if word.end() == end and end < len(text) and not text[end].isspace():
            return None
        span = value_at(text, word.start()) if _DIGIT.search(word[0]) or word[0][0] in QUOTES else None
        value = text[span[0] : span[1]] if span else ""
        likely = strength(value) >= needed and any(each.isdigit() for each in value)
        named = needed >= Strength.STRONG and (
            _NAME_LIKE.fullmatch(value) or value.endswith(("'s", "’s")) or (span and is_named_thing(text, span))
        )
        if re.match(r"[a-z_]{2,20}=", value):
            likely = False
        if span and likely and not named and not is_prose(text, span):
            return span
        if word[0].endswith((".", "!", "?", ";")):
            return None
    return None
