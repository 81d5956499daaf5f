"""Refusals of sealed secrets and the leak guard."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "secret_of_department": {
        "en": "Only those who work in {department}, and leads, open the secrets of this ticket.",
        "nl": "Alleen wie in {department} werkt, en leidinggevenden, openen de geheimen van dit ticket.",
    },
    "leak_suspected": {
        "en": "This looks as if it held a password, key or card number. Seal it, or send it anyway.",
        "nl": "Hier lijkt een wachtwoord, sleutel of kaartnummer in te staan. Verzegel het, of verstuur het toch.",
    },
    "secret_lost": {
        "en": "This secret cannot be opened any more. Ask for it again.",
        "nl": "Dit geheim kan niet meer worden geopend. Vraag er opnieuw om.",
    },
    "keys_away": {
        "en": "The keys are out of reach just now, so nothing can be sealed or opened. Try again in a moment.",
        "nl": "De sleutels zijn nu niet bereikbaar, dus er kan niets worden verzegeld of geopend. Probeer het zo meteen opnieuw.",
    },
    "secret_needed": {"en": "Fill in: {label}.", "nl": "Vul in: {label}."},
    "secret_not_asked": {
        "en": "That secret is not asked for any more.",
        "nl": "Om dat geheim wordt niet meer gevraagd.",
    },
    "secret_and_closed": {
        "en": "Closing destroys the secrets of a ticket: send this one with another status.",
        "nl": "Sluiten vernietigt de geheimen van een ticket: verstuur dit met een andere status.",
    },
}
