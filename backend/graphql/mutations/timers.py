"""Mutations of timers: parse, call the verb, wrap. No rule lives here."""

from datetime import datetime

import strawberry

from backend.graphql.context import Info
from backend.graphql.mutations.company import DoneResult
from backend.graphql.mutations.tickets import TicketResult
from backend.graphql.types.common import Done
from backend.graphql.types.tickets import ticket_of_number
from backend.tickets.timers import answer_links, close_now, keep_open, pause, snooze


@strawberry.type
class TimerMutation:
    @strawberry.mutation(description="Keep a ticket open that would close by itself: what is pending begins again.")
    async def keep_open(self, info: Info, number: int) -> TicketResult:
        await keep_open.keep_open(info.context.actor, number)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="End a ticket now. `withoutProof`: why a lead goes on where it is held back.")
    async def close_now(self, info: Info, number: int, without_proof: str | None = None) -> TicketResult:
        await close_now.close_now(info.context.actor, number, without_proof=without_proof)
        return await ticket_of_number(info, number)

    @strawberry.mutation(
        description="Keep open or close by a mailed link, whoever is signed in; it is used up by that. Opening a link does nothing."
    )
    async def answer_by_link(self, info: Info, token: str) -> DoneResult:
        await answer_links.answer_by_link(info.context.actor, token)
        return Done(ok=True)

    @strawberry.mutation(description="Put off what is pending: by hours, or until the next of it is due at a moment.")
    async def snooze(
        self, info: Info, number: int, hours: int | None = None, until: datetime | None = None
    ) -> TicketResult:
        await snooze.snooze(info.context.actor, number, hours=hours, until=until)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Stop what is pending until it is resumed or the status changes.")
    async def pause(self, info: Info, number: int) -> TicketResult:
        await pause.pause(info.context.actor, number)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Let what was paused go on with the time that was left.")
    async def resume(self, info: Info, number: int) -> TicketResult:
        await pause.resume(info.context.actor, number)
        return await ticket_of_number(info, number)
