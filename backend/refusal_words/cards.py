"""Refusals of cards and of Stripe."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "stripe_key_too_strong": {
        "en": "That is a secret key, which may do everything. Make a restricted key that may read customers and payment methods.",
        "nl": "Dat is een geheime sleutel, die alles mag. Maak een beperkte sleutel die klanten en betaalmethoden mag lezen.",
    },
    "not_a_stripe_key": {
        "en": "A restricted key of Stripe begins with rk_live_ or rk_test_.",
        "nl": "Een beperkte sleutel van Stripe begint met rk_live_ of rk_test_.",
    },
    "stripe_key_refused": {
        "en": "Stripe does not know this key. It may have been revoked or copied in part.",
        "nl": "Stripe kent deze sleutel niet. Misschien is hij ingetrokken of niet helemaal gekopieerd.",
    },
    "stripe_key_lacks": {
        "en": "The key may not read customers and payment methods. Give it both rights at Stripe.",
        "nl": "De sleutel mag klanten en betaalmethoden niet lezen. Geef hem beide rechten bij Stripe.",
    },
    "stripe_away": {
        "en": "Stripe cannot be reached just now. Try again in a moment.",
        "nl": "Stripe is nu niet bereikbaar. Probeer het zo meteen opnieuw.",
    },
    "not_a_signing_secret": {
        "en": "A signing secret of Stripe begins with whsec_.",
        "nl": "Een ondertekeningsgeheim van Stripe begint met whsec_.",
    },
    "signature_refused": {"en": "The signature is not right.", "nl": "De ondertekening klopt niet."},
    "customer_taken": {
        "en": "That customer pays for another client.",
        "nl": "Die klant bij Stripe betaalt voor een andere klant.",
    },
    "not_four_digits": {"en": "Give the last four digits.", "nl": "Geef de laatste vier cijfers."},
}
