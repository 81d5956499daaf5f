"""What the history of a ticket says of thanks, in words for both sides."""

from collections.abc import Mapping
from typing import Any, Final

THANKS_HISTORY: Final = ("ClientThanked", "ThanksWereReply")
"""What both sides see of it."""

_WORDS: Final = {
    "ClientThanked.satisfied": {"en": "Thanks, all fine", "nl": "Bedankt, alles is goed"},
    "ClientThanked.avoided": {
        "en": "Taken as thanks: the request was not reopened",
        "nl": "Gezien als bedankje: het verzoek is niet heropend",
    },
    "ClientThanked.kept": {
        "en": "Taken as thanks: nothing changed",
        "nl": "Gezien als bedankje: er is niets veranderd",
    },
    "ThanksWereReply.reopened": {
        "en": "It was a reply after all: it waits since it was written",
        "nl": "Het was toch een antwoord: het wacht sinds het werd geschreven",
    },
    "ThanksWereReply.answered": {
        "en": "It was a reply after all, and is answered",
        "nl": "Het was toch een antwoord, en is beantwoord",
    },
}


def thanks_sentence(type_: str, data: Mapping[str, Any], language: str) -> str:
    """A piece of history about thanks."""
    if type_ == "ClientThanked":
        how = "satisfied" if data["satisfied"] else "avoided" if data["avoided"] else "kept"
    else:
        how = "reopened" if data["reopened"] else "answered"
    return _WORDS[f"{type_}.{how}"][language]
