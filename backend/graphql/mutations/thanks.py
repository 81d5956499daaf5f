"""Mutations of thanks: parse, call the verb, wrap. No rule lives here."""

from typing import Annotated

import strawberry
from strawberry import ID

from backend.graphql.context import Info, id_of
from backend.graphql.mutations.tickets import TicketResult
from backend.graphql.types.common import Problem
from backend.graphql.types.thanks import ThanksReview
from backend.graphql.types.tickets import ticket_of_number
from backend.tickets.thanks.review import set_thanks_minutes, thanks_review
from backend.tickets.thanks.take import say_all_fine
from backend.tickets.thanks.take_as_reply import take_as_reply

ThanksReviewResult = Annotated[ThanksReview | Problem, strawberry.union("ThanksReviewResult")]


@strawberry.type
class ThanksMutation:
    @strawberry.mutation(
        description='Say "Thanks, all fine": it never reopens, and may close where the lifecycle says so.'
    )
    async def say_all_fine(self, info: Info, number: int) -> TicketResult:
        await say_all_fine(info.context.actor, number)
        return await ticket_of_number(info, number)

    @strawberry.mutation(
        description="Say that a message which was taken as thanks was a reply: its ticket waits since it was written."
    )
    async def take_as_reply(self, info: Info, id: ID) -> TicketResult:  # noqa: A002
        return await ticket_of_number(info, await take_as_reply(info.context.actor, id_of(id)))

    @strawberry.mutation(description="Set the minutes that a needless reopening costs; for admins.")
    async def set_thanks_minutes(self, info: Info, minutes: int) -> ThanksReviewResult:
        await set_thanks_minutes(info.context.actor, minutes)
        return ThanksReview.of(await thanks_review(info.context.actor))
