"""Numbers by which a text names its ticket, as "[#10234]" and "your help with ticket 10234": they say nothing new.

"Server 10234", "order #10234" and a number by itself may answer a question, so they stay.
"""

import re
from typing import Final

_WORD: Final = (
    r"(?:tickets?|tiquet|case|request|verzoek|melding|anfrage|vorgang|demande|solicitud|consulta|richiesta|segnalazione"
    r"|pedido|chamado|zg[lł]oszeni[aeuo]m?)"
)
_NUMBERED: Final = (
    r"(?:(?:n[rº°]?|no|num|number|nummer|num[eé]ro|n[uú]mero|numer)?[.:]?\s{0,2}#?|-?nr\.?\s{0,2}|:\s{0,2}#?)"
)
_BEFORE: Final = (
    r"(?:on|for|about|re|regarding|with|solving|fixing|resolving|handling|met|bij|over|voor|inzake|van|bei|zu|f[uü]r|mit|von"
    r"|sur|pour|concernant|con|en|por|sobre|per|su|com|em|do|za|przy|w)"
)
_BRACKETED: Final = re.compile(rf"[\[(]\s{{0,2}}(?:{_WORD}\s{{0,2}})?#\s?\d{{3,9}}\s{{0,2}}[\])]", re.I)
_NAMED: Final = re.compile(rf"\b{_WORD}\s{{0,2}}{_NUMBERED}\d{{3,9}}\b(?![.,:/-]?\w)", re.I)
_MARKED: Final = re.compile(rf"\b({_BEFORE})\s{{1,2}}#\d{{3,9}}\b(?![.,:/-]?\w)", re.I)


def without_references(text: str) -> str:
    """The text with the word "ticket" where it names one by its number, and without numbers in brackets."""
    return _MARKED.sub(r"\1 ticket", _NAMED.sub("ticket", _BRACKETED.sub(" ", text)))
