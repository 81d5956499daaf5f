"""A place in the queue in the words of the client who waits."""

from datetime import datetime, timedelta
from typing import Final

from backend.tickets.queue.place import Place
from backend.tickets.sentences import when

_WORDS: Final[dict[str, dict[str, str]]] = {
    "next": {"en": "You are next in {department}", "nl": "U bent aan de beurt bij {department}"},
    "ahead": {"en": "{ahead} ahead of you in {department}", "nl": "{ahead} voor u bij {department}"},
    "more": {
        "en": "More than {ahead} ahead of you in {department}",
        "nl": "Meer dan {ahead} voor u bij {department}",
    },
    "usual": {"en": "Usual answer: {usual}", "nl": "Meestal antwoord binnen {usual}"},
    "usual_most": {
        "en": "Usual answer: {usual}, seldom more than {most}",
        "nl": "Meestal antwoord binnen {usual}, zelden meer dan {most}",
    },
    "probably": {"en": "{usual}; probably {when}.", "nl": "{usual}; waarschijnlijk {when}."},
    "longer": {"en": "{usual}. This one takes longer than usual.", "nl": "{usual}. Dit duurt langer dan gewoonlijk."},
    "closed": {"en": "We are closed until {when}.", "nl": "Wij zijn gesloten tot {when}."},
    # A number stays on the line of what it counts.
    "minutes": {"en": "{count}\u00a0min", "nl": "{count}\u00a0min"},
    "hours": {"en": "{count}\u00a0h", "nl": "{count}\u00a0uur"},
    "working_hours": {"en": "{count}\u00a0working hours", "nl": "{count}\u00a0werkuren"},
}


def place_sentence(place: Place, language: str) -> str:
    """How many stand before the client: "3 ahead of you in Support"."""
    key = "more" if place.is_more else "ahead" if place.ahead else "next"
    return _WORDS[key][language].format(ahead=place.ahead, department=place.department)


def expectation_sentence(place: Place, *, language: str, time_zone: str, at: datetime) -> str | None:
    """When the answer is to be expected, and until when nobody is there; None where there is nothing to say."""

    def moment(of: datetime) -> str:
        return when(of, language=language, time_zone=time_zone, at=at)

    said = []
    if (words := usual_sentence(place, language)) is not None:
        likely = likely_at(place, at)
        if likely is None:
            said.append(_WORDS["longer"][language].format(usual=words))
        else:
            said.append(_WORDS["probably"][language].format(usual=words, when=moment(likely)))
    if place.opens_at is not None:
        said.append(_WORDS["closed"][language].format(when=moment(place.opens_at)))
    return " ".join(said) or None


def usual_sentence(place: Place, language: str) -> str | None:
    """How long an answer usually takes: "Usual answer: 40 min, seldom more than 2 h"."""
    if place.usual is None:
        return None
    usual, most = duration(place.usual.usual, language), duration(place.usual.most, language)
    return _WORDS["usual" if usual == most else "usual_most"][language].format(usual=usual, most=most)


def likely_at(place: Place, at: datetime) -> datetime | None:
    """When the answer will probably be there; None where nothing is known, or it takes longer than usual already."""
    return next((each for each in (place.expected_at, place.latest_at) if each is not None and each > at), None)


def duration(of: timedelta, language: str) -> str:
    """A duration as people say it, rounded up: five minutes, 40 minutes, half hours, then hours of work."""
    minutes = max(5, -(-int(of.total_seconds()) // 300) * 5)
    if minutes < 60:
        return _WORDS["minutes"][language].format(count=minutes)
    halves = -(-minutes // 30)
    if halves < 20:
        count = f"{halves // 2}{'.5' if halves % 2 else ''}"
        return _WORDS["hours"][language].format(count=count if language == "en" else count.replace(".", ","))
    return _WORDS["working_hours"][language].format(count=-(-halves // 2))
