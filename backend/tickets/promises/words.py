"""What a client is promised, in a sentence that is true now: also outside opening hours, and when it was missed."""

from datetime import datetime, timedelta
from typing import Final

from backend.business_time import Calendar
from backend.tenants.targets import Count, Targets
from backend.tickets.promises.clocks import Clock, Clocks
from backend.tickets.sentences import when

_WORDS: Final[dict[str, dict[str, str]]] = {
    "minute": {"en": "a minute", "nl": "een minuut"},
    "minutes": {"en": "{n} minutes", "nl": "{n} minuten"},
    "hour": {"en": "1 hour", "nl": "1 uur"},
    "hours": {"en": "{n} hours", "nl": "{n} uur"},
    "mixed": {"en": "{hours} {minutes}", "nl": "{hours} en {minutes}"},
    "opening_hours": {"en": " during opening hours", "nl": " tijdens openingstijden"},
    "all_hours": {"en": "", "nl": ""},
    "aim": {
        "en": "We aim to answer within {time}{count}: by {when}.",
        "nl": "We streven ernaar binnen {time}{count} te antwoorden: voor {when}.",
    },
    "answer": {
        "en": "We answer within {time}{count}: by {when}.",
        "nl": "We antwoorden binnen {time}{count}: voor {when}.",
    },
    "latest": {"en": "At the latest {when}.", "nl": "Uiterlijk {when}."},
    "closed": {
        "en": "We are closed now and open {opens}.",
        "nl": "We zijn nu gesloten en gaan {opens} open.",
    },
    "aim.running": {"en": "We aim to answer by {when}.", "nl": "We streven ernaar voor {when} te antwoorden."},
    "answer.running": {"en": "We answer by {when} at the latest.", "nl": "We antwoorden uiterlijk {when}."},
    "solution.running": {
        "en": "We expect to solve this by {when}.",
        "nl": "We verwachten dit voor {when} op te lossen.",
    },
    "aim.missed": {
        "en": "We meant to answer by {when} and are late.",
        "nl": "We wilden voor {when} antwoorden en zijn te laat.",
    },
    "answer.missed": {
        "en": "Our answer was due {when}. It is late, and we know it.",
        "nl": "Ons antwoord had er {when} moeten zijn. Het is te laat en we weten het.",
    },
    "solution.missed": {
        "en": "This was to be solved by {when}. It is late, and we know it.",
        "nl": "Dit had {when} opgelost moeten zijn. Het is te laat en we weten het.",
    },
}


def promise_before(
    targets: Targets, calendar: Calendar, urgency: int, *, language: str, at: datetime
) -> tuple[str, datetime] | None:
    """What is promised to a request that is sent at that moment, and until when; None where nothing is."""
    promised = targets.urgencies[urgency]
    first = "aim" if promised.aim is not None else "answer"
    minutes = promised.aim if promised.aim is not None else promised.answer
    if minutes is None:
        return None
    count = targets.rule("aim" if first == "aim" else "answer").count
    due_at = _due(calendar, count, at, minutes)
    told = [
        _WORDS[first][language].format(
            time=duration(minutes, language),
            count="" if calendar.always_open else _WORDS[count][language],
            when=_when(due_at, calendar, language, at),
        )
    ]
    if count == "opening_hours" and not calendar.is_open(at):
        opens = _when(calendar.next_opening(at), calendar, language, at)
        told.insert(0, _WORDS["closed"][language].format(opens=opens))
    if first == "aim" and promised.answer is not None:
        latest = _due(calendar, targets.answer.count, at, promised.answer)
        told.append(_WORDS["latest"][language].format(when=_when(latest, calendar, language, at)))
    return " ".join(told), due_at


def promise_of(clocks: Clocks, calendar: Calendar, *, language: str, at: datetime) -> str | None:
    """What is promised to a ticket from now on, for its client; None while the client is waited for, or nothing is."""
    told: list[str] = []
    for promise in ("aim", "answer", "solution"):
        clock = next((each for each in clocks.clocks if each.promise == promise), None)
        if clock is None or clock.due_at is None or clock.ended_at is not None:
            continue
        if promise == "solution" and told:
            break
        told.append(_running(clock, clock.due_at, calendar, language, at))
    return " ".join(told) or None


def duration(minutes: int, language: str) -> str:
    """A number of minutes as people say it."""
    hours, rest = divmod(minutes, 60)
    in_hours = _WORDS["hour" if hours == 1 else "hours"][language].format(n=hours)
    in_minutes = _WORDS["minute" if rest == 1 else "minutes"][language].format(n=rest)
    if not hours or not rest:
        return in_hours if hours else in_minutes
    return _WORDS["mixed"][language].format(hours=in_hours, minutes=in_minutes)


def _running(clock: Clock, due_at: datetime, calendar: Calendar, language: str, at: datetime) -> str:
    key = f"{clock.promise}.{'missed' if due_at <= at else 'running'}"
    return _WORDS[key][language].format(when=_when(due_at, calendar, language, at))


def _due(calendar: Calendar, count: Count, at: datetime, minutes: int) -> datetime:
    passed = timedelta(minutes=minutes)
    return calendar.add_time(at, passed) if count == "opening_hours" else at + passed


def _when(moment: datetime, calendar: Calendar, language: str, at: datetime) -> str:
    return when(moment, language=language, time_zone=calendar.zone, at=at)
