"""The sentences of what people did to timers, and of promises, in the history of a ticket."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "KeptOpen": {"en": "Kept open: closes {when} at the earliest", "nl": "Opengehouden: sluit op zijn vroegst {when}"},
    "KeptOpen.none": {"en": "Kept open", "nl": "Opengehouden"},
    "TimersSnoozed": {"en": "Put off until {when}", "nl": "Uitgesteld tot {when}"},
    "TimersPaused": {"en": "Timers paused", "nl": "Timers gepauzeerd"},
    "TimersResumed": {"en": "Timers go on; next {when}", "nl": "Timers lopen weer; volgende {when}"},
    "TimersResumed.none": {"en": "Timers go on", "nl": "Timers lopen weer"},
    "BreachNear.aim": {
        "en": "Warned: the aim is to answer by {when}",
        "nl": "Gewaarschuwd: het streven is te antwoorden voor {when}",
    },
    "BreachNear.answer": {
        "en": "Warned: to be answered by {when}",
        "nl": "Gewaarschuwd: uiterlijk {when} te beantwoorden",
    },
    "BreachNear.solution": {
        "en": "Warned: to be solved by {when}",
        "nl": "Gewaarschuwd: uiterlijk {when} op te lossen",
    },
    "PromiseMissed.aim": {
        "en": "Not answered by {when}, which was the aim",
        "nl": "Niet beantwoord voor {when}, zoals het streven was",
    },
    "PromiseMissed.answer": {
        "en": "Promise missed: not answered by {when}",
        "nl": "Belofte gemist: niet beantwoord voor {when}",
    },
    "PromiseMissed.solution": {
        "en": "Promise missed: not solved by {when}",
        "nl": "Belofte gemist: niet opgelost voor {when}",
    },
}
OF_TIMERS: Final = ("KeptOpen", "TimersSnoozed", "TimersPaused", "TimersResumed")
OF_PROMISES: Final = ("BreachNear", "PromiseMissed")


def key_and_moment(type_: str, data: Mapping[str, Any]) -> tuple[str, datetime | None]:
    """Which of these sentences tells of a piece of history, and the moment that it names."""
    if type_ in OF_PROMISES:
        return f"{type_}.{data['promise']}", datetime.fromisoformat(data["due_at"])
    moment = data.get("closes_at") or data.get("next_at")
    if type_ == "TimersPaused" or moment:
        return type_, datetime.fromisoformat(moment) if moment else None
    return f"{type_}.none", None
