"""Mutations of secrets: parse, call the verb, wrap. What is sealed leaves by `showSecret` alone."""

from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import ID

from backend.accounts.secret import Secret
from backend.graphql.context import Info, id_of
from backend.graphql.mutations.company import CompanyResult
from backend.graphql.mutations.tickets import ReplyResult, written_of
from backend.graphql.types.common import Problem
from backend.graphql.types.company import CompanyType
from backend.graphql.types.tickets import Ticket, ticket_of_number
from backend.secrets.questions import set_secret_days
from backend.tenants.queries import get_company
from backend.tickets import secrets as verbs
from backend.tickets.queries import number_of_secret

SHOWN_SECONDS = 30


@strawberry.type(description="What a secret says. Show it for `hideAfter` seconds and keep it nowhere.")
class ShownSecret:
    value: str
    hide_after: int
    ticket: Ticket


SecretResult = Annotated[Ticket | Problem, strawberry.union("SecretResult")]
ShowSecretResult = Annotated[ShownSecret | Problem, strawberry.union("ShowSecretResult")]


@strawberry.type
class SecretMutation:
    @strawberry.mutation(description="Ask the client's side for a secret by name; they are told by mail.")
    async def ask_for_secret(self, info: Info, number: int, label: str) -> SecretResult:
        await verbs.ask_for_secret(info.context.actor, number, label)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Send a secret that was asked for: sealed, with a message that says so.")
    async def send_secret(self, info: Info, id: ID, value: str) -> ReplyResult:  # noqa: A002
        sent = await verbs.send_secret(info.context.actor, id_of(id), Secret(value))
        return await written_of(info, sent.number, sent.message_id, sent.follow_up)

    @strawberry.mutation(description="Open a secret. Both sides see in the history that it was opened, and by whom.")
    async def show_secret(self, info: Info, id: ID) -> ShowSecretResult:  # noqa: A002
        opened = await verbs.show_secret(info.context.actor, id_of(id))
        return ShownSecret(value=opened.reveal(), hide_after=SHOWN_SECONDS, ticket=await _ticket(info, id_of(id)))

    @strawberry.mutation(description="Destroy a secret now, or ask for it no longer.")
    async def destroy_secret(self, info: Info, id: ID) -> SecretResult:  # noqa: A002
        await verbs.destroy_secret(info.context.actor, id_of(id))
        return await _ticket(info, id_of(id))

    @strawberry.mutation(description="Destroy secrets that are sealed from now on after so many days.")
    async def set_secret_days(self, info: Info, days: int) -> CompanyResult:
        await set_secret_days(info.context.actor, days)
        return CompanyType.of(await get_company(), info.context.environment)


async def _ticket(info: Info, secret_id: UUID) -> Ticket:
    return await ticket_of_number(info, await number_of_secret(secret_id))
