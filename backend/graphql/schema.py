"""The schema, its limits and its error handling."""

import strawberry
from strawberry.extensions import MaxAliasesLimiter, MaxTokensLimiter, ParserCache, QueryDepthLimiter, ValidationCache

from backend.graphql.cost import CostLimiter
from backend.graphql.errors import Masked, RefusalHandler
from backend.graphql.mutations.company import CompanyMutation
from backend.graphql.mutations.tickets import TicketMutation
from backend.graphql.queries import Query
from backend.graphql.subscriptions import Subscription
from backend.graphql.who_acts import AskWhoActs

MOST_DEPTH = 12
MOST_ALIASES = 30
MOST_TOKENS = 2_000
CACHED_DOCUMENTS = 500


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
        lambda: QueryDepthLimiter(max_depth=MOST_DEPTH),
        lambda: MaxAliasesLimiter(max_alias_count=MOST_ALIASES),
        lambda: MaxTokensLimiter(max_token_count=MOST_TOKENS),
        CostLimiter,
        lambda: ParserCache(maxsize=CACHED_DOCUMENTS),
        lambda: ValidationCache(maxsize=CACHED_DOCUMENTS),
        Masked,
    ],
)
