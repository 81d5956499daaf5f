"""Suggest a better department or kind while a request is written (FIELD.md A7, A8). Never more than a suggestion.

The answer holds places that the reader may choose anyway: nothing of what others wrote can be read from it.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.actor import Actor
from backend.database import Row
from backend.intake.queries import list_kinds
from backend.intake.suggestions.keep import get_learnt
from backend.intake.suggestions.model import SURE, Learnt, Place, guess
from backend.intake.suggestions.words import MOST_TEXT
from backend.tenants.queries import list_departments

MOST_PLACES: Final = 200
"""Where a company has more departments, the first are compared: nobody waits for a suggestion."""
_TWO: Final = 0.85
_PARTS: Final = re.compile(
    r"\n\s*\n|\n\s*(?:\d+[.)]|[-*])\s+|\b(?:second question|another question|tweede vraag|andere vraag)\b",
    re.IGNORECASE,
)
_ELSE: Final = Place("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A better department than the chosen one, with its kind; or a kind of the chosen one alone; or a second department,
    where the text seems to hold another request for it."""

    department: Row | None = None
    kind: Row | None = None
    second: Row | None = None


async def suggest_place(
    actor: Actor, subject: str, body: str, *, department_id: UUID | None, kind_id: UUID | None
) -> Suggestion:
    """What the words of a draft suggest, among the departments to which the actor may submit."""
    departments = (await list_departments(actor))[:MOST_PLACES]
    kinds = [each for each in await list_kinds([each["id"] for each in departments]) if each["archived_at"] is None]
    learnt = await get_learnt(actor.tenant_id)
    places = [_department(each, kinds) for each in departments]
    by_id = {str(each["id"]): each for each in departments}
    text = body[:MOST_TEXT]
    guesses = guess(subject[:200], text, places, learnt)
    best = by_id[guesses[0].place] if guesses and guesses[0].sure >= SURE else None
    second = _second(subject, text, places, learnt)
    if second:
        # Where it seems to be two requests, no one place is better than the chosen one.
        return Suggestion(second=by_id[next((each for each in second if each != str(department_id)), second[1])])
    if best is not None and best["id"] != department_id:
        return Suggestion(department=best, kind=_kind(subject, text, best["id"], kinds, learnt))
    chosen = by_id.get(str(department_id))
    if chosen is None:
        return Suggestion()
    kind = _kind(subject, text, chosen["id"], kinds, learnt)
    return Suggestion(kind=kind) if kind is not None and kind["id"] != kind_id else Suggestion()


def _department(row: Row, kinds: list[Row]) -> Place:
    inner = tuple(f"{each['name']} {each['description']}" for each in kinds if each["department_id"] == row["id"])
    return Place(str(row["id"]), row["name"], row["description"], inner)


def _kind(subject: str, body: str, department_id: UUID, kinds: list[Row], learnt: Learnt) -> Row | None:
    """The kind of a department that it seems to be; none where it may as well be something else."""
    offered = {str(each["id"]): each for each in kinds if each["department_id"] == department_id}
    places = [Place(key, each["name"], each["description"]) for key, each in offered.items()]
    guesses = guess(subject, body, [*places, _ELSE], learnt)
    return offered.get(guesses[0].place) if guesses and guesses[0].sure >= SURE else None


def _second(subject: str, body: str, places: list[Place], learnt: Learnt) -> tuple[str, ...]:
    """The departments of two parts of the text that are surely about different things; empty where there are none."""
    found: list[str] = []
    for part in _PARTS.split(body):
        guesses = guess("", part, places, learnt) if len(part.split()) >= 4 else []
        if guesses and guesses[0].sure >= _TWO and guesses[0].place not in found:
            found.append(guesses[0].place)
    return tuple(found[:2]) if len(found) > 1 else ()
