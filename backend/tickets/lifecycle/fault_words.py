"""The words of what is wrong with a policy, in the languages of the product."""

from typing import Final

FAULT_WORDS: Final[dict[str, dict[str, str]]] = {
    "unreadable": {"en": "This cannot be read: {why}", "nl": "Dit kan niet worden gelezen: {why}"},
    "no_status": {"en": "Add a status.", "nl": "Voeg een status toe."},
    "too_many_statuses": {"en": "At most {most} statuses.", "nl": "Hoogstens {most} statussen."},
    "bad_key": {
        "en": "Use small letters, digits and underscores, beginning with a letter; a few words are taken.",
        "nl": "Gebruik kleine letters, cijfers en liggende streepjes, met een letter vooraan; enkele woorden zijn bezet.",
    },
    "key_twice": {"en": "There is another status “{key}”.", "nl": "Er is al een status ‘{key}’."},
    "no_name": {"en": "Give it a name.", "nl": "Geef een naam."},
    "bad_name": {"en": "Give 1 to {most} characters.", "nl": "Geef 1 tot {most} tekens."},
    "no_closed": {
        "en": "One status at least means that the ticket is closed.",
        "nl": "Minstens één status betekent dat het ticket gesloten is.",
    },
    "unknown_status": {"en": "There is no status “{key}”.", "nl": "Er is geen status ‘{key}’."},
    "begins_closed": {
        "en": "A ticket begins in a status that means new or open.",
        "nl": "Een ticket begint in een status die nieuw of open betekent.",
    },
    "no_reply": {
        "en": "Choose the statuses that an answer may be sent with.",
        "nl": "Kies de statussen waarmee een antwoord verstuurd kan worden.",
    },
    "no_client_message": {
        "en": "Say what a client's message does here.",
        "nl": "Zeg wat een bericht van de klant hier doet.",
    },
    "message_lost": {
        "en": "While a ticket is being worked on, a client's message stays on it.",
        "nl": "Zolang aan een ticket wordt gewerkt, hoort een bericht van de klant erbij.",
    },
    "message_ends": {
        "en": "A client's message asks for an answer, so it leads to a status that is open or on hold.",
        "nl": "Een bericht van de klant vraagt om antwoord en leidt dus naar een status die open of aangehouden is.",
    },
    "thanks_reopen": {
        "en": "Thanks may solve or close a ticket and do nothing else.",
        "nl": "Een bedankje kan een ticket oplossen of sluiten en verder niets.",
    },
    "bad_hours": {
        "en": "Give more than 0 and at most {most} hours.",
        "nl": "Geef meer dan 0 en hoogstens {most} uur.",
    },
    "nothing_reopens": {
        "en": "No message reopens a closed ticket here, so there is nothing to limit.",
        "nl": "Geen bericht heropent hier een gesloten ticket, dus er is niets te begrenzen.",
    },
    "transition_twice": {
        "en": "This leads nowhere else, or stands here twice.",
        "nl": "Dit leidt nergens anders heen of staat er twee keer.",
    },
    "nobody_may": {
        "en": "Say who may: agents, leads, admins or the client.",
        "nl": "Zeg wie dit mag: medewerkers, leidinggevenden, beheerders of de klant.",
    },
    "client_sets_open": {
        "en": "A client may solve or close a ticket by hand; everything else they do by writing.",
        "nl": "Een klant kan een ticket zelf oplossen of sluiten; al het andere gaat door te schrijven.",
    },
    "too_many_steps": {"en": "At most {most} steps.", "nl": "Hoogstens {most} stappen."},
    "after_the_end": {
        "en": "The step before changes the status, so this one never comes.",
        "nl": "De stap hiervoor verandert de status, dus deze komt nooit.",
    },
    "backwards": {
        "en": "This is due before the step above it. A ladder runs forward in time.",
        "nl": "Dit komt vóór de stap erboven. Een ladder loopt vooruit in de tijd.",
    },
    "no_template": {"en": "Choose the mail that reminds.", "nl": "Kies de e-mail die herinnert."},
    "nobody_to_remind": {
        "en": "Here it is not the client who is waited for.",
        "nl": "Hier wordt niet op de klant gewacht.",
    },
    "no_tag": {"en": "Name the tag.", "nl": "Noem het label."},
    "step_does_two_things": {"en": "A step does one thing.", "nl": "Een stap doet één ding."},
    "status_stays": {
        "en": "The ticket has this status already.",
        "nl": "Het ticket heeft deze status al.",
    },
    "opens_by_itself": {
        "en": "A closed ticket does not open by itself.",
        "nl": "Een gesloten ticket gaat niet vanzelf open.",
    },
    "round_and_round": {
        "en": "By its timers alone the ticket would come back here for ever.",
        "nl": "Alleen al door de timers zou het ticket hier steeds terugkomen.",
    },
    "dead_end": {
        "en": "No way leads from “{name}” to a closed ticket.",
        "nl": "Vanuit ‘{name}’ leidt geen weg naar een gesloten ticket.",
    },
    "unreached": {
        "en": "No ticket ever comes to “{name}”.",
        "nl": "Geen ticket komt ooit in ‘{name}’.",
    },
}
