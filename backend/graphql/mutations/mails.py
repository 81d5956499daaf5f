"""Queries and mutations of mails that came in."""

from typing import Annotated

import strawberry
from strawberry import ID

from backend.graphql.context import Info, id_of
from backend.graphql.mutations.tickets import TicketResult
from backend.graphql.types.common import Done, Problem
from backend.graphql.types.mails import UnreadableMails
from backend.graphql.types.tickets import ticket_of_number
from backend.mailboxes.incoming import copies, held, unreadable

MailResult = Annotated[Done | Problem, strawberry.union("MailResult")]


@strawberry.type
class MailQuery:
    @strawberry.field(description="Mails that came in and could not be read; for admins, null for others.")
    async def unreadable_mails(self, info: Info, first: int = 50) -> UnreadableMails | None:
        page = await unreadable.unreadable_mails(info.context.actor, first)
        return UnreadableMails.of(page, info.context.actor.language) if page else None


@strawberry.type
class MailMutation:
    @strawberry.mutation(description="Try a mail once more that could not be read.")
    async def try_mail_again(self, info: Info, id: ID) -> MailResult:  # noqa: A002 (the schema's word)
        await unreadable.try_again(info.context.actor, id_of(id))
        return Done(ok=True)

    @strawberry.mutation(description="Add a held mail to its ticket, as a message of its sender that proves nothing.")
    async def add_held_mail(self, info: Info, id: ID) -> TicketResult:  # noqa: A002 (the schema's word)
        return await ticket_of_number(info, await held.add_held_mail(info.context.actor, id_of(id)))

    @strawberry.mutation(description="Make a held mail a ticket of its sender, and return that.")
    async def open_held_mail(self, info: Info, id: ID) -> TicketResult:  # noqa: A002 (the schema's word)
        return await ticket_of_number(info, await held.open_held_mail(info.context.actor, id_of(id)))

    @strawberry.mutation(description="Put a held mail aside for good.")
    async def discard_held_mail(self, info: Info, id: ID) -> TicketResult:  # noqa: A002 (the schema's word)
        return await ticket_of_number(info, await held.discard_held_mail(info.context.actor, id_of(id)))

    @strawberry.mutation(description="Send somebody no more copies of a ticket's answers.")
    async def remove_copy(self, info: Info, id: ID) -> TicketResult:  # noqa: A002 (the schema's word)
        return await ticket_of_number(info, await copies.remove_copy(info.context.actor, id_of(id)))
