"""Refusals of what a company sets: hours, lifecycle, people, departments, routing."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "not_a_country": {
        "en": "No holidays are known of that country.",
        "nl": "Van dat land zijn geen feestdagen bekend.",
    },
    "not_a_subdivision": {
        "en": "That country has no such part with holidays of its own.",
        "nl": "Dat land heeft geen zo'n deel met eigen feestdagen.",
    },
    "hours_wrong": {
        "en": "Give at least one span of opening hours; the spans of a day follow each other and do not overlap.",
        "nl": "Geef minstens één tijdvak; de tijdvakken van een dag volgen op elkaar en overlappen niet.",
    },
    "own_days_wrong": {
        "en": "Give each day once, at most {most} of them.",
        "nl": "Geef elke dag één keer, hoogstens {most} dagen.",
    },
    "target_wrong": {
        "en": "Give a time of a minute to {most} hours, or none.",
        "nl": "Geef een tijd van een minuut tot {most} uur, of geen.",
    },
    "aim_after_rule": {
        "en": "The aim comes before the time that is promised at the latest.",
        "nl": "Het streven komt vóór de tijd die uiterlijk wordt beloofd.",
    },
    "not_a_language": {"en": "That language is not offered.", "nl": "Die taal is er niet."},
    "lifecycle_changed_meanwhile": {
        "en": "Someone else has saved the lifecycle meanwhile. Look at theirs; yours is kept here.",
        "nl": "Iemand anders heeft de levensloop intussen opgeslagen. Bekijk die; de uwe blijft hier bewaard.",
    },
    "change_over_under_way": {
        "en": "A change-over is under way. Wait until it has ended.",
        "nl": "Er is al een overgang bezig. Wacht tot die klaar is.",
    },
    "change_over_too_old": {
        "en": "This plan no longer shows what would happen. Plan it again.",
        "nl": "Dit plan toont niet meer wat er zou gebeuren. Maak het opnieuw.",
    },
    "status_to_follow": {
        "en": "Say which open status follows “{status}”.",
        "nl": "Zeg welke open status op ‘{status}’ volgt.",
    },
    "last_owner": {
        "en": "Someone must keep the role of owner.",
        "nl": "Iemand moet de rol van eigenaar houden.",
    },
    "last_department": {
        "en": "The last open department cannot be archived.",
        "nl": "De laatste open afdeling kan niet worden gearchiveerd.",
    },
    "route_incomplete": {
        "en": "Each line needs a moment and a rule, none of them twice.",
        "nl": "Elke regel heeft een moment en een keuze nodig, geen daarvan dubbel.",
    },
    "not_a_span": {
        "en": "Give an end that lies after the begin and after now.",
        "nl": "Geef een einde dat na het begin en na nu ligt.",
    },
    "not_hours": {"en": "Give hours with a begin and an end.", "nl": "Geef uren met een begin en een einde."},
    "hours_overlap": {"en": "These hours overlap.", "nl": "Deze uren overlappen elkaar."},
}
