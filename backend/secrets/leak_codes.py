"""Codes and plain words that open something, named by what they open: a till, a tablet, a device, a file."""

import re
from collections.abc import Iterator
from typing import Final

from backend.secrets.leak_likely import look
from backend.secrets.leak_names import is_prose
from backend.secrets.leak_values import Span, is_named_thing, is_quoted, strength_of, value_at
from backend.secrets.leak_words import Strength, is_stop_word, reads_as_prose

_DIGITS: Final = (
    re.compile(  # `till login: staff 12, code 9931`
        r"\b(?:log-?in|inlog\w*|till|kassa\w*|staff|medewerker|user|gebruiker)\b[^\n.?!]{0,40}?[,/;&][ \t]{0,2}code:?[ \t](?P<value>\d{4,8})(?![\w-]|[.,:/]\d)",
        re.IGNORECASE,
    ),
    re.compile(  # `unlock with 2580`
        r"\b(?:unlock\w*|ontgrendel\w*|ontgrendeld?)(?:[ \t]\w{1,12}){0,3}?[ \t](?:with|using|met|door)(?:[ \t](?:code|pin|the code|de code))?[ \t](?P<value>\d{4,8})(?![\w-]|[.,:/]\d)",
        re.IGNORECASE,
    ),
    re.compile(r"\bpin[ \t](?P<value>\d{4,8})[ \t,/;]{1,3}(?:en |and )?puk\b", re.IGNORECASE),
    re.compile(
        r"\b(?:pass|toegangs?|meeting|vergader|conference|zoom|teams)[ -]?codes?\b[ \t]?(?:[:=]|is)?[ \t](?P<value>\d{4,8})(?![\w-]|[.,:/]\d)",
        re.IGNORECASE,
    ),
)
_LOCKED: Final = re.compile(
    r"\b(?:(?:pdf|zip|file|archive|bestand|archief|attachment|bijlage)[ \t](?:opens?|is opened|gaat open|opent|openen)|(?:password-?)?protected|secured|locked|encrypted|beveiligd|versleuteld|vergrendeld)[ \t](?:with|met|by|door)[ \t](?:password |wachtwoord )?(?P<value>\S{6,80})",
    re.IGNORECASE,
)
_COMMUNITY: Final = re.compile(
    r"\b(?:snmp\b[^\n.]{0,30}?\bcommunity|community[ -]string)(?:[ -]string)?(?:\s?[:=]\s?|\s(?:is|was)\s|\s)(?P<value>\S{4,60})",
    re.IGNORECASE,
)
_DEVICE: Final = re.compile(
    r"\b(?:router|modem|switch|camera|nvr|dvr|nas|printer|firewall|access ?point|ipmi|idrac|ilo)\b[^\n]{0,24}?[ \t:=]"
    r"(?P<user>admin|root|user|pi|ubnt|beheer|administrator)[ \t]?[/:][ \t]?(?P<value>[\w!@#$-]{4,24})(?=[\s,;.)]|$)",
    re.IGNORECASE,
)
_LOGGED_IN: Final = re.compile(
    r"\b(?:log(?:ged|ging)?[ -]?(?:in|on)|inloggen|sign(?:ed|ing)?[ -]in|aanmelden|log)\b[^\n.:;]{0,30}?\b(?:with|met|as|als|using)[ \t]"
    r"(?P<user>(?:(?:my|mijn|the|het|our|ons)[ \t])?[\w.@+-]{2,60}(?:[ \t](?:name|naam|address|adres))?)[ \t](?:and|en|&|\+)[ \t](?:(?:then|dan|password|wachtwoord)[ \t]){0,2}(?P<value>[^\s,.;]\S{3,60})(?P<rest>[^\n]{0,20})",
    re.IGNORECASE,
)
_COMMA: Final = re.compile(
    r"\b(?:log-?in|log in|inlog\w*|toegang|access|account|user|gebruiker|credentials|creds)\b(?:[ \t](?:as|with|met|als|is|are))?[ \t:]{1,3}"
    r"(?P<user>[a-z][\w.@-]{1,40})[ \t]?(?:,|//|;)[ \t]{1,2}(?:(?:and|en|then|dan)[ \t])?(?P<value>[^\s,;]\S{5,60})(?=[ \t]|[.,;!?)]|\n|$)",
    re.IGNORECASE,
)
_BELOW: Final = re.compile(
    r"(?:^|\n)[ \t>*-]{0,6}(?:u|l|user|login|naam|name|gebr\w*)[ \t]?[:=.][ \t]{0,3}\S{1,80}[ \t\r]*\n[ \t>*-]{0,6}(?P<name>p|w|pa|pas|code|key|sleutel)[ \t]?[:=.][ \t]{0,3}(?P<value>\S{3,80})",
    re.IGNORECASE,
)
_JUST: Final = re.compile(
    r"\b(?:(?:log(?:ged|ging)?[ -]?(?:in|on)|inloggen|sign(?:ed|ing)?[ -]in|aanmelden)\b[^\n.:;,]{0,20}?\b(?:with|met|using)|"
    r"(?:re)?(?:set|change|changed|zet|verander|wijzig|reset)[ \t](?:it|them|that|hem|het|dit|die)(?:[ \t](?:back|terug|dan|maar|now|nu)){0,2}[ \t](?:to|into|naar|op|in))"
    r"[ \t](?P<value>[^\s,.;]\S{5,60})",
    re.IGNORECASE,
)
_OWN_NAME: Final = re.compile(
    r"(?:my|mijn|the|het|our|ons)[ \t](?:e-?mail|mail|user|gebruikers|log-?in|inlog|account)[\w-]{0,12}(?:[ \t](?:name|naam|address|adres))?",
    re.IGNORECASE,
)
_NAMELY: Final = re.compile(
    r"\b(?:namely|namelijk|nl\.|to wit|te weten|viz\.?|i\.e\.|it[’']s|that[’']s|dat is)[ \t]?:?[ \t]{1,2}(?P<value>[^\s,.;]\S{3,60})(?=[.,;!)]?[ \t\r]*(?:\n|$|[.,;] ))",
    re.IGNORECASE,
)
_SHARED: Final = re.compile(
    r"\b(?:same|shared|one|single|common|zelfde|gedeelde?|één|gezamenlijke?)\b[^\n.;:]{0,30}?\b(?:password|pass|pw|wachtwoord|ww)\b[^\n.;:]{0,50}$",
    re.IGNORECASE,
)
_WORD: Final = re.compile(
    r"\b(?:code[ -]?wo?ord|secret[ -]word|security[ -]word|agreed[ -](?:word|phrase)|(?:word|phrase)(?: that)? we agreed(?: on)?|afgesproken woord|geheim[ -]woord|memorable[ -](?:word|name)|safe[ -]word|magic[ -]word)\b(?:\s(?:for|of|van|voor|on)\s[^\n:=.,]{1,40}?)?(?:\s?[:=]\s?|\s(?:is|was|luidt)\s?:?\s?|\s)(?P<value>[^\s:=]\S{2,40})(?=[ \t\r]*(?:\n|$)|[.,;)]?\s)",
    re.IGNORECASE,
)


