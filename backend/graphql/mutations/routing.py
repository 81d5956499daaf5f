"""Mutations of routing: routes, who is in, take-over, categories and projects."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import ID

from backend.graphql.context import Info, id_of
from backend.graphql.mutations.company import MemberResult
from backend.graphql.mutations.tickets import TicketResult
from backend.graphql.types.common import Problem
from backend.graphql.types.company import Member
from backend.graphql.types.enums import Category
from backend.graphql.types.presence import moment_of
from backend.graphql.types.routing import Project, ProjectState, Route, RouteMoment, RouteStep
from backend.graphql.types.tickets import ticket_of_number
from backend.tenants.presence.absences import end_absence, set_absence
from backend.tenants.presence.hours import set_hours
from backend.tenants.presence.shifts import Shift
from backend.tenants.queries import list_members
from backend.tickets import categorise
from backend.tickets.projects.queries import get_project
from backend.tickets.projects.save import create_project, update_project
from backend.tickets.routing import take_over as taking
from backend.tickets.routing.routes import NewRoute, list_routes, set_routes


@strawberry.input(description="A route; no department means all, no category all. See `Route`.")
class RouteInput:
    moments: list[RouteMoment]
    steps: list[RouteStep]
    department_id: ID | None = None
    category: Category | None = None
    off_shift: bool = False


@strawberry.input(description="Hours on a weekday; see `Shift`.")
class ShiftInput:
    weekday: int
    begins: int
    ends: int


@strawberry.input(description="A project's name, who leads it (a member's id), and whether it runs.")
class ProjectInput:
    name: str
    lead_id: ID | None = None
    state: ProjectState = ProjectState.ACTIVE


@strawberry.type(description="The routes in their order.")
class Routes:
    routes: list[Route]


@strawberry.type(description="The tickets that changed hands, by number.")
class ChangedHands:
    numbers: list[int]


RoutesResult = Annotated[Routes | Problem, strawberry.union("RoutesResult")]
ProjectResult = Annotated[Project | Problem, strawberry.union("ProjectResult")]
ChangedHandsResult = Annotated[ChangedHands | Problem, strawberry.union("ChangedHandsResult")]


@strawberry.type
class RoutingMutation:
    @strawberry.mutation(description="Have exactly these routes, in this order; they hold from now on.")
    async def set_routes(self, info: Info, routes: list[RouteInput]) -> RoutesResult:
        actor = info.context.actor
        await set_routes(
            actor,
            [
                NewRoute(
                    department_id=id_of(each.department_id) if each.department_id else None,
                    category=each.category.value if each.category else None,
                    moments=tuple(moment.value for moment in each.moments),
                    steps=tuple(step.value for step in each.steps),
                    off_shift=each.off_shift,
                )
                for each in routes
            ],
        )
        return Routes(routes=[Route.of(each) for each in await list_routes(actor)])

    @strawberry.mutation(
        description="Say when a member is away; without an end, until they are back. One's own, or anybody's for a lead."
    )
    async def set_absence(
        self, info: Info, member_id: ID, from_at: datetime, until_at: datetime | None = None, reason: str = ""
    ) -> MemberResult:
        await set_absence(
            info.context.actor,
            id_of(member_id),
            from_at=moment_of(from_at),
            until_at=moment_of(until_at) if until_at else None,
            reason=reason,
        )
        return await _get_member(info, member_id)

    @strawberry.mutation(description="The member is back, or will not be away after all.")
    async def end_absence(self, info: Info, id: ID) -> MemberResult:  # noqa: A002
        member_id = await end_absence(info.context.actor, id_of(id))
        return await _get_member(info, ID(str(member_id)))

    @strawberry.mutation(
        description="Set a member's weekly hours (none: always in) and, as a lead, the most open tickets that rules give them."
    )
    async def set_hours(
        self,
        info: Info,
        member_id: ID,
        shifts: list[ShiftInput],
        time_zone: str | None = None,
        capacity: int | None = None,
    ) -> MemberResult:
        await set_hours(
            info.context.actor,
            id_of(member_id),
            shifts=[Shift(each.weekday, each.begins, each.ends) for each in shifts],
            time_zone=time_zone,
            capacity=capacity,
        )
        return await _get_member(info, member_id)

    @strawberry.mutation(description="Take a ticket over from a colleague who is away.")
    async def take_over(self, info: Info, number: int) -> TicketResult:
        await taking.take_over(info.context.actor, number)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Take over all unfinished tickets of a colleague who is away.")
    async def take_over_all(self, info: Info, member_id: ID) -> ChangedHandsResult:
        return ChangedHands(numbers=list(await taking.take_over_all(info.context.actor, id_of(member_id))))

    @strawberry.mutation(description="Give a ticket that was taken over back to the colleague, who has returned.")
    async def hand_back(self, info: Info, number: int) -> TicketResult:
        await taking.hand_back(info.context.actor, number)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Give all tickets that were taken over from a colleague back to them.")
    async def hand_back_all(self, info: Info, member_id: ID) -> ChangedHandsResult:
        return ChangedHands(numbers=list(await taking.hand_back_all(info.context.actor, id_of(member_id))))

    @strawberry.mutation(description="Say what a ticket is: a question, a work request or a message on a project.")
    async def set_category(self, info: Info, number: int, category: Category) -> TicketResult:
        await categorise.set_category(info.context.actor, number, category.value)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Say to which of its client's projects a ticket belongs, or to none.")
    async def set_project(self, info: Info, number: int, project_id: ID | None = None) -> TicketResult:
        await categorise.set_project(info.context.actor, number, id_of(project_id) if project_id else None)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Begin a project for a client; for leads.")
    async def create_project(self, info: Info, client_number: int, input: ProjectInput) -> ProjectResult:  # noqa: A002
        made = await create_project(
            info.context.actor,
            client_number=client_number,
            name=input.name,
            lead_id=id_of(input.lead_id) if input.lead_id else None,
            state=input.state.value,
        )
        return Project.of(await get_project(made), info.context.actor)

    @strawberry.mutation(description="Rename a project, change its lead, or say that it rests or is done; for leads.")
    async def update_project(self, info: Info, id: ID, input: ProjectInput) -> ProjectResult:  # noqa: A002
        await update_project(
            info.context.actor,
            id_of(id),
            name=input.name,
            lead_id=id_of(input.lead_id) if input.lead_id else None,
            state=input.state.value,
        )
        return Project.of(await get_project(id_of(id)), info.context.actor)


async def _get_member(info: Info, member_id: ID) -> Member:
    info.context.fresh()
    found = await list_members(info.context.actor, include_inactive=True)
    wanted = id_of(member_id)
    return next(Member.of(each, info.context.actor.account_id) for each in found if each["id"] == wanted)
