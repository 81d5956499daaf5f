"""Passwords that only their look and the grammar around them give away, in a clause that speaks of signing in.

A word scores for what it is made of; the less it looks made up, the more the words right before and behind it must say.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import Final

from backend.secrets.leak_names import CODES, LABEL, labels_in
from backend.secrets.leak_values import WORD, Span, is_named_thing, trimmed, value_at
from backend.secrets.leak_words import Strength, is_stop_word, strength

_SIGNING_IN: Final = re.compile(
    r"\b(?:log(?:ged|ging)? ?(?:in|on)|log-?ins?|inlog\w*|in te loggen|loggen|aanmeld\w*|sign(?:ed|ing)? ?in|wi-?fi|wlan|ssid|root|credentials|creds|"
    r"toegangsgegevens|authenti\w*|caps ?lock|locked (?:me )?out|account|s?ftp|ssh|c?panel|plesk|directadmin|whm|phpmyadmin|webmail|mailbox|postbus|imap|smtp|"
    r"wp-admin|wordpress|admin|beheer(?:der)?|vpn|rdp|nas|router|database|db|console|panel|paneel|portal|portaal|hosting|user(?:name)?|gebruiker(?:snaam)?)\b",
    re.IGNORECASE,
)
"""Words of a clause that may hold a password without calling it one."""
_CANDIDATE: Final = re.compile(r"(?<!\S)[(\"'“‘*_`]{0,3}(?=[^\s\d]{0,40}\d|[^\s@]{1,40}[@#$!&%]\w)\S{5,48}")
_REACH: Final = 100
_CODE_LINE: Final = re.compile(
    r"[{}<>$\\|]|\(\)|;\s*$|==|=>|::|\b(?:const|var|let|export)\s\w+\s?=|\b(?:function|def)\s?\w*\(|\breturn\b[^\n]*;|\b(?:SELECT|UPDATE|INSERT)\b|"
    r"^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d)|\S=\S+ \S+=\S|\b\w+\[\d+\]:"
)
_SIGNED: Final = re.compile(r"(?=.*\d)(?=.*[^\W\d_])[\w!#$%^&*@+~?.,-]*[\w][!#$%^&*@+~?][\w!#$%^&*@+~?.-]+", re.DOTALL)
_LEETED: Final = re.compile(r"(?=.*[a-z])(?=.*(?:[A-Z].*\d|\d.*[A-Z]|[A-Za-z]\d[a-z]))[A-Za-z\d_.!?-]{7,40}")
_DISGUISED: Final = re.compile(r"(?=.*[a-z])[A-Za-z-]{0,20}[A-Za-z][@$!][a-zA-Z][A-Za-z_-]{3,30}")
_CAPPED: Final = re.compile(r"[A-Z][a-zà-ÿ]{3,20}[_-]?\d{1,4}|[a-zà-ÿ]{4,20}\d{2,4}")
_SET_TO: Final = re.compile(
    r"\b(?:(?:re)?set|change|update|zet(?:ten)?|wijzig(?:en)?|verander(?:en)?|pas)\b[^.:;\n]{1,40}?\b(?:to|into|op|naar|in)\s{1,2}[\"'“‘]?$",
    re.IGNORECASE,
)
_NAMES: Final = re.compile(
    r"[A-Z\d]+(?:[-_./#:]?[A-Z\d]+)*[!?]?|[a-z]+(?:[._-][a-z]+)*[.-]?(?:example|com|nl|org|net)\b.*|\S+@\S+\.\S+|\S*://\S*|[\w.+-]*@|\d[\d.,:/-]*\w{0,3}|"
    r"(?i:issue|ticket|order|case|bug|pr|nr|no|invoice|factuur|zaak|room|kamer|c|f|player|user)#\d{1,8}|(?:[a-z\d]{1,8}\.){2,}\S*|.*\.[a-z]{2,5}\d?|@\S*|#\S*|[A-Za-z]+-?\d+(?:\.\d+)+|[A-Za-z]{1,4}-?\d+|.*[=:/()\[\]].*|\d+[A-Za-z]{1,4}|[A-Z]+\d+[A-Z\d]*|"
    r"[A-Za-z]+\d[A-Z][a-z]+|[A-Z][a-z]+[A-Z][a-z]+\d{1,2}",
)
"""Addresses, versions, files, tickets, names of products: whatever else has digits or signs in it."""
_LEADS: Final = re.compile(
    r"(?:^|[:=(,→–-]|:\s?[\w.@-]{2,40}[ ,/]{1,3}|\b(?:make|maak|is|was|het|it|its|it[’']s|dat|that[’']s|has|heeft|had|met|with|using|use|gebruik|naar|to|als|as|tried|try|typ\w*|tik\w*|wordt|be|worden|of|or|"
    r"and|en|anders|so|dus|then|dan|probeer\w*|neem|take|maybe|misschien|reads?|luidt|word|one|ook|also|into|been|werd|becomes?))\s{0,2}[\"'“‘(*_`]{0,3}$",
    re.IGNORECASE,
)
_SAYS: Final = re.compile(
    r"(?:[:=(→]|\b(?:typed|typte|tried|getypt|ingetypt|probeer\w*|geprobeerd)(?: (?:both|with|nu|dan|also|ook|met|steeds))?|\b(?:staat|stond)(?: \w{2,6})? op|"
    r"\b(?:old|new|oude?|nieuwe?)(?: one)?|(?::|\b(?:user|gebruiker|login|account))\s?[\w.@-]{2,40}\s?[,/]|\b(?:is|was|het|it|its|it[’']s|has|heeft|luidt|wordt|reads?|be|worden)|\b(?:or|of|anders|so|dus|thus|namely|namelijk)|\b(?:year|jaar|jaartal|number|digits|cijfers),)\s{0,2}[\"'“‘(*_`]{0,3}$",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"[\"'”’*_`]{0,3}(?:$|\s*[.,;)\n(?!–]|\s(?:is|was|are|and|en|but|maar|or|of|for|voor|to|om|as|als|works?|werkt|doesn|does|doet|niet|not|lukt|in|btw|on|now|nu|please|pls|aub|"
    r"thx|then|dan|if|it|he|hij|graag|can|kan|(?:the|my|our|het|mijn|ons) (?:new |nieuwe )?(?:password|pw|wachtwoord|ww)|lol|i|ik|three|twice|several|drie|twee|hoor|dus|again|weer|still|nog|hebben|heb|moet|wordt|has|had|zijn|-)\b)",
    re.IGNORECASE,
)
_NOUN_BEFORE: Final = re.compile(
    r"\b(?:(?:user(?:name)?|login|account|gebruiker(?:snaam)?|order|invoice|fac?tuur|ticket|case|dossier|kenmerk|ref\w*|\w*nummer|number|no|nr|serial|model|version|versie|release|"
    r"package|pakket|plan|plugin|theme|thema|app|server|host(?:name)?|ssid|network|netwerk|called|genaamd|heet|named|domain|domein|database|db|folder|map|file|bestand|error|fout|"
    r"\w*(?<!pass)(?<!wachtwoord)(?<!toegangs)code|tag|router|switch|printer|laptop|phone|iphone|galaxy|room|kamer|building|street|straat|route|bus|coupon|discount|voucher|id|key|sleutel|"
    r"hash|commit|branch|build|kb|firmware|client|klant|customer)[ :]{1,2}|"
    r"(?:van|from|by|door|my|mijn|your|uw|the|de|a|een|on|op|for|voor|in|after|na|at|bij|via|like|zoals|e\.g\.|bijv\.) )[\"'“‘(*_`]{0,3}$",
    re.IGNORECASE,
)
_CASED_NOUN: Final = re.compile(
    r"(?:user\w*|login|account|gebruiker\w*|name|naam|network|netwerk|ssid|host|server|site)\s?(?:[:=]|\b(?:is|was)\b)\s{0,2}$",
    re.IGNORECASE,
)
_ADDRESS_BEFORE: Final = re.compile(r"[\w.+-]{1,60}@[\w.-]{0,80}[ ,:/]{1,3}$")
_OF_WHAT_IT_IS: Final = re.compile(
    r"[ -](?:styles?|format|device|router|phone|modem|printer|laptop|camera|app|plugin|server|series|model|adapter|switch|theme|module|example|voorbeeld)\b",
    re.IGNORECASE,
)


def likely_passwords(text: str, found: Collection[Span]) -> Iterator[Span]:
    """Beside those that were found already, as they begin."""
    begun = {start for start, _ in found}
    labels = [each.start() for each in labels_in(text) if not CODES.fullmatch(each["name"])]
    signing_in = [each.start() for each in _SIGNING_IN.finditer(text)]
    if not labels and not signing_in:
        return
    for candidate in _CANDIDATE.finditer(text):
        named, near = _near(labels, text, candidate.start()), _near(signing_in, text, candidate.start())
        if named or near:
            start = candidate.start()
            while text[start] in "(*_`":
                start += 1
            span = None if start in begun else value_at(text, start)
            if span and span[0] not in begun and _is_likely(text, span, named=named):
                yield span


def _near(places: list[int], text: str, at: int) -> bool:
    """Whether one stands in the same line, not too far away."""
    place = bisect_left(places, at)
    if place and at - places[place - 1] <= _REACH and text.find("\n", places[place - 1], at) < 0:
        return True
    return place < len(places) and places[place] - at <= _REACH and text.find("\n", at, places[place]) < 0


def _is_likely(text: str, span: Span, *, named: bool) -> bool:
    value = text[span[0] : span[1]]
    made_up = look(value)
    if not made_up:
        return False
    line_start = max(text.rfind("\n", max(0, span[0] - 200), span[0]) + 1, span[0] - 60)
    line_end = text.find("\n", span[1], span[1] + 120)
    after_end = min(len(text), span[1] + 60) if line_end < 0 else line_end
    before, after = text[line_start : span[0]], text[span[1] : after_end]
    ends = _ENDS.match(after) is not None
    if not ends and made_up < 3:
        return False
    if (
        _CODE_LINE.search(before)
        or _CODE_LINE.search(after)
        or _CASED_NOUN.search(before)
        or _OF_WHAT_IT_IS.match(after)
    ):
        return False
    if made_up >= 2 and ends and _SET_TO.search(before):
        return True
    if _ADDRESS_BEFORE.search(before):
        return made_up >= 2 and ends
    if is_named_thing(text, span) or (_NOUN_BEFORE.search(before) and (made_up < 3 or not named)):
        return False
    if made_up == 3 and named and ends:
        return True
    leads = _LEADS if made_up == 3 or (made_up == 2 and named) else _SAYS
    return (ends or named) and (made_up > 1 or named) and leads.search(before) is not None


def look(value: str) -> int:
    """How much a word looks made up: 3 with a sign between its letters, 2 with digits among them, 1 with digits behind."""
    if is_stop_word(value) or LABEL.fullmatch(value) or strength(value) < Strength.MIXED or _NAMES.fullmatch(value):
        return 0
    if _SIGNED.fullmatch(value):
        return 3
    if _CAPPED.fullmatch(value):
        return 1
    bare = value.rstrip("!?")
    if bare != value and _CAPPED.fullmatch(bare):
        return 2
    if _DISGUISED.fullmatch(bare) and not bare.islower() and not bare.isupper():
        return 2
    return 2 if _LEETED.fullmatch(value) and any(map(str.isdigit, value)) and not bare.isalpha() else 0


def relatives(text: str, found: list[Span]) -> Iterator[Span]:
    """The same password once more, and those of its family: `Kaneel#12` beside `Kaneel#13`."""
    exact = {text[start:end] for start, end in found if _has_family(text[start:end])}
    families = {_family(each) for each in exact}
    if not exact:
        return
    for word in WORD.finditer(text):
        start = word.start()
        while text[start : start + 1] in ("(", '"', "'", "“", "*", "`"):
            start += 1
        value = trimmed(text[start : word.end()])
        if value in exact or (_has_family(value) and _family(value) in families):
            yield start, start + len(value)


def _has_family(value: str) -> bool:
    return (
        5 <= len(value) <= 60
        and any(map(str.isdigit, value))
        and any(map(str.isalpha, value))
        and not any(map(str.isspace, value))
        and strength(value) >= Strength.MIXED
    )


def _family(value: str) -> tuple[str, str]:
    return value[:3].lower(), re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "a", value))
