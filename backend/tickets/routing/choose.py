"""Whom a list of rules gives a ticket to: a pure function over who works in its department (FIELD.md B4)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Literal, TypeAlias
from uuid import UUID

import msgspec

from backend.tenants.presence.shifts import Shift, is_in

Step: TypeAlias = Literal["next_available", "answered_first", "project_lead", "usual_agent"]
STEPS: Final[tuple[Step, ...]] = ("next_available", "answered_first", "project_lead", "usual_agent")


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works in the ticket's department and may sign in.

    `load` counts their open tickets without this one, `turn` is when a rule last gave them one as next available.
    """

    id: UUID
    load: int
    turn: int = 0
    capacity: int | None = None
    away: bool = False
    zone: str | None = None
    shifts: list[tuple[int, int, int]] | None = None

    def is_on_shift(self, company_zone: str, at: datetime) -> bool:
        return is_in([Shift(*each) for each in self.shifts or ()], self.zone or company_zone, at)

    @property
    def has_room(self) -> bool:
        return self.capacity is None or self.load < self.capacity


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A route that fits a ticket, with what its rules ask about. Read under the lock of the company's turn."""

    steps: list[Step]
    people: list[Person]
    zone: str
    off_shift: bool = False
    first: UUID | None = None
    usual: UUID | None = None
    lead: UUID | None = None
    project: str | None = None
    assignee: UUID | None = None
    assignee_away: bool = False

    def has(self, account_id: UUID | None) -> bool:
        """Whether somebody is of the department."""
        return any(each.id == account_id for each in self.people)


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the rules chose and by which one; `load` is how many open tickets they have besides this one."""

    person: Person
    because: Step


def choose(turn: Turn, at: datetime, *, enough: int | None = None) -> Choice | None:
    """The first rule that finds somebody; None where none does.

    Nobody is chosen who is away, has no room for another open ticket, or (unless the route says `off_shift`, for those whom
    a rule names) is not on shift. Among the next available, whoever has the fewest open tickets; among
    equals, whose turn was longest ago. With `enough`, whoever has so many open tickets is not next available either, unless
    their capacity is known.
    """
    named = {"answered_first": turn.first, "project_lead": turn.lead, "usual_agent": turn.usual}
    able = [each for each in turn.people if not each.away and each.has_room]
    for step in turn.steps:
        if step == "next_available":
            free = [each for each in able if each.is_on_shift(turn.zone, at)]
            if enough is not None:
                free = [each for each in free if each.capacity is not None or each.load < enough]
            found = min(free, key=lambda each: (each.load, each.turn, each.id), default=None)
        else:
            found = _find(able, named[step], lambda each: turn.off_shift or each.is_on_shift(turn.zone, at))
        if found is not None:
            return Choice(person=found, because=step)
    return None


def _find(people: Sequence[Person], wanted: UUID | None, fits: Callable[[Person], bool]) -> Person | None:
    return next((each for each in people if each.id == wanted and fits(each)), None)
