"""What a level asks for in words: after "needs", and behind a mailed link."""

from typing import Final

NEEDED: Final[dict[str, dict[str, str]]] = {
    "none": {"en": "no proof", "nl": "geen bewijs"},
    "email": {"en": "a verified sender", "nl": "een geverifieerde afzender"},
    "signed_in": {"en": "a signed-in client", "nl": "een ingelogde klant"},
    "card": {"en": "the last four digits of the card", "nl": "de laatste vier cijfers van de kaart"},
    "password": {"en": "the account password", "nl": "het wachtwoord van het account"},
    "second_factor": {"en": "the account password or a second factor", "nl": "het wachtwoord of een tweede factor"},
}
"""By level and language."""

_CARD_OR_PASSWORD: Final = {
    "en": "the last four digits of the card, or the account password",
    "nl": "de laatste vier cijfers van de kaart, of het wachtwoord van het account",
}
TYPED: Final[dict[str, dict[str, str]]] = {
    "signed_in": _CARD_OR_PASSWORD,
    "card": _CARD_OR_PASSWORD,
    "password": {
        "en": "the account password, or a second factor",
        "nl": "het wachtwoord van het account, of een tweede factor",
    },
    "second_factor": {
        "en": "the account password, or a second factor",
        "nl": "het wachtwoord van het account, of een tweede factor",
    },
}
"""What is typed behind a mailed link, which asks for no sign-in; nothing where reading the mail is enough."""

ASKED: Final[dict[str, dict[str, str]]] = TYPED | {
    "email": {"en": "following it is enough", "nl": "hem volgen is genoeg"},
}
"""What somebody proves by a mailed link, behind "a link to prove it"."""
