"""Refusals of proof: what was not proved, cannot be tried, or is held back without it."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "proof_needed": {
        "en": "This needs proof that the account is yours.",
        "nl": "Hiervoor is bewijs nodig dat het account van u is.",
    },
    "held_back": {
        "en": "This ticket needs {needed} before that. Ask for proof; a lead can go on without it.",
        "nl": "Dit ticket heeft daarvoor eerst {needed} nodig. Vraag om bewijs; een leidinggevende kan zonder verdergaan.",
    },
    "lead_needed": {
        "en": "A lead can go on without proof.",
        "nl": "Een leidinggevende kan zonder bewijs verdergaan.",
    },
    "proved_enough": {
        "en": "All that this request needs is proved already.",
        "nl": "Alles wat dit verzoek nodig heeft, is al bewezen.",
    },
    "nobody_to_ask": {
        "en": "No address on file belongs to this request, so nobody can be asked.",
        "nl": "Bij dit verzoek hoort geen bekend adres, dus er is niemand om het aan te vragen.",
    },
    "proof_not_offered": {
        "en": "That proof is not offered here.",
        "nl": "Dat bewijs wordt hier niet aangeboden.",
    },
    "proof_method_needed": {
        "en": "“{place}” needs proof that nothing else gives. Let it need less proof first.",
        "nl": "“{place}” heeft bewijs nodig dat niets anders levert. Laat die eerst minder bewijs vragen.",
    },
    "proof_refused": {
        "en": "That could not be confirmed. Check it and try again.",
        "nl": "Dat kon niet worden bevestigd. Controleer het en probeer het opnieuw.",
    },
    "busy": {
        "en": "Many people are being checked just now. Try again in a few seconds.",
        "nl": "Er worden nu veel mensen gecontroleerd. Probeer het over een paar seconden opnieuw.",
    },
    "proof_too_new": {
        "en": "This password was set by a mailed link less than a day ago, so it proves no more than that link. Prove it in another way, or wait until tomorrow.",
        "nl": "Dit wachtwoord is minder dan een dag geleden met een gemailde link ingesteld en bewijst dus niet meer dan die link. Bewijs het op een andere manier, of wacht tot morgen.",
    },
    "proof_locked": {
        "en": "Too many tries today. We have mailed a link that lifts the lock.",
        "nl": "Te veel pogingen vandaag. We hebben een link gemaild waarmee u de blokkade opheft.",
    },
    "proof_unavailable": {
        "en": "That cannot be checked at the moment. No try was counted: try again soon, or prove it in another way.",
        "nl": "Dat kan nu niet worden gecontroleerd. Er is geen poging geteld: probeer het straks opnieuw, of bewijs het "
        "op een andere manier.",
    },
    "pin_refused": {
        "en": "Those are not the digits that the portal shows now. Ask for them once more.",
        "nl": "Dat zijn niet de cijfers die het portaal nu toont. Vraag er nog eens naar.",
    },
    "pin_locked": {
        "en": "Too many wrong PINs for this client today. The client was mailed a link that lifts the lock.",
        "nl": "Te veel foute pincodes voor deze klant vandaag. De klant kreeg een link gemaild die de blokkade opheft.",
    },
    "no_client": {
        "en": "This request belongs to no client account.",
        "nl": "Dit verzoek hoort bij geen klantaccount.",
    },
    "lifts_spent": {
        "en": "This was unlocked several times today. Try again tomorrow, or prove it in another way.",
        "nl": "Dit is vandaag al meerdere keren gedeblokkeerd. Probeer het morgen weer, of bewijs het op een andere manier.",
    },
}
