"""Opening hours, promises, and the clocks of a ticket."""

from datetime import datetime
from enum import Enum
from typing import Self
from uuid import UUID

import strawberry
from strawberry import ID

from backend.graphql.types.enums import PRIORITIES, Priority
from backend.tenants.calendars import Hours
from backend.tenants.targets import Promised, Rule, Targets
from backend.tickets.priorities import PRIORITY
from backend.tickets.promises import clocks


@strawberry.enum(name="PromiseKind", description="What is promised: an aim to answer by, an answer, a solution.")
class PromiseKind(Enum):
    AIM = "aim"
    ANSWER = "answer"
    SOLUTION = "solution"


@strawberry.enum(description="Which hours count.")
class CountedHours(Enum):
    OPENING_HOURS = "opening_hours"
    ALL_HOURS = "all_hours"


KINDS = {each.value: each for each in PromiseKind}


@strawberry.type(description="How far a promise to a ticket has run. While it stands still, nothing is due.")
class Clock:
    promise: PromiseKind
    minutes: int
    due_at: datetime | None
    is_near: bool = strawberry.field(description="Whether who can act was warned that it will be missed.")
    missed_at: datetime | None
    ended_at: datetime | None = strawberry.field(description="When it was kept, unless it was missed.")

    @classmethod
    def of(cls, clock: clocks.Clock) -> Self:
        return cls(
            promise=KINDS[clock.promise],
            minutes=clock.minutes,
            due_at=clock.due_at,
            is_near=clock.warned_at is not None and clock.due_at is not None,
            missed_at=clock.missed_at,
            ended_at=clock.ended_at,
        )


@strawberry.type(description="What is promised to a request that is sent now, in the reader's words.")
class Promise:
    sentence: str
    until: datetime


@strawberry.type(
    description="Hours on a weekday (0 is Monday), in minutes since its midnight; an end after 1440 is on the next day."
)
class OpeningSpan:
    weekday: int
    opens: int
    closes: int


@strawberry.type(description="A day of the company's own: closed, unless it has hours.")
class OwnDay:
    day: str = strawberry.field(description="As 2026-12-24.")
    name: str
    opens: int | None
    closes: int | None


@strawberry.type(description="When people are there. Without a zone it is the company's.")
class OpeningHours:
    spans: list[OpeningSpan]
    days: list[OwnDay]
    zone: str | None
    country: str | None
    subdivision: str | None

    @classmethod
    def of(cls, hours: Hours) -> Self:
        return cls(
            spans=[
                OpeningSpan(weekday=weekday, opens=opens, closes=closes)
                for weekday, spans in enumerate(hours.weekly)
                for opens, closes in spans
            ],
            days=[
                OwnDay(
                    day=each.day.isoformat(), name=each.name, opens=each.spans[0][0] if each.spans else None,
                    closes=each.spans[0][1] if each.spans else None,
                )
                for each in hours.days
            ],
            zone=hours.zone,
            country=hours.country,
            subdivision=hours.subdivision,
        )  # fmt: skip


@strawberry.type(description="The minutes that are promised for a priority; null promises nothing.")
class PromisedTimes:
    priority: Priority
    aim: int | None
    answer: int | None
    solution: int | None

    @classmethod
    def of(cls, urgency: int, promised: Promised) -> Self:
        return cls(
            priority=PRIORITIES[PRIORITY[urgency]], aim=promised.aim, answer=promised.answer, solution=promised.solution
        )


@strawberry.type(description="Which hours count for a promise, and how many minutes before it is missed one is warned.")
class PromiseRule:
    count: CountedHours
    warn_minutes: int

    @classmethod
    def of(cls, rule: Rule) -> Self:
        return cls(count=CountedHours(rule.count), warn_minutes=rule.warn_minutes)


@strawberry.type(name="Promises", description="What is promised: times for each priority, and how they count.")
class PromisesType:
    times: list[PromisedTimes]
    aim: PromiseRule
    answer: PromiseRule
    solution: PromiseRule

    @classmethod
    def of(cls, targets: Targets) -> Self:
        return cls(
            times=[PromisedTimes.of(urgency, each) for urgency, each in enumerate(targets.urgencies)],
            aim=PromiseRule.of(targets.aim),
            answer=PromiseRule.of(targets.answer),
            solution=PromiseRule.of(targets.solution),
        )


@strawberry.type(
    description="Hours and promises as they were set: by the company (no department), or by a department for itself. "
    "Null is: not set there."
)
class HoursAndPromises:
    department_id: ID | None
    hours: OpeningHours | None
    promises: PromisesType | None

    @classmethod
    def of(cls, department_id: UUID | None, hours: Hours | None, targets: Targets | None) -> Self:
        return cls(
            department_id=ID(str(department_id)) if department_id else None,
            hours=OpeningHours.of(hours) if hours else None,
            promises=PromisesType.of(targets) if targets else None,
        )


@strawberry.type(description="A public holiday.")
class Holiday:
    day: str
    name: str


@strawberry.type(description="A part of a country that has holidays of its own.")
class Subdivision:
    code: str
    name: str


@strawberry.type(description="A country whose holidays are known.")
class HolidayCountry:
    code: str
    name: str
    subdivisions: list[Subdivision]


@strawberry.type(description="What a client would read with these hours and promises: now, and when it is closed.")
class PromisePreview:
    now: str | None
    closed: str | None
