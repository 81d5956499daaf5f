"""Queries of routing: routes, projects, and the unfinished work of people who are away."""

from collections.abc import Sequence
from uuid import UUID

import strawberry
from strawberry import ID

from backend.graphql.context import Info, id_of
from backend.graphql.types.company import Member
from backend.graphql.types.routing import ColleagueWork, Project, Route, UnfinishedWork
from backend.graphql.types.tickets import tickets_of
from backend.tenants.queries import list_members
from backend.tickets.projects.queries import list_projects
from backend.tickets.routing.routes import list_routes
from backend.tickets.routing.unfinished import Work, count_unfinished, unfinished_work


@strawberry.type
class RoutingQuery:
    @strawberry.field(description="By which rules a ticket finds who works on it, in their order; for staff.")
    async def routes(self, info: Info) -> list[Route]:
        return [Route.of(each) for each in await list_routes(info.context.actor)]

    @strawberry.field(
        description="Projects by name: for staff all or a client's, for a contact those of its client; done ones where asked for."
    )
    async def projects(
        self, info: Info, client_id: ID | None = None, include_done: bool = False, first: int = 100
    ) -> list[Project]:
        actor = info.context.actor
        found = await list_projects(
            actor, client_id=id_of(client_id) if client_id else None, include_done=include_done, first=first
        )
        return [Project.of(each, actor) for each in found]

    @strawberry.field(description="What lies undone with people who are away, and what can be handed back; for staff.")
    async def unfinished_work(self, info: Info) -> UnfinishedWork:
        actor = info.context.actor
        away, back = await unfinished_work(actor, "away"), await unfinished_work(actor, "back")
        members: dict[UUID, Member] = {}
        if away or back:
            found = await list_members(actor, include_inactive=True)
            members = {each["account_id"]: Member.of(each, actor.account_id) for each in found}
        return UnfinishedWork(away=await _work(info, away, members), back=await _work(info, back, members))

    @strawberry.field(description="How many unfinished tickets lie with people who are away; for staff.")
    async def unfinished_count(self, info: Info) -> int:
        return await count_unfinished(info.context.actor)


async def _work(info: Info, found: Sequence[Work], members: dict[UUID, Member]) -> list[ColleagueWork]:
    work = [
        ColleagueWork(member=members[each.account_id], count=each.count, tickets=await tickets_of(info, each.tickets))
        for each in found
        if each.account_id in members
    ]
    return sorted(work, key=lambda each: (each.member.person.name, each.member.id))
