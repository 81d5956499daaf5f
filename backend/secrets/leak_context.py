"""Passwords that a sentence gives away without a label before them: `I typed X`, `we changed it to X`, `the new one is X`."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final

from backend.secrets.leak_labels import others_after
from backend.secrets.leak_names import LABEL, labels_in
from backend.secrets.leak_values import WORD, Span, after_quote, is_named_thing, is_quoted, strength_of, value_at
from backend.secrets.leak_words import Strength, is_stop_word, reads_as_prose, strength

_FILLER: Final = (
    r"(?:in|by|door|it|them|him|her|now|then|always|just|both|only|also|with|even|nu|dan|dus|steeds|altijd|toch|echt|really|definitely|still|again|gewoon|wel|maar|er|"
    r"met|ook|eens|al|de hele tijd|my|mijn|the|het|een|a|hem|haar|exactly|precies)"
)
_TYPED: Final = re.compile(
    rf"\b(?:typ(?:ed?|ing|te|t|en)|typt?|(?:re)?enter(?:ed|ing)?|tried|try(?:ing)?|used?|using|fill(?:ed)? in|put in|chose|picked|"
    rf"choose|pick|guess(?:ed)?|log ?in|logged in|logging in|sign in|ingetypt|getypt|ingetikt|tik(?:te)?|vul(?:de|len)?|ingevuld|invoer\w*|"
    rf"ingevoerd|voer(?:de)?|prob(?:eer|eren|eerde)|geprobeerd|gebruik(?:en|t|te)?|koos|kies|gekozen|gegeven|neem|nam|maak|inlog(?:gen|de)?|"
    rf"(?:protected|secured|locked|encrypted|beveiligd|versleuteld|vergrendeld)(?=\s(?:with|met|by|door)\b)|verzonnen|bedacht|gave me|give me|given|got|received|kreeg|kregen|gekregen|gaven?|would like|[’']d like|want|prefer|wil(?:len)?|graag|"
    rf"liever|moet|mag|wordt|to be|make it|make that|told me|go with|how about|what about|ga(?:an)? voor|doe|says?|said|zei|noem(?:de)?)(?:\s{{1,2}}{_FILLER}){{0,3}}\s{{0,2}}:?\s{{1,2}}(?P<value>[^\s,.]\S{{3,100}})",
    re.IGNORECASE,
)
_CHANGED: Final = re.compile(
    r"\b(?:changed?|changing|set|reset|updated?|turned|ma[dk]e|put|made|veranderd?|veranderen|wijzigen?|gewijzigd|wijzigde|zetten?|zette|gezet|"
    r"stel(?:len)?|ingesteld|aangepast|omgezet|maakten?|gemaakt)(?:\s{1,2}(?:it|this|that|them|those|mine|hers|his|ours|hem|het|deze|die|dit|ze|alles|everything|nu|now|back|"
    r"terug|daarna|then|gisteren|yesterday|vandaag|today|zelf|myself|weer|again|later|maar|in|inmiddels)){0,4}"
    r"\s{1,2}(?:to|into|in|as|naar|op|van)\s{0,2}:?\s{1,2}(?P<value>\S{4,100})",
    re.IGNORECASE,
)
_FROM_TO: Final = re.compile(
    r"\b(?:from|van):?\s{1,2}(?P<value>\S{4,60})\s{1,2}(?:to|into|naar|in):?\s{1,2}(?P<second>\S{4,60})", re.IGNORECASE
)
_NOT_BUT: Final = re.compile(
    r"\b(?:not|niet)\s{1,2}(?P<value>\S{4,60}),?\s{1,2}(?:but|maar)\s{1,2}(?P<second>\S{4,60})", re.IGNORECASE
)
_THE_NEW_ONE: Final = re.compile(
    r"\b(?:the|my|our|his|her|their|het|de|mijn|ons|onze|zijn|haar|mine|die)\s{1,2}(?:new|old|current|previous|temporary|other|second|first|third|"
    r"last|right|correct|nieuwe?|oude?|huidige|tijdelijke|andere|tweede|eerste|derde|vorige|laatste|juiste|goede)(?:\s(?:one|ene))?"
    r"(?:\s(?:for|of|on|voor|van|bij|op)\s(?:the |de |het )?[\w.@-]{1,40})?\s{0,2}"
    r"(?:is|was|wordt|werd|becomes|became|should be|will be|would be|must be|moet (?:worden|zijn)|zou zijn|:|=)(?:\s{1,2}(?:now|nu|dan|then|dus|weer))?"
    r"\s{0,2}:?\s{1,2}(?P<value>\S{4,100})",
    re.IGNORECASE,
)
_NEW: Final = re.compile(
    r"\b(?:new|old|nieuwe?|oude?)\s?[:=]\s{0,3}(?P<value>\S{4,100})(?=\s*$|[.,;]?\s*\n|[,.;]\s)", re.IGNORECASE
)
_THE_OTHER: Final = re.compile(
    r"\b(?:the|het|de)\s(?:second|third|other|last|tweede|derde|andere|laatste)\s(?P<value>\S{5,100})|\ber\s(?:nu\s|dan\s|maar\s){0,2}(?P<second>\S{5,100})\svan\b",
    re.IGNORECASE,
)
_IT_IS: Final = re.compile(
    r"(?:\bit(?: is|[’']s| was)(?: (?:now|always|first|back to|again)){0,2}|\bhet (?:is|was|wordt)(?: (?:nu|altijd|eerst|weer|gewoon)){0,2}|\bdat is|\bthat[’']s|\bit should be|\b(?:code|key|sleutel) is|\bhet moet zijn|\bit becomes|\bhet wordt)"
    r"\s{0,2}:?\s{1,2}(?P<value>\S{6,100})",
    re.IGNORECASE,
)
_VERDICT: Final = re.compile(
    r"(?:(?:is|was|isn[’']t|wasn[’']t|geen|as|als|would be|blijft|can be|kan|moet)\s{1,2}){1,2}"
    r"(?:(?:not|no|still|now|a|an|the|my|our|your|his|her|een|niet|nog|nu|mijn|ons|het|geen|geldig|valid|correct|juist|good|goed|strong|sterk|"
    r"new|nieuwe?|old|oude?)\s{1,2}){0,4}|(?:[a-z’']{1,10}\s{1,2}){0,4}(?:as|als)\s{1,2}(?:(?:a|an|my|our|the|new|het|een|mijn|nieuw)\s{1,2}){0,2}|"
    r"(?:which|that|die|dat)\s(?:is|was)\s(?:my|the|our|mijn|het|ons)\s|\((?:my |the |our |mijn |het |ons )?|(?:<-+|←|<<)\s(?:my |the |our |mijn |het |ons )?|"
    r"(?:(?:terwijl|want|maar|while|though|although|and|but|en|yet|since)\s{1,2})?(?:that|this|dat|dit)\s{1,2}"
    r"(?:(?:is|was|really|still|definitely|surely|echt|toch|wel|zeker)\s{1,2}){1,3}(?:my|mijn|the|het|our|ons)\s{1,2}(?:(?:right|correct|juiste|goede|real|echte)\s{1,2})?",
    re.IGNORECASE,
)
_FOR_EXAMPLE: Final = re.compile(r"\b(?:weak|zwak|such|like|zoals|example|voorbeeld)\b", re.IGNORECASE)
_USE: Final = re.compile(
    r"\b(?:use|using|gebruik|try|probeer|take|neem|stel)\s{1,2}(?:(?:the|as|het|als|dit|deze|this|my|mijn)\s{1,2}){0,2}$",
    re.IGNORECASE,
)
_USE_FOR: Final = re.compile(
    r"\s{1,2}(?:for|to log|to get|to sign|om in|om erin|voor|in please|aub|please|if|als|when|and then|en dan)\b|\s*$",
    re.IGNORECASE,
)
_NO_PASSWORD: Final = re.compile(
    r"(?:managers?|protection|protected|generator|vault|app|encryption|mode|authentication|policy|recovery|beveiliging|kluis|vergeten|"
    r"reset(?:ten)?|field|link|option|page|feature|hashing|sync)",
    re.IGNORECASE,
)
_NOT_ITSELF: Final = re.compile(
    r"[ -](?:styles?|types?|like|format|device|router|phone|telefoon|modem|printer|laptop|camera|app|plugin|server|series|serie|model|adapter|"
    r"switch|theme|thema|module|achtige?)\b",
    re.IGNORECASE,
)
_LIST: Final = re.compile(
    r"(?m)^[ \t>*•-]{0,6}(?P<user>[\w.@+-]{2,60})[ \t]{0,3}(?:[:=/]|->|=>|→|(?<=[ \t])[-–](?=[ \t]))[ \t]{0,3}(?P<value>\S{5,80})[ \t\r]*$"
)
_HEADING: Final = re.compile(
    r"\b(?:accounts?|log-?ins?|inlog\w*|users?|gebruikers?|credentials|creds|\w*gegevens|log-?in details|toegang|access|mailbox(?:es|en)?)\b[^\n:]{0,30}:\s*\n$",
    re.IGNORECASE,
)
_DISTANCE: Final = 120


def passwords_in_context(text: str) -> Iterator[Span]:
    """Words that look like passwords, where the sentence treats them as such and names a password not far away."""
    labels = [label.start() for label in labels_in(text) if len(label["name"]) > 1 and not label["number"]]
    yield from _listed(text, labels)
    if not labels:
        return
    for pattern, fits in _CUES:
        for cue in pattern.finditer(text):
            for group in ("value", "second"):
                if (
                    group in pattern.groupindex
                    and cue[group]
                    and _near(labels, cue.start())
                    and _of_a_password(text, cue, pattern)
                ):
                    span = value_at(text, cue.start(group))
                    if span and fits(text, span):
                        yield span
                        yield from others_after(text, span)
    before = 0
    for label in labels_in(text):
        yield from _judged(text, label, before)
        yield from _asked_about(text, label)
        yield from _to_be_used(text, label)
        before = label.end()


def _of_a_password(text: str, cue: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """`from A to B` says of many things that they changed; of a password where it or a pronoun stands before."""
    if pattern is not _FROM_TO:
        return True
    before = text[max(0, cue.start() - 30, text.rfind("\n", 0, cue.start()) + 1) : cue.start()]
    return (
        LABEL.search(before) is not None
        or re.search(r"(?:^|[.,:;(–-]\s|\b(?:it|them|that|this|het|hem|dit|changed|gewijzigd|veranderd)\s)$", before)
        is not None
    )


def _listed(text: str, labels: list[int]) -> Iterator[Span]:
    """Lines of `name: X` below one another, all of them with something made up."""
    run: list[Span] = []
    previous_end = -2
    for row in _LIST.finditer(text):
        span = value_at(text, row.start("value"))
        if row.start() != previous_end + 1:
            yield from run if len(run) > 1 else ()
            run = []
        previous_end = row.end()
        made_up = span is not None and _looks_made_up(text, span) and not LABEL.fullmatch(row["user"])
        announced = (
            bool(run) or _near(labels, row.start()) or _HEADING.search(text, max(0, row.start() - 60), row.start())
        )
        if span and made_up and announced:
            run.append(span)
    yield from run if len(run) > 1 else ()


def _near(labels: list[int], at: int) -> bool:
    place = bisect_left(labels, at - _DISTANCE)
    return place < len(labels) and labels[place] <= at + _DISTANCE


def _looks_made_up(text: str, span: Span) -> bool:
    """Letters with digits or signs, more than a name with a number has; or quotes around such a word."""
    value = text[span[0] : span[1]]
    if is_stop_word(value) or LABEL.fullmatch(value) or _names_something(text, span):
        return False
    digit, letter = any(each.isdigit() for each in value), any(each.isalpha() for each in value)
    if is_quoted(text, span):
        return " " not in value and letter and (digit or strength(value) >= Strength.STRONG)
    if not (digit and letter):
        return False
    return strength(value) >= Strength.STRONG


def _looks_made_up_or_mixed(text: str, span: Span) -> bool:
    value = text[span[0] : span[1]]
    if is_stop_word(value) or LABEL.fullmatch(value) or _names_something(text, span):
        return False
    if strength(value) < Strength.MIXED:
        return False
    return is_quoted(text, span) or (any(each.isdigit() for each in value) and any(each.isalpha() for each in value))


def _names_something(text: str, span: Span) -> bool:
    """A user's name, a file, a model: in capitals and digits alone, or after the word for it."""
    value = text[span[0] : span[1]]
    if re.fullmatch(r"[A-Z]{1,6}[-_]?\d[A-Z\d-]*|\S+\.[a-z]{2,5}|[\w.-]+@[\w-]+\.[\w.-]+", value):
        return True
    if _NOT_ITSELF.match(text, after_quote(text, span[1])):
        return True
    return is_named_thing(text, span)


