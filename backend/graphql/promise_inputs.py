"""What an admin gives of hours and promises, as values of the domain."""

from datetime import date

import strawberry

from backend.errors import Refusal
from backend.graphql.types.enums import Priority
from backend.graphql.types.promises import CountedHours
from backend.tenants.calendars import Hours, OwnDay
from backend.tenants.targets import Promised, Rule, Targets
from backend.tickets.priorities import URGENCY

MOST_GIVEN = 1000


@strawberry.input(description="See `OpeningSpan`.")
class OpeningSpanInput:
    weekday: int
    opens: int
    closes: int


@strawberry.input(description="See `OwnDay`.")
class OwnDayInput:
    day: str
    name: str
    opens: int | None = None
    closes: int | None = None

    def value(self) -> OwnDay:
        try:
            day = date.fromisoformat(self.day)
        except ValueError:
            raise Refusal("not_a_day", "days") from None
        if (self.opens is None) != (self.closes is None):
            raise Refusal("hours_wrong", "days")
        spans = ((self.opens, self.closes),) if self.opens is not None and self.closes is not None else ()
        return OwnDay(day=day, name=self.name, spans=spans)


@strawberry.input(description="See `OpeningHours`.")
class OpeningHoursInput:
    spans: list[OpeningSpanInput]
    days: list[OwnDayInput]
    zone: str | None = None
    country: str | None = None
    subdivision: str | None = None

    def value(self) -> Hours:
        """Raises: Refusal where a weekday or day is none."""
        if len(self.spans) > MOST_GIVEN or len(self.days) > MOST_GIVEN:
            raise Refusal("too_many", "spans", most=MOST_GIVEN)
        if not all(0 <= each.weekday < 7 for each in self.spans):
            raise Refusal("hours_wrong", "weekly")
        weekly = tuple(
            tuple(sorted((each.opens, each.closes) for each in self.spans if each.weekday == weekday))
            for weekday in range(7)
        )
        days = tuple(each.value() for each in sorted(self.days, key=lambda one: one.day))
        return Hours(
            weekly=weekly,
            zone=self.zone or None,
            country=self.country or None,
            subdivision=self.subdivision or None,
            days=days,
        )


@strawberry.input(description="See `PromisedTimes`.")
class PromisedTimesInput:
    priority: Priority
    aim: int | None = None
    answer: int | None = None
    solution: int | None = None


@strawberry.input(description="See `PromiseRule`.")
class PromiseRuleInput:
    count: CountedHours
    warn_minutes: int

    def value(self) -> Rule:
        return Rule(count=self.count.value, warn_minutes=self.warn_minutes)


@strawberry.input(description="See `Promises`. A priority that is not named promises nothing.")
class PromisesInput:
    times: list[PromisedTimesInput]
    aim: PromiseRuleInput
    answer: PromiseRuleInput
    solution: PromiseRuleInput

    def value(self) -> Targets:
        """Raises: Refusal where a priority is named twice."""
        given = {URGENCY[each.priority.value]: each for each in self.times}
        if len(given) < len(self.times):
            raise Refusal("priority_twice", "times")
        return Targets(
            urgencies=tuple(
                Promised(aim=given[n].aim, answer=given[n].answer, solution=given[n].solution)
                if n in given
                else Promised()
                for n in range(5)
            ),
            aim=self.aim.value(),
            answer=self.answer.value(),
            solution=self.solution.value(),
        )