def codes_of_things(text: str) -> Iterator[Span]:
    for pattern in _DIGITS:
        for found in pattern.finditer(text):
            yield found.span("value")
    for locked in _LOCKED.finditer(text):
        span = value_at(text, locked.start("value"))
        opens = "open" in locked[0][:30].lower()
        if (
            span
            and strength_of(text, span) >= (Strength.MIXED if opens else Strength.STRONG)
            and _letters_and_more(text, span)
            and (opens or not text[span[0] : span[1]].isalnum() or look(text[span[0] : span[1]]) > 1)
        ):
            yield span
    for community in _COMMUNITY.finditer(text):
        span = value_at(text, community.start("value"))
        if span and not is_prose(text, span) and text[span[0] : span[1]].lower() not in ("public", "private", "string"):
            yield span
    for device in _DEVICE.finditer(text):
        if device["value"].lower() != "password" and (
            device["value"].lower() == device["user"].lower() or not is_stop_word(device["value"])
        ):
            yield device.span("value")
    for word in _WORD.finditer(text):
        span = value_at(text, word.start("value"))
        if (
            span
            and not is_prose(text, span)
            and strength_of(text, span)
            and not reads_as_prose(text[span[0] : span[1]])
        ):
            yield span
    for below in _BELOW.finditer(text):
        span = value_at(text, below.start("value"))
        named = len(below["name"]) > 3  # A code may be of anything, where it does not look made up.
        if span is None or not strength_of(text, span) or is_stop_word(text[span[0] : span[1]]):
            continue
        if not named or (look(text[span[0] : span[1]]) > 1 and _letters_and_more(text, span)):
            yield span
    for comma in _COMMA.finditer(text):
        span = value_at(text, comma.start("value"))
        if span and not is_stop_word(comma["user"]) and look(text[span[0] : span[1]]) and _letters_and_more(text, span):
            yield span
    for just in _JUST.finditer(text):
        span = value_at(text, just.start("value"))
        value = text[span[0] : span[1]] if span else ""
        if span and look(value) >= 2 and any(map(str.isdigit, value)) and not is_named_thing(text, span):
            yield span
    yield from _of_sentences(text)


def _of_sentences(text: str) -> Iterator[Span]:
    for login in _LOGGED_IN.finditer(text):
        span = value_at(text, login.start("value"))
        if span is None or is_prose(text, span) or is_stop_word(login["user"]):
            continue
        value, strong = text[span[0] : span[1]], strength_of(text, span)
        named = _OWN_NAME.fullmatch(login["user"]) is not None
        ends = re.match(r"[\"'”’]?(?:[.,;!?)]|\s*$)", text[span[1] : span[1] + 3]) is not None
        if (strong >= Strength.MIXED and _letters_and_more(text, span)) or (
            named and strong and ends and len(value) >= 5
        ):
            yield span
    for shared in _NAMELY.finditer(text):
        line_start = max(text.rfind("\n", 0, shared.start()) + 1, shared.start() - 100)
        if _SHARED.search(text, line_start, shared.start()):
            span = value_at(text, shared.start("value"))
            if span and not is_prose(text, span) and (strength_of(text, span) or is_quoted(text, span)):
                yield span


def _letters_and_more(text: str, span: Span) -> bool:
    value = text[span[0] : span[1]]
    return any(map(str.isalpha, value)) and any(map(str.isdigit, value))
