"""Keys of wireless networks and tunnels, and codes of doors and alarms."""

import re
from collections.abc import Iterator
from typing import Final

from backend.secrets.leak_names import is_prose
from backend.secrets.leak_odd import words_at
from backend.secrets.leak_values import Span, is_quoted, strength_of, value_at
from backend.secrets.leak_words import Strength

_WIFI: Final = re.compile(
    r"\b(?:(?:wi-?fi|wlan|ssid|netwerk|network)\b[^\n.]{0,60}?(?:\b|(?<=wifi)|(?<=netwerk))(?:key|sleutel|code)\b(?: is)?|(?:key|sleutel|code) "
    r"(?:of|for|to|van|voor) (?:the |my |our |de |het |mijn |onze )?(?:guest |gasten)?-?(?:wi-?fi|wlan|netwerk|network|router|modem)(?: is)?|"
    r"(?:wi-?fi|wlan)[ -]?(?:wachtwoord|password|pass|ww|pw)|(?:guest |gasten)-?(?:wi-?fi|wlan)(?= ?[:=]))[ \t:=]{1,3}(?P<value>\S{4,63})",
    re.IGNORECASE,
)
_SHARED_KEY: Final = re.compile(
    r"\b(?:psk|pre-?shared[ -]key|wpa[23]?(?:[ -]?psk)?(?:[ -]?key)?|netwerksleutel|wi-?fi-?sleutel|beveiligingssleutel|(?:network )?security key)\b"
    r"(?:\s(?:of|for|van|voor)\s[^\n:=.]{1,40}?)?(?:\s?[:=]\s?|\s(?:is|was)\s|\s)(?P<value>[^\s:=]\S{4,70})",
    re.IGNORECASE,
)
_NAME_AND_KEY: Final = re.compile(
    r"\b(?:wi-?fi|wlan|ssid|network|netwerk|hotspot)\b(?:\s?(?::|=|-|is|heet|called|named)){0,2}[ \t](?P<name>[\w.-]{2,32})[ \t]?/[ \t](?P<value>\S{8,63})(?=[\s]|$)",
    re.IGNORECASE,
)
_LOCK_THEN_CODE: Final = re.compile(
    r"\b(?:alarm\w*|\w{0,10}(?:door|deur|safe|kluis|kluisje|gate|poort|slot|hek|garage|lockbox))\b[^\n.?!:,]{0,40}[:,][ \t]?(?:cijfer)?(?:code|combinati(?:on|e)):?[ \t](?P<value>\d(?:-?\d){3,7})(?![\w-]|[.,:/]\d)",
    re.IGNORECASE,
)
_LOCK: Final = re.compile(
    r"\b(?:(?:cijfer)?code|combinati(?:on|e)) (?:(?:of|for|to|van|voor|on|op) )?(?:the |my |our |de |het |mijn |onze )?(?:front ?|back ?|voor|achter)?-?(?:(?:key ?|sleutel)-?(?:safe|kluis|box)|alarm|doors?|deur|safe|kluis|gate|poort|slot|"
    r"lock|garage|voicemail)\w{0,12}(?: (?:of|for|in|at|van|voor|op|bij) [^\n.:;=]{1,40}?)?(?: is|:| =| was){1,2} (?P<value>#?\d(?:-?\d){3,8}#?)(?![\w-])",
    re.IGNORECASE,
)


def keys_of_networks(text: str) -> Iterator[Span]:
    for pattern in (_LOCK, _LOCK_THEN_CODE):
        for lock in pattern.finditer(text):
            yield lock.span("value")
    for both in _NAME_AND_KEY.finditer(text):
        span = value_at(text, both.start("value"))
        if span and strength_of(text, span) and not is_prose(text, span):
            yield span
    for shared in _SHARED_KEY.finditer(text):
        span = value_at(text, shared.start("value"))
        if span is None:
            continue
        made_up = strength_of(text, span) >= Strength.MIXED and any(map(str.isdigit, text[span[0] : span[1]]))
        if made_up or (is_quoted(text, span) and strength_of(text, span) and not is_prose(text, span)):
            yield span
    for wifi in _WIFI.finditer(text):
        span = words_at(text, wifi.start("value"), wifi.start("value") + 80) or value_at(text, wifi.start("value"))
        plain = span is not None and not is_prose(text, span) and text[span[1] : span[1] + 1] != ":"
        if span and plain and strength_of(text, span) >= Strength.WORD:
            yield span
