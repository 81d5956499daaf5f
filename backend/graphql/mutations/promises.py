"""Mutations of hours and promises: parse, call the verb, wrap. No rule lives here."""

from typing import Annotated

import strawberry
from strawberry import ID

from backend.graphql.context import Info, id_of
from backend.graphql.promise_inputs import OpeningHoursInput, PromisesInput
from backend.graphql.types.common import Problem
from backend.graphql.types.promises import HoursAndPromises
from backend.tenants import set_hours as setting


@strawberry.type(description="All hours and promises that are set now, the company's first.")
class AllHoursAndPromises:
    all: list[HoursAndPromises]


HoursAndPromisesResult = Annotated[AllHoursAndPromises | Problem, strawberry.union("HoursAndPromisesResult")]


@strawberry.type
class PromiseMutation:
    @strawberry.mutation(
        description="Set when people are there: the company's hours, or a department's own. No hours: the company's hold there again."
    )
    async def set_opening_hours(
        self, info: Info, department_id: ID | None = None, hours: OpeningHoursInput | None = None
    ) -> HoursAndPromisesResult:
        department = id_of(department_id) if department_id else None
        await setting.set_hours(info.context.actor, department, hours.value() if hours else None)
        return await _all()

    @strawberry.mutation(
        description="Set what is promised by the company, or by a department for itself. None given: the company's hold there again."
    )
    async def set_promises(
        self, info: Info, department_id: ID | None = None, promises: PromisesInput | None = None
    ) -> HoursAndPromisesResult:
        department = id_of(department_id) if department_id else None
        await setting.set_targets(info.context.actor, department, promises.value() if promises else None)
        return await _all()


async def _all() -> AllHoursAndPromises:
    return AllHoursAndPromises(all=[HoursAndPromises.of(*each) for each in await setting.hours_and_targets()])
