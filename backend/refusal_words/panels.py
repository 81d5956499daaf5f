"""Refusals of hosting panels: why one did not answer."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "not_a_panel_url": {
        "en": "Give an address that begins with https://.",
        "nl": "Geef een adres dat met https:// begint.",
    },
    "secret_too_short": {"en": "Use at least {least} characters.", "nl": "Gebruik minstens {least} tekens."},
    "panel_no_name": {"en": "That host name is not known.", "nl": "Die hostnaam is niet bekend."},
    "panel_private": {
        "en": "That host name leads to a private address, where panels may not be.",
        "nl": "Die hostnaam leidt naar een privéadres, waar panelen niet mogen zijn.",
    },
    "panel_no_connection": {"en": "The panel takes no connection.", "nl": "Het paneel neemt geen verbinding aan."},
    "panel_no_tls": {
        "en": "The panel's certificate is not valid for its name.",
        "nl": "Het certificaat van het paneel is niet geldig voor zijn naam.",
    },
    "panel_slow": {"en": "The panel did not answer in time.", "nl": "Het paneel antwoordde niet op tijd."},
    "panel_redirects": {
        "en": "The panel leads to another address. Give that one, if it is yours.",
        "nl": "Het paneel verwijst naar een ander adres. Geef dat, als het van u is.",
    },
    "panel_refuses_us": {
        "en": "The panel does not let us ask. Check what we show it, and whether it admits our address.",
        "nl": "Het paneel laat ons niet vragen. Controleer wat wij tonen, en of het ons adres toelaat.",
    },
    "panel_answer": {
        "en": "The panel answered something that is no answer.",
        "nl": "Het paneel antwoordde iets dat geen antwoord is.",
    },
    "panel_busy": {
        "en": "Too many questions to the panel are under way.",
        "nl": "Er lopen te veel vragen aan het paneel.",
    },
    "panel_left_alone": {
        "en": "The panel failed several times and is left alone for half a minute.",
        "nl": "Het paneel faalde meerdere keren en wordt een halve minuut met rust gelaten.",
    },
    "panel_believes_anything": {
        "en": "The panel took a password that nobody has. It must not be believed.",
        "nl": "Het paneel nam een wachtwoord aan dat niemand heeft. Het is niet te vertrouwen.",
    },
}
