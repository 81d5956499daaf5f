"""GraphQL over HTTP and over graphql-transport-ws, at /graphql."""

from typing import Any

from litestar.types import Scope
from strawberry.litestar import make_graphql_controller
from strawberry.litestar.controller import GraphQLController
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from backend.graphql.context import Context
from backend.graphql.over_http import OverHttp
from backend.graphql.schema import build_schema
from backend.live import LiveHub

MOST_SUBSCRIPTIONS = 20
"""Subscriptions of one connection; a desk has three open."""


def graphql_controller(hub: LiveHub, environment: str, *, compiled: bool) -> type[GraphQLController]:
    """The controller, with the hub from which subscriptions hear."""

    def context_of(scope: Scope) -> Context:
        state: dict[str, Any] = scope["state"]
        return Context(
            actor=state["actor"],
            hub=hub,
            environment=environment,
            origin=state["origin"],
            signed_in_by=state["signed_in_by"],
        )

    async def context(scope: Scope) -> Context:
        return context_of(scope)

    made = make_graphql_controller(
        build_schema(compiled=compiled),
        path="/graphql",
        graphql_ide=None,
        allow_queries_via_get=False,
        context_getter=context,
        subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
        max_subscriptions_per_connection=MOST_SUBSCRIPTIONS,
    )

    class Controller(OverHttp, made):  # type: ignore[valid-type, misc]
        def context_of(self, scope: Scope) -> Context:
            return context_of(scope)

    return Controller
