"""Refusals of a ticket's life: messages, statuses, timers, who has it."""

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "held_from_staff": {
        "en": "It says that somebody of your own staff wrote it, and nothing proves that. Answer on the desk.",
        "nl": "Er staat dat iemand van uw eigen medewerkers dit schreef, en niets bewijst dat. Antwoord in de Balie.",
    },
    "nothing_pending": {"en": "Nothing happens here by itself.", "nl": "Hier gebeurt niets vanzelf."},
    "snooze_wrong": {
        "en": "Choose a time later than what is pending now, within a year.",
        "nl": "Kies een tijd later dan wat er nu gepland staat, binnen een jaar.",
    },
    "department_closed": {
        "en": "That department takes no requests from you.",
        "nl": "Die afdeling neemt van u geen verzoeken aan.",
    },
    "priority_not_offered": {
        "en": "The priority is set by the staff here.",
        "nl": "De prioriteit wordt hier door de medewerkers bepaald.",
    },
    "client_wrote": {
        "en": "The client wrote while you were writing. Read it, or answer anyway.",
        "nl": "De klant schreef terwijl u schreef. Lees het, of antwoord toch.",
    },
    "reply_has_left": {
        "en": "The answer has left already, or was taken back.",
        "nl": "Het antwoord is al weg, of is teruggehaald.",
    },
    "answered_already": {"en": "That is done already.", "nl": "Dat is al gedaan."},
    "answered_too_late": {
        "en": "The request has gone on since this mail. Open it to see how it stands.",
        "nl": "Het verzoek is sinds deze e-mail verdergegaan. Open het om te zien hoe het ervoor staat.",
    },
    "status_not_offered": {
        "en": "The ticket cannot take that status now.",
        "nl": "Het ticket kan die status nu niet krijgen.",
    },
    "message_refused": {
        "en": "This request takes no more messages. Open a new one and name this number in it.",
        "nl": "Dit verzoek neemt geen berichten meer aan. Open een nieuw en noem dit nummer erin.",
    },
    "ticket_closed": {"en": "The ticket is closed.", "nl": "Het ticket is gesloten."},
    "not_answered_yet": {
        "en": "Nobody has answered this request yet.",
        "nl": "Dit verzoek is nog niet beantwoord.",
    },
    "not_away": {
        "en": "Nothing to take over: whoever has it is not away, or it is finished.",
        "nl": "Er valt niets over te nemen: wie het heeft is niet afwezig, of het is klaar.",
    },
    "still_away": {"en": "They are still away.", "nl": "Die collega is nog afwezig."},
    "not_taken_over": {
        "en": "This was not taken over, went to somebody else since, or is finished.",
        "nl": "Dit is niet overgenomen, ging intussen naar iemand anders, of is klaar.",
    },
    "project_of_another": {
        "en": "That is a project of another client.",
        "nl": "Dat is een project van een andere klant.",
    },
}
