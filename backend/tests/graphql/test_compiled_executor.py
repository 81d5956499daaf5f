"""How the compiled executor goes about it: what it takes on, what it leaves, what it keeps, when it is off."""

from typing import Any, cast

import pytest
import strawberry
import structlog
from graphql import GraphQLObjectType, parse
from graphql.execution.collect_fields import GroupedFieldSet
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from backend.graphql.compiled import versions
from backend.graphql.compiled.executor import CompiledExecutor, compiled_executor
from backend.graphql.schema import build_schema
from backend.tests.graphql.random_documents import run, told
from backend.tests.graphql.synthetic import SCHEMA, Query, Stone, Subscription, Tree, objects, whole

PLAIN = StrawberryGraphQLCoreExecutionContext
COMPILED: Any = compiled_executor(documents=50)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("{ all { __typename text maybeText flag count ratio key at hour uid price colour colours tags grid } }", ""),
        (
            "{ all { leaf { ...L } leaves { ...L } someLeaves { a: id } nested { stone { weight } } } } fragment L on Leaf "
            "{ id at veins tags }",
            "",
        ),
        ("{ alls { pure { ... on Stone { colour } ... on Leaf { id } } pures { __typename } text } }", ""),
        ("{ all { text shouted slowLeaf { id at } } }", "shouted slowLeaf"),
        ("{ all { text anything nested { text anything } } }", "anything nested"),
        ("{ all { named { name } thing { __typename ... on Tree { height leaves { id } } } } }", ""),
        ("{ all { text tree { height halved } } }", "tree halved"),
    ],
)
async def test_plain_fields_never_reach_graphql_core_and_the_others_do(text: str, left: str) -> None:
    reached: set[str] = set()

    class Watched(COMPILED):  # type: ignore[misc]
        def execute_fields(
            self, parent: GraphQLObjectType, source: Any, path: Any, fields: GroupedFieldSet, context: Any
        ) -> Any:
            if parent.name != "Query":
                reached.update(fields)
            return super().execute_fields(parent, source, path, fields, context)

    root = whole(text)
    result = await run(SCHEMA, parse(text), root, Watched)
    assert reached == set(left.split())
    assert told(result) == told(await run(SCHEMA, parse(text), root, PLAIN))


async def test_the_document_is_compiled_once_for_all_requests() -> None:
    kept: Any = compiled_executor(documents=2)
    document = parse("{ all { text leaf { id } } }")
    for seed in range(3):
        await run(SCHEMA, document, objects("all text leaf id", seed), kept)
    assert kept.programs.cache_info().misses == 1
    for _ in range(5):
        await run(SCHEMA, parse("{ all { text } }"), objects("all text", 1), kept)
    assert kept.programs.cache_info().currsize == 2


@pytest.mark.parametrize("compile_it", [True, False])
async def test_a_subscription_tells_its_events_and_remembers_none(compile_it: bool) -> None:
    executors: list[Any] = []

    class Watched(COMPILED if compile_it else PLAIN):  # type: ignore[misc]
        def build_per_event_executor(self, payload: Any) -> Any:
            executors.append(super().build_per_event_executor(payload))
            return executors[-1]

    live = strawberry.Schema(Query, subscription=Subscription, types=[Stone, Tree], execution_context_class=Watched)
    stream = await live.subscribe("subscription { leaves { id at veins ... @include(if: true) { tags } } }")
    results = [each async for each in cast("Any", stream)]
    assert [each.data["leaves"] and each.data["leaves"]["veins"] for each in results] == [[[0]], [[1]], [[2]], None]
    assert len(executors) == 4
    assert compile_it == all(len(each._relevant_sub_fields) <= 1 for each in executors)


async def test_a_resolver_around_every_field_still_sees_every_field() -> None:
    seen: list[str] = []

    class Seeing(SchemaExtension):
        def resolve(self, _next: Any, root: Any, info: Any, *args: Any, **kwargs: Any) -> Any:
            seen.append(info.field_name)
            return _next(root, info, *args, **kwargs)

    watched = strawberry.Schema(Query, types=[Stone, Tree], execution_context_class=COMPILED, extensions=[Seeing])
    result = await watched.execute("{ all { text leaf { id } } }", root_value=whole("text leaf id"))
    assert result.errors is None
    assert seen == ["all", "text", "leaf", "id"]


def test_the_installed_libraries_are_those_it_was_written_for() -> None:
    versions.check_versions()


def test_other_libraries_switch_it_off_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(versions.WRITTEN_FOR, "graphql-core", "3.4.0")
    with pytest.raises(versions.OtherVersions, match=r"graphql-core 3\.3\.2 \(written for 3\.4\.0\)"):
        versions.check_versions()
    with structlog.testing.capture_logs() as logged:
        built = build_schema(compiled=True)
    assert not issubclass(built.execution_context_class, CompiledExecutor)
    [line] = logged
    assert (line["log_level"], line["event"]) == ("warning", "compiled execution is off")
    assert "Compiled execution does not know graphql-core 3.3.2" in line["reason"]


def test_the_setting_switches_it() -> None:
    assert issubclass(build_schema(compiled=True).execution_context_class, CompiledExecutor)
    assert not issubclass(build_schema(compiled=False).execution_context_class, CompiledExecutor)
