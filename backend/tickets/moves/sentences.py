"""What the history of a ticket says of splits and merges, in words for both sides."""

from collections.abc import Mapping
from typing import Any, Final

MOVES_HISTORY: Final = ("TicketSplit", "TicketsMerged", "SplitUndone", "MergeUndone")
"""What both sides see of it."""

_MESSAGES: Final = {
    "en": ("one message", "{count} messages"),
    "nl": ("één bericht", "{count} berichten"),
}
_WORDS: Final = {
    "TicketSplit.from": {
        "en": "Split off {messages} into #{to_number}, so that each question gets its own answer",
        "nl": "{messages} afgesplitst naar #{to_number}, zodat elke vraag een eigen antwoord krijgt",
    },
    "TicketSplit.to": {
        "en": "Split off from #{from_number} with {messages}; it keeps its place in the queue",
        "nl": "Afgesplitst van #{from_number} met {messages}; de plaats in de wachtrij blijft",
    },
    "TicketsMerged.from": {"en": "Goes on in #{to_number}", "nl": "Gaat verder in #{to_number}"},
    "TicketsMerged.to": {
        "en": "#{from_number} goes on here, with {messages}",
        "nl": "#{from_number} gaat hier verder, met {messages}",
    },
    "SplitUndone.from": {
        "en": "What went to #{to_number} is back here",
        "nl": "Wat naar #{to_number} ging, is hier terug",
    },
    "SplitUndone.to": {
        "en": "Went back to #{from_number}, where it goes on",
        "nl": "Terug naar #{from_number}, waar het verdergaat",
    },
    "MergeUndone.from": {
        "en": "Goes on here again, apart from #{to_number}",
        "nl": "Gaat hier weer verder, los van #{to_number}",
    },
    "MergeUndone.to": {
        "en": "#{from_number} goes on by itself again",
        "nl": "#{from_number} gaat weer zelf verder",
    },
}
GOES_ON: Final = {"en": "Goes on in #{number}", "nl": "Gaat verder in #{number}"}
"""The standing of a ticket that was merged."""


def moved_sentence(type_: str, data: Mapping[str, Any], language: str) -> str:
    """A piece of history about messages that moved."""
    one, many = _MESSAGES[language]
    count = data.get("messages", 0)
    messages = one if count == 1 else many.format(count=count)
    sentence = _WORDS[f"{type_}.{data['side']}"][language].format(
        from_number=data["from_number"], to_number=data["to_number"], messages=messages
    )
    return sentence[0].upper() + sentence[1:]


def other_number(type_: str, data: Mapping[str, Any]) -> int | None:
    """The other ticket of which such a piece of history speaks."""
    if type_ not in MOVES_HISTORY:
        return None
    number: int = data["to_number" if data["side"] == "from" else "from_number"]
    return number
