"""What a level asks for, in words that stand after "needs"."""

from typing import Final

NEEDED: Final[dict[str, dict[str, str]]] = {
    "none": {"en": "no proof", "nl": "geen bewijs"},
    "email": {"en": "a sender who is verified", "nl": "een geverifieerde afzender"},
    "signed_in": {"en": "a client who is signed in", "nl": "een ingelogde klant"},
    "card": {"en": "the last four digits of the card", "nl": "de laatste vier cijfers van de kaart"},
    "password": {"en": "the account password", "nl": "het wachtwoord van het account"},
    "second_factor": {"en": "the account password or a second factor", "nl": "het wachtwoord of een tweede factor"},
}
"""By level and language."""
