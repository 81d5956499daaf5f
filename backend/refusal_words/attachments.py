"""Refusals about attachments."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "attachment_too_large": {
        "en": "This file is larger than {most}, the most that is taken here.",
        "nl": "Dit bestand is groter dan {most}, het grootste dat hier wordt aangenomen.",
    },
    "attachment_empty": {"en": "This file is empty.", "nl": "Dit bestand is leeg."},
    "attachment_type": {
        "en": "Files of this kind are not taken here: {kind}.",
        "nl": "Dit soort bestanden wordt hier niet aangenomen: {kind}.",
    },
    "attachment_disguised": {
        "en": "This is a program ({kind}), whatever its name says. Programs are not taken here.",
        "nl": "Dit is een programma ({kind}), wat de naam ook zegt. Programma's worden hier niet aangenomen.",
    },
    "attachments_full": {
        "en": "There is no room for more files here. Send it without, or ask us another way.",
        "nl": "Er is hier geen ruimte voor meer bestanden. Stuur het zonder, of vraag het ons anders.",
    },
    "attachment_gone": {
        "en": "A file is not here any more. Add it again.",
        "nl": "Een bestand is er niet meer. Voeg het opnieuw toe.",
    },
    "attachment_unscanned": {
        "en": "This file has not been checked for viruses yet. Try again in a moment.",
        "nl": "Dit bestand is nog niet op virussen gecontroleerd. Probeer het zo weer.",
    },
    "link_over": {
        "en": "This link is over. Open the file again from its page.",
        "nl": "Deze link is verlopen. Open het bestand opnieuw vanaf de pagina.",
    },
    "attachment_infected": {
        "en": "A virus was found in this file. It is kept apart and is not given out.",
        "nl": "In dit bestand is een virus gevonden. Het wordt apart bewaard en niet uitgegeven.",
    },
    "not_between": {"en": "Give a number from {least} to {most}.", "nl": "Geef een getal van {least} tot {most}."},
    "not_an_ending": {
        "en": "Give the endings of file names, such as exe: {given} is none.",
        "nl": "Geef de eindes van bestandsnamen, zoals exe: {given} is er geen.",
    },
}
