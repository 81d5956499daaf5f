"""Lines that programs and habits put below a text: "Sent from my iPhone", and the two dashes above a signature."""

import re
from typing import Final

from backend.quotes.fold import fold

DASHES: Final = re.compile(r"\s*(?:--|—|––|- -|__+|\*\*+|==+|~~+)\s*$")
SIGNATURE_MARK: Final = re.compile(r"(?:--|—|––) ?$")
"""What stands above a signature and hardly ever anywhere else."""
FOOTER: Final = re.compile(
    r"\s*(?:sent (?:from|with|via|by|using)\b|get outlook for|download outlook|sent on the go|(?:verzonden|verstuurd) (?:vanaf|vanuit|met|via|uit|door)|outlook voor (?:ios|android)|gesendet (?:von|mit|uber|aus)|von meinem .{1,60} gesendet|diese nachricht wurde von meinem|outlook fur (?:ios|android)|holen sie sich outlook|envoye (?:de|depuis|a partir|avec|par|via)\b|telecharger outlook|obtenez outlook|enviado (?:desde|do|de|a partir|com|via|por|pelo|con)\b|obtener outlook|obter o? ?outlook|inviato (?:da|dal|con|tramite|via)\b|ottieni outlook|scarica outlook|(?:wyslan[eoay]|wyslij) (?:z|ze|za)\b|pobierz (?:aplikacje )?outlook|uzyskaj outlook|send fra|sendt (?:fra|via)|hent outlook|skickat? (?:fran|via)|hamta outlook|lahetetty (?:iphone|ipad|android|samsung|outlook|puhelime|minun|yahoo)|hanki outlook|odeslano z\b|ziskat outlook|sent via .{1,40} mail|yahoo mail|virus-free|virenfrei|virusvrij|www\.avast|avast)"
)
_ABOUT_MONEY: Final = re.compile(
    r"\b(?:invoice|factuur|rechnung|facture|factura|fattura|fatura|faktur\w*|ieri|yesterday|gisteren|gestern|today)\b"
)


def is_footer(line: str) -> bool:
    """Whether the line is one that a program adds below a text."""
    plain = fold(line.strip().lstrip("*_[<(").strip())
    return len(plain) < 160 and bool(FOOTER.match(plain)) and "?" not in plain and not _ABOUT_MONEY.search(plain)
