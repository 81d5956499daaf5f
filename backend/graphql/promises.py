"""Queries of hours and promises; for admins, and the countries whose holidays are known."""

from datetime import timedelta

import strawberry
from babel import Locale

from backend.actor import require_admin
from backend.clock import now
from backend.errors import Refusal
from backend.graphql.context import Info
from backend.graphql.promise_inputs import OpeningHoursInput, PromisesInput
from backend.graphql.types.enums import Priority
from backend.graphql.types.promises import Holiday, HolidayCountry, HoursAndPromises, PromisePreview, Subdivision
from backend.public_holidays import countries, public_holidays, subdivisions
from backend.tenants.set_hours import hours_and_targets, require_sense
from backend.tickets.priorities import URGENCY
from backend.tickets.promises.words import promise_before


@strawberry.type
class PromiseQuery:
    @strawberry.field(
        description="The hours and promises that were set, the company's first; for admins, none for others."
    )
    async def hours_and_promises(self, info: Info) -> list[HoursAndPromises]:
        if not info.context.actor.administers:
            return []
        return [HoursAndPromises.of(*each) for each in await hours_and_targets()]

    @strawberry.field(description="The countries whose public holidays are known, by name.")
    async def holiday_countries(self, info: Info) -> list[HolidayCountry]:
        names = Locale.parse(info.context.actor.language).territories
        found = [
            HolidayCountry(
                code=code,
                name=names.get(code, code),
                subdivisions=[Subdivision(code=part, name=name) for part, name in subdivisions(code).items()],
            )
            for code in countries()
        ]
        return sorted(found, key=lambda each: each.name)

    @strawberry.field(description="The public holidays of a year; none where the country is not known.")
    async def holidays(self, info: Info, country: str, year: int, subdivision: str | None = None) -> list[Holiday]:
        if not 1900 <= year <= 2200:
            return []
        try:
            found = public_holidays(country, subdivision or None, year, info.context.actor.language)
        except ValueError:
            return []
        return [Holiday(day=day.isoformat(), name=name) for day, name in found.items()]

    @strawberry.field(description="What a client would read with these hours and promises; for admins.")
    async def preview_promise(
        self, info: Info, hours: OpeningHoursInput, promises: PromisesInput, priority: Priority
    ) -> PromisePreview | None:
        try:
            require_admin(info.context.actor)
            given, targets = hours.value(), promises.value()
            zone = (await info.context.company.load(0)).time_zone
            require_sense(given, zone)
        except Refusal:
            return None
        calendar, at, language = given.calendar(zone), now(), info.context.actor.language
        opened = calendar.next_opening(at)
        closing = calendar.closing(opened)
        urgency = URGENCY[priority.value]
        while_open = promise_before(targets, calendar, urgency, language=language, at=opened)
        closed = None
        if closing is not None:
            closed = promise_before(targets, calendar, urgency, language=language, at=closing + timedelta(minutes=30))
        return PromisePreview(now=while_open[0] if while_open else None, closed=closed[0] if closed else None)
