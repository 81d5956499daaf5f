"""The compiled executor against graphql-core, over the product's own types and the documents of its pages."""

import strawberry
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter

from backend.graphql.compiled.executor import CompiledExecutor, compiled_executor
from backend.graphql.compiled.plain import attribute, owner
from backend.graphql.schema import build_schema
from backend.graphql.types.clients import Client, ProofLock
from backend.graphql.types.common import Node
from backend.graphql.types.company import CompanyType, Department, Member
from backend.graphql.types.statuses import Status
from backend.graphql.types.ticket_pages import TicketConnection
from backend.graphql.types.tickets import Ticket
from backend.graphql.types.timeline import TimelineConnection, TimelineItem
from backend.graphql.types.viewer import Viewer
from backend.tests.graphql.random_documents import documents, runs


@strawberry.type
class Query:
    company: CompanyType
    viewer: Viewer | None
    page: TicketConnection
    ticket: Ticket | None
    timeline: TimelineConnection | None
    items: list[TimelineItem]
    nodes: list[Node | None]
    departments: list[Department]
    members: list[Member]
    client: Client | None
    locks: list[ProofLock]
    statuses: list[Status]


schema = strawberry.Schema(Query)._schema
plain: type[CompiledExecutor] = StrawberryGraphQLCoreExecutionContext  # type: ignore[assignment]
compiled = compiled_executor(documents=50)


def without_resolvers(type_: GraphQLObjectType | GraphQLInterfaceType) -> list[str]:
    """Fields that need no database."""
    back = GraphQLCoreConverter.DEFINITION_BACKREF
    return [name for name, field in type_.fields.items() if field.extensions[back].is_basic_field]


@given(text=documents(schema, without_resolvers, depth=5), seed=st.integers(0, 2**32))
@settings(max_examples=120, deadline=None)
async def test_any_document_over_our_types_gives_what_graphql_core_gives(text: str, seed: int) -> None:
    assert await runs(schema, text, seed, compiled) == await runs(schema, text, seed, plain)


def test_every_type_of_ours_is_plain_where_it_has_no_resolver() -> None:
    """A property or a hook on one of our classes would quietly take its page off the short way."""
    found = build_schema(compiled=False)._schema
    slow: list[str] = []
    for type_ in found.type_map.values():
        if not isinstance(type_, GraphQLObjectType) or type_.name.startswith("__"):
            continue
        of = owner(type_)
        if of is None:
            slow.append(type_.name)
            continue
        slow += [
            f"{type_.name}.{name}" for name in without_resolvers(type_) if attribute(of, type_.fields[name]) is None
        ]
    assert slow == []
