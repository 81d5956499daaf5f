"""Refusals of any input: missing, too long, of the wrong shape, in use."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "not_found": {"en": "That is not here.", "nl": "Dat is hier niet."},
    "too_many": {"en": "At most {most}.", "nl": "Hoogstens {most}."},
    "required": {"en": "Fill this in.", "nl": "Vul dit in."},
    "too_long": {"en": "At most {most} characters.", "nl": "Hoogstens {most} tekens."},
    "not_an_email": {"en": "That is not an e-mail address.", "nl": "Dat is geen e-mailadres."},
    "not_a_color": {"en": "Give a colour as #rrggbb.", "nl": "Geef een kleur als #rrggbb."},
    "not_a_time_zone": {"en": "That time zone is not known.", "nl": "Die tijdzone is niet bekend."},
    "not_a_day": {"en": "Give a day as 2026-12-24.", "nl": "Geef een dag als 2026-12-24."},
    "priority_twice": {"en": "Give each priority once.", "nl": "Geef elke prioriteit één keer."},
    "bad_text": {
        "en": "The text holds characters that cannot be kept.",
        "nl": "De tekst bevat tekens die niet bewaard kunnen worden.",
    },
    "bad_moment": {"en": "That is not a moment in time.", "nl": "Dat is geen moment in de tijd."},
    "out_of_range": {"en": "Between {least} and {most}.", "nl": "Tussen {least} en {most}."},
    "not_days": {"en": "Between 1 and {most} days.", "nl": "Tussen 1 en {most} dagen."},
    "already_there": {"en": "It is there already.", "nl": "Daar is het al."},
    "name_taken": {"en": "That name is in use.", "nl": "Die naam is al in gebruik."},
    "email_taken": {"en": "That address is in use.", "nl": "Dat adres is al in gebruik."},
    "archived": {"en": "That is archived.", "nl": "Dat is gearchiveerd."},
    "not_an_image": {
        "en": "Give a PNG, JPEG or WebP picture.",
        "nl": "Geef een PNG-, JPEG- of WebP-afbeelding.",
    },
    "too_large": {"en": "At most {most}.", "nl": "Hoogstens {most}."},
    "bad_cursor": {"en": "That place in the list is not known.", "nl": "Die plaats in de lijst is niet bekend."},
    "page_too_large": {"en": "At most {most} rows at a time.", "nl": "Hoogstens {most} rijen tegelijk."},
}
