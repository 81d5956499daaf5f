"""What the history says of a ticket's lifecycle, in the languages of the product."""

from typing import Final

LIFECYCLE_WORDS: Final[dict[str, dict[str, str]]] = {
    "TicketTagged": {"en": "Tagged, by itself: {tag}", "nl": "Vanzelf gelabeld: {tag}"},
    "TookVersion": {
        "en": "Follows version {version} of the lifecycle from now on",
        "nl": "Volgt vanaf nu versie {version} van de levensloop",
    },
    "MessageRefused": {
        "en": "A mail came after the end and was not taken; its sender was told",
        "nl": "Na het einde kwam nog een e-mail; die is niet aangenomen en de afzender weet dat",
    },
}