_CUES: Final[tuple[tuple[re.Pattern[str], Callable[[str, Span], bool]], ...]] = (
    (_TYPED, _looks_made_up),
    (_CHANGED, _looks_made_up),
    (_FROM_TO, _looks_made_up),
    (_NOT_BUT, _looks_made_up),
    (_THE_NEW_ONE, _looks_made_up_or_mixed),
    (_THE_OTHER, _looks_made_up),
    (_NEW, _looks_made_up),
    (_IT_IS, _looks_made_up),
)


def _judged(text: str, label: re.Match[str], before: int) -> Iterator[Span]:
    """`X is not a valid password`, `X geen geldig wachtwoord is`: in the words since the label `before`."""
    start = max(before, label.start() - 110, text.rfind("\n", 0, label.start()) + 1)
    words = list(WORD.finditer(text, start, label.start()))[-8:]
    for word, next_word in zip(reversed(words[:-1]), reversed(words[1:]), strict=True):
        between = text[next_word.start() : label.start()]
        if _VERDICT.fullmatch(between) and not _FOR_EXAMPLE.search(between):
            span = value_at(text, word.start())
            if span and _looks_made_up(text, span):
                yield span
                return


_GOOD_ENOUGH: Final = re.compile(
    r"\b(?:is|was|are|zou)\s{1,2}(?P<value>[\"'“‘]?\S{4,60})\s{1,2}(?:a|an|een|my|mijn|our|ons|still|nog)\s{1,2}(?:[a-z]{2,12}\s{1,2}){0,3}$",
    re.IGNORECASE,
)


def _asked_about(text: str, label: re.Match[str]) -> Iterator[Span]:
    """`is X a good enough password for the shop`, where X looks made up."""
    found = _GOOD_ENOUGH.search(text, max(0, label.start() - 90, text.rfind("\n", 0, label.start()) + 1), label.start())
    span = value_at(text, found.start("value")) if found else None
    if span and is_quoted(text, span) and _looks_made_up_or_mixed(text, span):
        yield span


def _to_be_used(text: str, label: re.Match[str]) -> Iterator[Span]:
    """`use password X for the site`: a plain word will do."""
    if not _USE.search(text, max(0, label.start() - 30), label.start()) or text[label.end() : label.end() + 1] != " ":
        return
    span = value_at(text, label.end() + 1)
    if span is None:
        return
    value = text[span[0] : span[1]]
    if (
        _NO_PASSWORD.fullmatch(value)
        or is_stop_word(value)
        or reads_as_prose(value)
        or strength_of(text, span) < Strength.WORD
    ):
        return
    if len(value) >= 4 and _USE_FOR.match(text, after_quote(text, span[1])):
        yield span
