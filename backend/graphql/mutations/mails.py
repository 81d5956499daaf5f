"""Queries and mutations of mails that came in."""

from typing import Annotated

import strawberry
from strawberry import ID

from backend.graphql.context import Info, id_of
from backend.graphql.types.common import Done, Problem
from backend.graphql.types.mails import UnreadableMails
from backend.mailboxes.incoming import unreadable

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
