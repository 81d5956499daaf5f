"""Passwords that words say are passwords: `Password: X`, `the password is X`, `DB_PASSWORD=X`, `X is my password`."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from backend.secrets.leak_beside import after_stop, before_label, nearby, on_next_line
from backend.secrets.leak_changes import TELLS_MORE, phrase_at, set_to
from backend.secrets.leak_names import CODES, LABEL, is_prose, labels_in
from backend.secrets.leak_odd import beside_verdict, odd_at, words_at
from backend.secrets.leak_values import (
    Span,
    after_quote,
    ends_line,
    is_quoted,
    strength_of,
    value_at,
)
from backend.secrets.leak_words import Strength, is_stop_word, reads_as_prose

_NO_LABEL: Final = re.compile(
    r"(?:proxy|fastcgi|uwsgi|scgi|boarding|by|com|tres|sur|under|over|bus|ski|tram|press)[_ -]?", re.IGNORECASE
)
_BEFORE: Final = 320
_AFTER: Final = 900
"""No rule reads further from its label than this."""
_SHORT: Final = frozenset({"pass", "pin", "ww", "pw", "puk"})
_OF: Final = r"(?:for|of|to|on|at|in|van|voor|op|bij|na|after|from|naar|die|dat|which|that|we|you|u|je|jij|i|ik)\b"
_GAP: Final = rf"(?:\s?[(\[][^\n()\[\]]{{1,40}}[)\]](?=\s{_OF}))?(?:\s{{1,3}}{_OF}[^\n:=;]{{1,70}}?)?(?:\s?[(\[][^\n()\[\]]{{1,40}}[)\]])?"
_DELIMITER: Final = re.compile(
    rf"(?:[’']s(?=\s))?(?P<close>[\"'`*_]{{0,3}}\]?[\"'*_]{{0,2}}){_GAP}[ \t]*(?:(?P<sign>=>|->|→|⇒|:?>{{1,3}}(?=\s)|:=|:(?!\d\d(?!\w))|=(?!=))|(?P<dash>\s[–—-]|[–—-]\s))"
    r"[ \t]*(?:</?[a-z]{1,6}>[ \t]?){0,3}(?P<strong>[*_]{0,2})[ \t]*",
    re.IGNORECASE,
)
_WORD_THEN_COLON: Final = re.compile(
    r" (?P<word>(?!hint|strength|length|expiry|policy|reset|error)[^\W\d_][\w/-]{1,30}(?:@[\w.-]{1,60})?)(?::| =>| ->| =) ",
    re.IGNORECASE,
)
_THING_IS: Final = re.compile(
    r" (?P<word>[\w.+-]{1,60}@[\w.-]{1,80}|[\w-]{1,60}(?:\.[\w-]{1,40}){1,4}) (?:is|was|wordt) ", re.IGNORECASE
)
_PAIR_COMMA: Final = re.compile(r"[\"']\s{0,3},\s{0,3}(?=[\"'])")
_COPULA: Final = re.compile(
    rf"(?:{_GAP}\s{{1,3}}|(?=['’]s\s))(?P<verb>['’]s|is|was|are|were|=|luidt|luiden|staat op|staat ingesteld op|wordt|blijft|zijn|waren|ist|est|es|should be|will be|must be|would be|ought to be|moet (?:nu )?(?:zijn|worden)|should (?:now )?become|zou|"
    r"equals|remains|reads)(?P<adverb>(?:\s{1,2}(?:still|now|currently|just|simply|probably|nog steeds|nog altijd|nog|nu|gewoon|both|beide|"
    r"allebei|either|ofwel|I think|I believe|geloof ik|denk ik|volgens mij|something like|iets als|iets van|probably|misschien|maybe|again|weer|always|altijd|achtereenvolgens|respectievelijk|also|ook|set to|ingesteld op|as follows|als volgt|this|deze|dus)){0,2})"
    r"\s{0,2}[:=]?\s{1,2}",
    re.IGNORECASE,
)
_AND: Final = re.compile(
    r"(?:[ \t]?\([^()\n]{1,30}\))?(?:,?[ \t]{1,2}(?:and|or|en|of|&|then|daarna|instead of|in plaats van|i\.?p\.?v\.?|rather than|not|and not|niet|en niet)|,)[ \t]{1,2}(?:(?:also|then|later|ook|dan|daarna)[ \t]{1,2}){0,2}(?P<thing>(?:that of|for|of|van|voor|die van|"
    r"on|bij|op)[ \t]{1,2}(?:the |our |my |de |het |onze |mijn )?[\w.@-]{1,40}(?: [\w-]{1,20})??:?[ \t]{1,2}(?:it[’']?s |it is |is het |is |was |wordt |=[ \t])?)?(?=\S)",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"\s*(?:$|[,;|()\[\]/&.–—<>-]|(?:and|en|or|of|but|maar|the|de|btw|thanks|bedankt|aub|pls|please|for now|user\w*|login|host|server|"
    r"port|poort|url|as|with|met|gebruiker\w*|ftp|valid|geldig|has|works?|werkt|all|alles|zonder|without|no caps|met|lowercase|small|kleine)\b)",
    re.IGNORECASE,
)
_USER_BEFORE: Final = re.compile(
    r"\b(?:user(?:[ _-]?name)?|login|log ?in|account|gebruiker(?:snaam)?|inlog(?:naam|gen)?|as|met)\b[\s:=\"'>→-]{1,4}"
    r"(?:(?:is|was)\s{1,2})?(?P<user>[^\s\"',;]{1,80})[\s\"',;(]{1,4}(?:(?:and|en|with|met)\s)?(?:(?:as|als)\s)?(?:(?:the|a|het|een)\s)?$",
    re.IGNORECASE,
)
_USER_AFTER: Final = re.compile(
    r"\s?[,;/]\s?(?:user(?:name)?|login|account|gebruiker(?:snaam)?|inlognaam)\b", re.IGNORECASE
)
_BOTH: Final = re.compile(
    r"\b(?:u|id|users?(?:name)?|login|inlog(?:naam)?|gebruiker(?:snaam)?|name)\s?(?:/|&|\+|and|en)\s?$", re.IGNORECASE
)
_PAIR_AFTER: Final = re.compile(
    r"s?(?:\s(?:for|of|van|voor)\s[^\n:=]{1,50}?:)?\s?(?::|=|-|is|are|zijn)?\s{1,2}[\w.@+-]{1,80}(?:\s?[/&:|]\s?|,\s|\s(?:and|en)\s)\S",
    re.IGNORECASE,
)
_OR_ANOTHER: Final = re.compile(r" (?:or|of|and|en|then|dan) \w{0,20}(?=\w{0,20}\d)\w{4,20}", re.IGNORECASE)
_JUDGED: Final = re.compile(r" (?:is|was|had|wordt|werd|werkt|works|does|doet|not|niet|geeft|gives)\b", re.IGNORECASE)


def labelled_passwords(text: str) -> Iterator[Span]:
    """Where the text says that something is a password. Of `text` only the shape counts: one code point, one offset."""
    labels, read = labels_in(text), dict[str, list[Span]]()
    for label, following in zip_longest(labels, labels[1:]):
        # Quoted mails and logs say the same again and again: what stands around a label is read once.
        at, around = label.start(), text[max(0, label.start() - _BEFORE) : label.end() + _AFTER]
        spans = read.get(around) if _BEFORE <= at < len(text) - _AFTER else None
        if spans is None:
            found = (
                ()
                if _is_no_label(text, label)
                else _of_label(text, label, following.start() if following else len(text))
            )
            spans = read[around] = [(start - at, end - at) for start, end in found]
        yield from ((at + start, at + end) for start, end in spans)


def _is_no_label(text: str, label: re.Match[str]) -> bool:
    before = text[max(0, label.start("name") - 24) : label.start("name")]
    name = label["name"].lower()
    if name.startswith("pass") and label["before"].lower() in ("by", "com", "tres", "sur", "under", "over", "tres"):
        return True
    if (
        name in _SHORT
        and (before.endswith("=") or _NO_LABEL.search(before[-9:]))
        and not label["before"].lower().startswith("db")
    ):
        found = _NO_LABEL.search(before[-9:])
        return before.endswith("=") or (found is not None and found.end() == len(before[-9:]))
    if _BOTH.search(before) and _PAIR_AFTER.match(text, label.end(), label.end() + 200):
        return True  # `user/pass: kim/X` is a pair.
    return name == "password" and before.endswith("=")


def _of_label(text: str, label: re.Match[str], following: int) -> Iterator[Span]:
    """What the rules read behind or before a label; the doubtful ones look no further than the next label."""
    line_end = text.find("\n", label.end())
    line_end = len(text) if line_end < 0 else line_end
    window = min(line_end, label.end() + 320)
    span = (
        odd_at(text, label, window)
        or _assigned(text, label, window)
        or _copula(text, label, window)
        or beside_verdict(text, label, window)
        or _direct(text, label, window)
        or set_to(text, label, min(window, following))
        or on_next_line(text, label, line_end)
        or after_stop(text, label, window)
        or before_label(text, label, following)
        or nearby(text, label, min(window, following))
    )
    if span is None:
        return
    yield span
    yield from others_after(text, span, label.end())


def others_after(text: str, span: Span, at: int = 0) -> Iterator[Span]:
    """What follows a password in the same breath: `X and Y`, `X, for the archive Y`."""
    for _ in range(5):
        more = _AND.match(text, max(after_quote(text, span[1]), at))
        another = value_at(text, more.end()) if more else None
        if more is None or another is None or not _is_another(text, another, more):
            return
        span = another
        yield span


def _is_another(text: str, span: Span, more: re.Match[str]) -> bool:
    """`X and Y`, `X, for the archive Y`: after a mere comma or another thing, Y needs a digit in it."""
    level, value = strength_of(text, span), text[span[0] : span[1]]
    if level < Strength.MIXED or is_prose(text, span):
        return False
    bare = more["thing"] is None and more[0].strip().lower() in ("and", "or", "en", "of", "&")
    return (
        bare
        or is_quoted(text, span)
        or (any(each.isdigit() for each in value) and any(each.isalpha() for each in value))
    )


def _assigned(text: str, label: re.Match[str], end: int) -> Span | None:
    found = _DELIMITER.match(text, label.end(), end)
    if found is None:
        found = _WORD_THEN_COLON.match(text, label.end(), end) or _THING_IS.match(text, label.end(), end)
        span = None if found is None or is_stop_word(found["word"]) else value_at(text, found.end())
        if span and strength_of(text, span) >= Strength.MIXED and _may_be(text, label, span, end):
            return span
        pair = _PAIR_COMMA.match(text, label.end(), end)
        if pair is None:
            return None
        span = value_at(text, pair.end())
        needed = Strength.WORD if "define" in text[max(0, label.start() - 12) : label.start()] else Strength.MIXED
        return span if span and strength_of(text, span) >= needed else None
    if found["sign"] == "=" and " where " in found[0].lower():
        return None  # a query
    if found["dash"] and label["name"].lower() in _SHORT and not text[found.start("dash") - 1].isspace():
        return None  # `pass- through`
    start = found.end()
    span = phrase_at(text, label, start, end) or words_at(text, start, end) or value_at(text, start)
    if span is None or not _may_be(text, label, span, end):
        return None
    if found["dash"] and strength_of(text, span) < Strength.MIXED and not ends_line(text, span, end):
        return None
    return span


def _copula(text: str, label: re.Match[str], end: int) -> Span | None:
    found = _COPULA.match(text, label.end(), end)
    if found is None:
        return None
    phrase = phrase_at(text, label, found.end(), end)
    if phrase and not TELLS_MORE.search(text, *phrase):
        return phrase
    span = value_at(text, found.end())
    if span is None or is_prose(text, span):
        return None
    level = strength_of(text, span)
    if CODES.fullmatch(label["name"]) and level < Strength.MIXED:
        return None
    if (
        level >= Strength.STRONG
        or (
            level == Strength.MIXED
            and ("-" not in text[span[0] : span[1]] or any(map(str.isdigit, text[span[0] : span[1]])))
        )
        or is_quoted(text, span)
    ):
        return span if level else None
    return span if level and span[1] - span[0] >= 4 and _goes_on(text, span, end) else None


def _direct(text: str, label: re.Match[str], end: int) -> Span | None:
    """`password X`, without anything between that says so: X must look like it, or a user name stand before."""
    aside = _ASIDE.match(text, label.end(), end)
    if aside:  # `the password, X, does not work`
        span = value_at(text, aside.end())
        closed = span is not None and text[span[1] : span[1] + 1] == ","
        return span if span and closed and strength_of(text, span) >= Strength.STRONG else None
    gap = _TO_DIRECT.match(text, label.end(), end)
    if gap is None:
        return None
    span = value_at(text, gap.end())
    if span is None or is_prose(text, span):
        return None
    level, value, name = strength_of(text, span), text[span[0] : span[1]], label["name"]
    if name.lower() in ("pin", "puk") or CODES.fullmatch(name):
        four = 4 <= len(value) <= 8 and value.isdigit() and ends_line(text, span, end)
        sure = name.isupper() or name.lower() not in ("pin",) or four
        enough = any(each.isdigit() for each in value) and level >= Strength.MIXED and len(value) >= 4
        return span if sure and enough else None
    if level >= Strength.STRONG:
        return span
    if name == "passwd" and not _has_user(text, label):
        return None  # the command, with a user
    if is_quoted(text, span):
        if (
            level
            and ends_line(text, span, end)
            and not text[text.rfind("\n", 0, label.start()) + 1 : label.start()].strip(" *_>-")
        ):
            return span
        judged = _JUDGED.match(text, span[1] + 1) and len(value) >= 5
        return span if level == Strength.MIXED or (level and (judged or _has_user(text, label))) else None
    if level == Strength.MIXED and value.isdigit():
        told = len(value) >= 6 and (_JUDGED.match(text, span[1]) or _OR_ANOTHER.match(text, span[1]))
        return span if told or ends_line(text, span, end) else None
    if level == Strength.MIXED and (any(each.isdigit() for each in value) or _has_user(text, label)):
        return span
    if level and not reads_as_prose(value) and _USER_AFTER.match(text, after_quote(text, span[1])):
        return span
    return span if level and _has_user(text, label) and _goes_on(text, span, end) else None


def _may_be(text: str, label: re.Match[str], span: Span, end: int) -> bool:
    """Whether what follows `Password:` is one, and not a word on where it is or what it must be."""
    value, level = text[span[0] : span[1]], strength_of(text, span)
    if not level:
        return False
    if is_quoted(text, span):
        tells = " " in value and (value.endswith(".") or LABEL.search(value) is not None)
        return not tells and not (reads_as_prose(value) and " " not in value)
    if value.lower() == label["name"].lower() and (text[span[0] - 1] == "=" or not ends_line(text, span, end)):
        return bool(re.match(r"\s\(", text[span[1] : span[1] + 2]))
    if value.isdigit() and re.match(r"\s(?:of|van|out of|/)\s\d", text[span[1] : span[1] + 10]):
        return False
    if is_stop_word(value) or text[span[1] : span[1] + 1] in ("?", "("):
        return False
    if CODES.fullmatch(label["name"]) and not any(each.isdigit() for each in value):
        return False
    if level >= Strength.STRONG or (level == Strength.MIXED and any(each.isdigit() for each in value)):
        return True
    if _ENDING_IN_PROSE.search(text[span[1] : end]):
        return False
    if level == Strength.WORD and ends_line(text, span, end) and value.islower() and value.endswith("ing"):
        return not is_stop_word(value)
    return not reads_as_prose(value) and _goes_on(text, span, end)


_TO_DIRECT: Final = re.compile(
    r"(?:\*\*?|__?|[\"'])?(?:\s?[(\[][^\n()\[\]]{1,30}[)\]])?[ \t]{1,30}(?:(?:nu|now|nog|dan|currently|really|echt) )?"
)
_ASIDE: Final = re.compile(r",[ \t](?=\S)")
_WIRELESS: Final = re.compile(r"\b(?:wi-?fi|wlan|ssid)\b", re.IGNORECASE)
_USER_LINE: Final = re.compile(
    r"[\s>*-]{0,6}(?:user(?:[ _-]?name)?|login|account|gebruiker(?:snaam)?|inlognaam|id)[\s:=]{1,4}\S{1,80}\s*",
    re.IGNORECASE,
)
_ENDING_IN_PROSE: Final = re.compile(
    r"^\s+(?:is|are|was|will|must|can|does|did|knows?|the|a|an|de|het|een|to|te)\b", re.IGNORECASE
)


def _goes_on(text: str, span: Span, end: int) -> bool:
    """After a plain word, the line ends or turns to something else: it is no sentence about passwords."""
    return bool(_GOES_ON.match(text, after_quote(text, span[1]), end))


def _has_user(text: str, label: re.Match[str]) -> bool:
    """Whether a user's name, or that of a wireless network, stands before: in the line, or as the line above."""
    line_start = max(text.rfind("\n", 0, label.start()) + 1, label.start() - 140)
    if _WIRELESS.search(text[line_start : label.start()]):
        return True
    if line_start > 1 and not text[line_start : label.start()].strip(" \t>*-"):
        above = text[max(text.rfind("\n", 0, line_start - 1) + 1, line_start - 140) : line_start - 1]
        if _USER_LINE.fullmatch(above):
            return True
    found = _USER_BEFORE.search(text[line_start : label.start()])
    return found is not None and not is_stop_word(found["user"])
