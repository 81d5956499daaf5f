"""Numbers of payment cards with their codes: by length, issuer and check digit, and by what stands before them."""

import re
from collections.abc import Iterator
from typing import Final

from backend.secrets.leak_words import LeakKind

_RUN: Final = re.compile(r"(?<![\w.,+/#-])\d{1,19}(?:[ .\u00a0-]\d{1,19}){0,12}(?![\w/]|\.\w)")
_OVER_LINES: Final = re.compile(
    r"(?<![\w.,+/#-])\d{4}(?:[ \t]?\n[ \t]?|[ .-])\d{4}(?:[ \t]?\n[ \t]?|[ .-])\d{4}(?:[ \t]?\n[ \t]?|[ .-])\d{4}(?![\w/]|\.\w)"
)
_GROUP: Final = re.compile(r"\d+")
_ISSUERS: Final = re.compile(
    r"(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|"
    r"(?:6011|65\d\d|64[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|(?:50|5[6-9]|6\d)\d{11,17})"
)
_COMMON: Final = re.compile(
    r"(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[0689]\d{12}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14})"
)
_CARD: Final = re.compile(
    r"\b(?:credit|debit|debet)?(?:cards?|kaart(?:nummer)?|creditcard\w*|cc|visa|master-?card|mastercard|amex|american express|maestro|"
    r"discover|diners|jcb|pan|pay(?:ing)?|paid|betaal\w*|charge|cvc\d?|cvv\d?)\b|kaart\w*|(?:bank|betaal|maestro|giro|pin|credit)pas\w*|card[ _-]?(?:no|number|num)",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\b(?:po|p\.o|bank\w*|offerte\w*|orders?|order-?\w*|bestel\w*|invoices?|factu\w*|track\w*|imei|serial|serie\w*|iban|bic|klant\w*|customer|client|client id|"
    r"transaction\w*|transactie\w*|phone\w*|tel\w*|mobile|fax|ean\w*|gtin|isbn|upc|sku|barcode|licen[cs]e|mandate|mandaat|incasso\w*|"
    r"dossier\w*|references?|referenties?|ref|ticket\w*|case|id|uid|account (?:number|no|nr)|rekening\w*|shipment|parcel|pakket\w*|zending\w*|vat|btw|kvk|"
    r"timestamp|contract\w*|polis\w*|lid\w*|member\w*|number of|build|version|row|record|hash|message|session|request|serienummer|"
    r"(?!card|credit|debit|debet|bank|visa|master|amex|maestro|kaart|pas|the|my|your|our|his|her|a|and|with|this|met|mijn|het|uw)\w{2,20}[ -]?(?:number|nummer)(?<!kaartnummer)(?<!cardnummer)|artikel\w*|product\w*|meter\w*|vin|bsn|\w*kenmerk)\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"\b(?:cvc2?|cvv2?|cid|csc|cvn|4dbc|security[ -]?code|card verification(?: (?:code|value|number))?|veiligheidscode|beveiligingscode|"
    r"kaartcode|(?:three|3|four|4|drie|vier)[ -](?:digits?|cijfers?|numbers?)\s(?:(?:code )?(?:on|at|op) (?:the |de )?(?:back|front|voorkant|achterkant)|voorop|achterop|op de achterkant|achter op\s\w{2,12})(?: are| zijn)?|controle(?:code|getal|nummer|cijfers?)|veiligheidsnummer|security number|code (?:on|at) the (?:back|front)|code achter\w*|code op de achterkant|3[- ]?cijferige code)\b"
    r"[\"']?[ -]?(?:code|nr|nummer|number|no)?\.?[\"']?(?: is| was| luidt)?\s{0,2}[:=-]{0,2}\s{0,2}[\"']?(?P<value>\d{3,4})(?![\d/.:-]\d|\d)",
    re.IGNORECASE,
)
_AFTER_CARD: Final = re.compile(
    r"[\s,;(]{1,3}(?:(?:exp\w*|valid\w*|geldig\w*|verval\w*|vervalt|thru|until|tot|t/m|date|datum|till)\W{0,3}){0,3}(?:0[1-9]|1[0-2])\s?[/-]\s?(?:20)?\d\d"
    r"[\s,;/]{1,3}(?:(?:code|security|sec|veiligheid)\.?\s)?(?P<value>\d{3,4})(?![\d/:-]|\.\d)",
    re.IGNORECASE,
)

_CODE_AFTER_CARD: Final = re.compile(
    r"[^\n]{0,40}?(?<!post)(?<!pin)(?<!zip )(?<!pin )\bcode\b(?:\s(?:voorop|achterop|(?:on|op) (?:the |de )?(?:front|back|voorkant|achterkant)))?(?:\s(?:is|was|luidt))?\s?[:=]?\s?(?P<value>\d{3,4})(?![\d/:-]|\.\d)",
    re.IGNORECASE,
)


def cards_in(text: str) -> Iterator[tuple[LeakKind, int, int]]:
    found_any = False
    for run in _RUN.finditer(text):
        for start, end in _cards(text, run):
            found_any = True
            yield "card", start, end
            code = _AFTER_CARD.match(text, end) or _CODE_AFTER_CARD.match(text, end)
            if code:
                yield "card_code", *code.span("value")
    for split in _OVER_LINES.finditer(text):
        digits = "".join(each for each in split[0] if each.isdigit())
        if "\n" in split[0] and _COMMON.fullmatch(digits) and luhn(digits) and _named_above(text, split.start()):
            found_any = True
            yield "card", *split.span()
            code = _AFTER_CARD.match(text, split.end()) or _CODE_AFTER_CARD.match(text, split.end())
            if code:
                yield "card_code", *code.span("value")
    for code in _CODE.finditer(text):
        kind_is_clear = code[0][:2].lower() in (
            "4d",
            "cv",
            "cs",
            "se",
            "ve",
            "be",
            "ka",
            "ca",
            "th",
            "3 ",
            "3-",
            "dr",
            "co",
        )
        if found_any or kind_is_clear:
            yield "card_code", *code.span("value")


def _cards(text: str, run: re.Match[str]) -> Iterator[tuple[int, int]]:
    if run.end() - run.start() < 13:
        return
    groups = [each.span() for each in _GROUP.finditer(text, *run.span())]
    if text[run.end() : run.end() + 1] == "/":  # The start of a date, cut off by the look-ahead or not.
        groups = groups[:-1]
    while groups:
        for count in (len(groups), 4, 3):
            if count <= len(groups) and _is_card(text, groups[:count], rest=groups[count:]):
                yield groups[0][0], groups[count - 1][1]
                return
        return


def _is_card(text: str, groups: list[tuple[int, int]], *, rest: list[tuple[int, int]]) -> bool:
    digits = "".join(text[start:end] for start, end in groups)
    sizes = [end - start for start, end in groups]
    if not 13 <= len(digits) <= 19 or not _ISSUERS.fullmatch(digits) or not luhn(digits) or len(set(digits)) < 2:
        return False
    if len(groups) > 1 and (sizes[0] < 4 or min(sizes[:-1]) < 3):
        return False
    start, end = groups[0][0], groups[-1][1]
    named = _named(text, start, end)
    if rest:
        left = [text[a:b] for a, b in rest]
        return (
            named is not False
            and sizes == [4, 4, 4, 4]
            and (len(left) <= 2 and all(len(each) in (2, 3, 4) for each in left))
            and named is True
        )
    if named is False:
        return False
    return named is True or bool(
        _COMMON.fullmatch(digits) and sizes in ([len(digits)], [4, 4, 4, 4], [4, 6, 5], [4, 6, 4])
    )


def _named(text: str, start: int, end: int) -> bool | None:
    """Whether the nearest word before the number (or right behind it) says that it is a card, or something else."""
    line_start = text.rfind("\n", 0, start) + 1
    before = text[max(line_start, start - 60) : start]
    line_end = text.find("\n", end)
    after = text[end : min(len(text) if line_end < 0 else line_end, end + 40)]
    card = max((each.end() for each in _CARD.finditer(before)), default=-1)
    other = max((each.end() for each in _OTHER.finditer(before)), default=-1)
    if re.search(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4})* ?$", before):
        return False
    if card < 0 and other < 0:
        return True if _CARD.search(after) or _CODE.search(text, end, min(len(text), end + 120)) else None
    return card >= other


def _named_above(text: str, start: int) -> bool:
    """A number broken over lines is one only where the words right before it say so."""
    before = text[max(0, start - 60) : start]
    card = max((each.end() for each in _CARD.finditer(before)), default=-1)
    other = max((each.end() for each in _OTHER.finditer(before)), default=-1)
    return card > other


def luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
