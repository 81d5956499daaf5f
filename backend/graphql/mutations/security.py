"""Mutations of how somebody signs in."""

from typing import Annotated

import strawberry
from strawberry import ID

from backend.accounts import own_sessions
from backend.accounts.secret import Secret
from backend.accounts.step_up import step_up
from backend.graphql.context import Info, id_of
from backend.graphql.types.common import Problem
from backend.graphql.types.security import Security

SecurityResult = Annotated[Security | Problem, strawberry.union("SecurityResult")]


@strawberry.type
class SecurityMutation:
    @strawberry.mutation(description="Say again that it is you; sensitive changes then go through for a while.")
    async def step_up(self, info: Info, password: str) -> SecurityResult:
        await step_up(info.context.actor, Secret(password))
        return Security()

    @strawberry.mutation(description="Sign out of one of the reader's sessions.")
    async def end_session(self, info: Info, id: ID) -> SecurityResult:  # noqa: A002 (the schema's word)
        await own_sessions.end_own_session(info.context.actor, id_of(id))
        return Security()

    @strawberry.mutation(description="Sign out everywhere but here.")
    async def end_other_sessions(self, info: Info) -> SecurityResult:
        await own_sessions.end_other_sessions(info.context.actor)
        return Security()
