"""The schema, its limits and its error handling."""

import strawberry

from backend.graphql.documents import Documents, ReadDocument
from backend.graphql.errors import Masked, RefusalHandler
from backend.graphql.mutations.company import CompanyMutation
from backend.graphql.mutations.tickets import TicketMutation
from backend.graphql.queries import Query
from backend.graphql.subscriptions import Subscription
from backend.graphql.who_acts import AskWhoActs

_documents = Documents()


@strawberry.type
class Mutation(CompanyMutation, TicketMutation):
    """Every mutation: each a verb of a domain."""


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    exception_handlers=[RefusalHandler()],
    extensions=[
        AskWhoActs,
        lambda: ReadDocument(_documents),
        Masked,
    ],
)
