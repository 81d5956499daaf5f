"""Refusals of sign-in, second factors and access to what is one's own."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "sign_in_needed": {"en": "Sign in first.", "nl": "Log eerst in."},
    "not_allowed": {"en": "Your role does not allow this.", "nl": "Uw rol staat dit niet toe."},
    "sign_in_refused": {
        "en": "This e-mail address and password do not go together.",
        "nl": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
    },
    "step_up_needed": {
        "en": "Confirm first that it is you.",
        "nl": "Bevestig eerst dat u het bent.",
    },
    "step_up_refused": {
        "en": "That could not be confirmed. Check it and try again.",
        "nl": "Dat kon niet worden bevestigd. Controleer het en probeer het opnieuw.",
    },
    "code_refused": {
        "en": "That code does not fit. Type the one that the app shows now.",
        "nl": "Die code klopt niet. Typ de code die de app nu toont.",
    },
    "factor_refused": {
        "en": "That could not be confirmed. Check it and try again.",
        "nl": "Dat kon niet worden bevestigd. Controleer het en probeer het opnieuw.",
    },
    "first_step_over": {
        "en": "That took too long, or had too many tries. Begin again with your password.",
        "nl": "Dat duurde te lang of er waren te veel pogingen. Begin opnieuw met uw wachtwoord.",
    },
    "passkey_refused": {
        "en": "That passkey could not be confirmed.",
        "nl": "Die passkey kon niet worden bevestigd.",
    },
    "too_many_passkeys": {"en": "At most {most} passkeys.", "nl": "Hoogstens {most} passkeys."},
    "no_second_factor": {
        "en": "Set up an authenticator app or a passkey first.",
        "nl": "Stel eerst een authenticator-app of een passkey in.",
    },
    "second_factor_required": {
        "en": "Your company requires a second factor. Add another before you remove this one.",
        "nl": "Uw bedrijf vereist een tweede factor. Voeg er een toe voordat u deze verwijdert.",
    },
    "own_second_factor_first": {
        "en": "Set up a second factor of your own first: once it is required, you do nothing here without one.",
        "nl": "Stel eerst zelf een tweede factor in: zodra die verplicht is, doet u hier niets zonder.",
    },
    "access_refused": {
        "en": "This e-mail address and access code do not go together.",
        "nl": "Dit e-mailadres en deze toegangscode horen niet bij elkaar.",
    },
    "too_many_tries": {
        "en": "Too many tries. Wait a few minutes and try again.",
        "nl": "Te veel pogingen. Wacht een paar minuten en probeer het opnieuw.",
    },
    "token_refused": {
        "en": "This token is not known here, or was revoked.",
        "nl": "Dit token is hier niet bekend, of is ingetrokken.",
    },
    "link_expired": {"en": "This link was used or has expired.", "nl": "Deze link is gebruikt of verlopen."},
    "password_too_short": {"en": "Use at least {least} characters.", "nl": "Gebruik minstens {least} tekens."},
}
