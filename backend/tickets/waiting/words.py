"""Why an answer did not leave, in the reader's language."""

from typing import Final

_WORDS: Final[dict[str, dict[str, str]]] = {
    "client_wrote": {
        "en": "The client wrote before it left.",
        "nl": "De klant schreef voordat het wegging.",
    },
    "author_gone": {
        "en": "Its author is no longer on the staff.",
        "nl": "Wie het schreef is geen medewerker meer.",
    },
    "secret_lost": {
        "en": "Its sealed secret cannot be opened any more.",
        "nl": "Het verzegelde geheim erbij kan niet meer worden geopend.",
    },
    "ticket_merged": {
        "en": "The ticket was merged into another before it left.",
        "nl": "Het ticket is samengevoegd met een ander voordat het wegging.",
    },
    "attachment_gone": {
        "en": "One of its files is not to be had any more.",
        "nl": "Een van de bestanden erbij is er niet meer.",
    },
    "held_back": {
        "en": "The ticket needs proof before it takes that status.",
        "nl": "Het ticket heeft bewijs nodig voor het die status krijgt.",
    },
}
_OTHERWISE: Final = {
    "en": "The ticket has changed and no longer takes that status.",
    "nl": "Het ticket is veranderd en neemt die status niet meer aan.",
}


def stopped_words(because: str, language: str) -> str:
    """What stands against an answer, by the code that stopped it."""
    words = _WORDS.get(because, _OTHERWISE)
    return words.get(language, words["en"])
