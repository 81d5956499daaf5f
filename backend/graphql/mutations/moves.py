"""Mutations of splits and merges: parse, call the verb, wrap. No rule lives here."""

from typing import Annotated

import strawberry
from strawberry import ID

from backend.graphql.context import Info, id_of
from backend.graphql.types.common import Problem
from backend.graphql.types.tickets import Ticket, ticket_of_number
from backend.tickets.moves import merge, split, undo


@strawberry.input(
    description="Messages, and notes, that go into a ticket of their own. `withoutProof`: why a lead goes on where it is held back."
)
class SplitTicketInput:
    number: int
    message_ids: list[ID]
    department_id: ID
    subject: str
    kind_id: ID | None = None
    without_proof: str | None = None


@strawberry.type(description="The ticket without the messages, and the new one that holds them.")
class SplitTicketSuccess:
    ticket: Ticket
    split_off: Ticket


@strawberry.type(description="The ticket that was closed, and the one in which it goes on.")
class MergeTicketsSuccess:
    source: Ticket
    target: Ticket


@strawberry.type(description="Both tickets, each by itself again.")
class UndoSuccess:
    ticket: Ticket
    other: Ticket


SplitTicketResult = Annotated[SplitTicketSuccess | Problem, strawberry.union("SplitTicketResult")]
MergeTicketsResult = Annotated[MergeTicketsSuccess | Problem, strawberry.union("MergeTicketsResult")]
UndoResult = Annotated[UndoSuccess | Problem, strawberry.union("UndoResult")]


@strawberry.type
class MoveMutation:
    @strawberry.mutation(
        description="Move messages of a ticket into a new one. Each waits since its own first unanswered message."
    )
    async def split_ticket(self, info: Info, input: SplitTicketInput) -> SplitTicketResult:  # noqa: A002
        made = await split.split_ticket(
            info.context.actor,
            input.number,
            split.Part(
                message_ids=[id_of(each) for each in input.message_ids],
                department_id=id_of(input.department_id),
                subject=input.subject,
                kind_id=id_of(input.kind_id) if input.kind_id else None,
                without_proof=input.without_proof,
            ),
        )
        ticket = await ticket_of_number(info, input.number)
        return SplitTicketSuccess(ticket=ticket, split_off=await ticket_of_number(info, made))

    @strawberry.mutation(
        description="Let a ticket go on in another of the same client: messages in one timeline, the source closed with a link."
    )
    async def merge_tickets(self, info: Info, source: int, target: int) -> MergeTicketsResult:
        await merge.merge_tickets(info.context.actor, source, target)
        merged = await ticket_of_number(info, source)
        return MergeTicketsSuccess(source=merged, target=await ticket_of_number(info, target))

    @strawberry.mutation(description="Undo the split that made the ticket with this number.")
    async def undo_split(self, info: Info, number: int) -> UndoResult:
        other = await undo.undo_split(info.context.actor, number)
        ticket = await ticket_of_number(info, number)
        return UndoSuccess(ticket=ticket, other=await ticket_of_number(info, other))

    @strawberry.mutation(description="Undo the merge of the ticket with this number into another.")
    async def undo_merge(self, info: Info, number: int) -> UndoResult:
        other = await undo.undo_merge(info.context.actor, number)
        ticket = await ticket_of_number(info, number)
        return UndoSuccess(ticket=ticket, other=await ticket_of_number(info, other))
