"""The product's own objects take the short way: a reader that gave up on each row would cost more than none."""

from typing import Any

import pytest
from graphql import GraphQLObjectType
from graphql.execution.collect_fields import FieldDetailsList

from backend.graphql.compiled.executor import compiled_executor
from backend.graphql.compiled.program import Selection
from backend.graphql.context import Context
from backend.graphql.schema import build_schema
from backend.live import LiveHub
from backend.tests.factories import within
from backend.tests.graphql.documents import operation
from backend.tests.graphql.world import World, a_world

PAGES: dict[str, dict[str, Any]] = {
    "Query.company": {},
    "Query.viewer": {},
    "Query.departments": {"includeArchived": True},
    "Query.ticket": {"number": 1001},
    "Query.queue": {"view": "ALL", "mine": False, "unassigned": False, "first": 5},
    "Query.viewCounts": {},
    "Query.search": {"query": "site", "first": 5},
    "Query.contrast": {"color": "#336699"},
}


@pytest.fixture(scope="module")
async def world() -> World:
    return await a_world(proved=False)


@pytest.mark.parametrize("path", PAGES)
async def test_no_object_of_a_page_is_left_to_graphql_core(world: World, path: str) -> None:
    read: list[str] = []
    given_up: list[str] = []

    class Watched(compiled_executor(documents=5)):  # type: ignore[misc]
        def _selection(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Selection | None:
            found: Selection | None = super()._selection(type_, details)
            return found._replace(read=self._watched(type_.name, found)) if found else None

        def _watched(self, name: str, selection: Selection) -> Any:
            def watched(value: object) -> dict[str, Any]:
                given_up.append(name)
                data = selection.read(value)
                read.append(given_up.pop())
                return data

            return watched

    schema = build_schema(compiled=True)
    schema.execution_context_class = Watched
    actor = world.people["admin"]
    assert actor is not None

    async def nobody() -> None:
        return None

    context = Context(actor=actor, hub=LiveHub(), environment="development", origin="", signed_in_by=nobody)
    with within(world.tenant):
        result = await schema.execute(operation(path).document, variable_values=PAGES[path], context_value=context)
    assert result.errors is None
    assert read
    assert given_up == []
