"""Refusals of splitting and merging tickets, and of undoing either."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "ticket_merged": {
        "en": "This ticket was merged: it goes on in another one.",
        "nl": "Dit ticket is samengevoegd: het gaat in een ander verder.",
    },
    "split_needs_message": {
        "en": "Choose at least one message of the client's.",
        "nl": "Kies minstens één bericht van de klant.",
    },
    "split_takes_all": {
        "en": "At least one message stays. To move all of them, merge the ticket or transfer it.",
        "nl": "Minstens één bericht blijft staan. Wilt u alles verplaatsen, voeg het ticket dan samen of draag het over.",
    },
    "merge_itself": {"en": "That is the same ticket.", "nl": "Dat is hetzelfde ticket."},
    "merge_other_client": {
        "en": "These tickets are of different clients: one would get to read what the other wrote.",
        "nl": "Deze tickets zijn van verschillende klanten: de een zou kunnen lezen wat de ander schreef.",
    },
    "merge_other_way": {
        "en": "The client's other contacts would lose sight of this ticket. Merge the other one into this one.",
        "nl": "De andere contactpersonen van de klant zouden dit ticket niet meer zien. Voeg het andere ticket bij dit ticket.",
    },
    "merge_into_closed": {
        "en": "That ticket is closed. Open it again first, or merge it into this one.",
        "nl": "Dat ticket is gesloten. Open het eerst weer, of voeg het bij dit ticket.",
    },
    "nothing_to_undo": {"en": "There is nothing to undo any more.", "nl": "Er valt niets meer ongedaan te maken."},
    "undo_would_lose_message": {
        "en": "There is a new message on #{number}, which would be lost.",
        "nl": "Op #{number} staat een nieuw bericht, dat verloren zou gaan.",
    },
    "undo_would_lose": {
        "en": "#{number} was changed since, which would be lost.",
        "nl": "#{number} is sindsdien gewijzigd, en dat zou verloren gaan.",
    },
    "undo_split_first": {
        "en": "First undo that #{target} was split off from #{source}.",
        "nl": "Maak eerst ongedaan dat #{target} van #{source} is afgesplitst.",
    },
    "undo_merge_first": {
        "en": "First undo that #{source} was merged into #{target}.",
        "nl": "Maak eerst ongedaan dat #{source} bij #{target} is gevoegd.",
    },
}
