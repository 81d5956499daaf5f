"""The compiled executor against graphql-core, over a schema that has every shape of field."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, cast
from uuid import UUID

import pytest
import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, parse
from graphql.execution.collect_fields import GroupedFieldSet
from hypothesis import given, settings
from hypothesis import strategies as st
from strawberry.scalars import JSON
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from backend.graphql.compiled import versions
from backend.graphql.compiled.executor import CompiledExecutor, compiled_executor
from backend.graphql.schema import build_schema
from backend.tests.graphql.random_documents import Maker, documents, run, runs, told


@strawberry.enum
class Colour(Enum):
    RED = "red"
    ROUGE = "red"  # noqa: PIE796 (a second name for a value is what this is about)
    GREEN = strawberry.enum_value("green", name="VERT")
    BLUE = 3


@strawberry.interface
class Named:
    name: str
    note: str | None


@strawberry.type
class Stone(Named):
    weight: float
    colour: Colour


@strawberry.type
class Tree(Named):
    height: int
    leaves: "list[Leaf]"
    planted: date | None

    @strawberry.field
    def halved(self) -> int:
        return self.height // 2


@strawberry.type
class Leaf:
    id: strawberry.ID
    at: datetime
    veins: list[list[int]]
    tags: list[str | None] | None


@strawberry.type
class Sealed:
    """Plain in shape, but code of its own decides which objects are of it."""

    text: str

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        return isinstance(value, Sealed) and getattr(value, "text", "") != "text"


@strawberry.type
class Counted:
    """A property among its fields: code, which must run once."""

    steps: int
    total: Annotated[int, strawberry.field(name="sum")]


Counted.total = property(lambda self: self.steps * 10)  # type: ignore[assignment]
Thing = Annotated[Stone | Tree | Leaf, strawberry.union("Thing")]
Pure = Annotated[Stone | Leaf, strawberry.union("Pure")]


@strawberry.type
class All:
    text: str
    maybe_text: str | None
    flag: bool | None
    count: int
    ratio: float | None
    key: strawberry.ID
    at: datetime
    hour: time | None
    uid: UUID | None
    price: Decimal | None
    anything: JSON | None
    colour: Colour
    colours: list[Colour]
    tags: list[str]
    grid: list[list[int | None] | None] | None
    leaf: Leaf
    leaves: list[Leaf]
    some_leaves: list[Leaf | None] | None
    nested: "All | None"
    stone: Stone | None
    tree: Tree | None
    named: Named | None
    many_named: list[Named]
    thing: Thing | None
    things: list[Thing]
    pure: Pure
    pures: list[Pure | None]
    sealed: Sealed | None
    counted: Counted | None

    @strawberry.field
    def shouted(self, times: int = 1) -> str:
        return self.text.upper() * times

    @strawberry.field
    async def slow_leaf(self) -> Leaf | None:
        await asyncio.sleep(0)
        return self.leaf

    @strawberry.field
    async def slow_things(self) -> list[Thing]:
        return self.things

    @strawberry.field
    async def broken(self) -> str:
        await asyncio.sleep(0)
        if self.flag:
            raise ValueError("broken")
        return self.text

    @strawberry.field
    def broken_maybe(self) -> Leaf | None:
        raise ValueError("broken at once")


@strawberry.type
class Query:
    all: All | None
    alls: list[All]
    thing: Thing | None
    named: Named


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def leaves(self) -> AsyncGenerator[Leaf | None, None]:
        for number in range(3):
            yield Leaf(id=strawberry.ID(str(number)), at=datetime(2026, 3, 2), veins=[[number]], tags=None)  # noqa: DTZ001
        yield None


schema = strawberry.Schema(Query, subscription=Subscription, types=[Stone, Tree])._schema
plain: type[CompiledExecutor] = StrawberryGraphQLCoreExecutionContext  # type: ignore[assignment]
compiled = compiled_executor(documents=50)
seeds = st.integers(0, 2**32)


def every_field(type_: GraphQLObjectType | GraphQLInterfaceType) -> list[str]:
    return list(type_.fields)


def objects(text: str, seed: int, oddness: float = 0.0) -> object:
    assert schema.query_type
    return Maker(schema, text, seed, oddness).object_of(schema.query_type, 6)


PLACES = ("nested", "named", "thing", "tree", "leaf", "leaves", "someLeaves", "pures")


def whole(text: str) -> Any:
    """Objects with something in each of the places that a document here could look."""
    seed, found = 0, cast("Any", None)
    while not (found and found.alls and found.all and all(vars(found.all).get(name, True) for name in PLACES)):
        found, seed = objects(" ".join(("all alls", *PLACES, text)), seed), seed + 1
    return found


@given(text=documents(schema, every_field), seed=seeds)
@settings(max_examples=150, deadline=None)
async def test_any_document_over_any_objects_gives_what_graphql_core_gives(text: str, seed: int) -> None:
    assert await runs(schema, text, seed, compiled) == await runs(schema, text, seed, plain)


@given(texts=st.lists(documents(schema, every_field, depth=3), min_size=2, max_size=3), seed=seeds)
@settings(max_examples=30, deadline=None)
async def test_requests_at_the_same_time_do_not_touch_each_other(texts: list[str], seed: int) -> None:
    parsed = [(text, parse(text)) for text in texts]

    async def results(executor: type[CompiledExecutor]) -> list[str]:
        together = [
            run(schema, document, objects(text, seed + number, 0.02), executor, yes=number % 2 == 0)
            for number in range(4)
            for text, document in parsed
        ]
        return [told(each) for each in await asyncio.gather(*together)]

    assert await results(compiled) == await results(plain)


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

    class Watched(compiled):  # type: ignore[valid-type, misc]
        def execute_fields(
            self, parent: GraphQLObjectType, source: Any, path: Any, fields: GroupedFieldSet, context: Any
        ) -> Any:
            if parent.name != "Query":
                reached.update(fields)
            return super().execute_fields(parent, source, path, fields, context)

    root = whole(text)
    result = await run(schema, parse(text), root, Watched)
    assert reached == set(left.split())
    assert told(result) == told(await run(schema, parse(text), root, plain))


async def test_the_document_is_compiled_once_for_all_requests() -> None:
    kept: Any = compiled_executor(documents=2)
    document = parse("{ all { text leaf { id } } }")
    for seed in range(3):
        await run(schema, document, objects("all text leaf id", seed), kept)
    assert kept.programs.cache_info().misses == 1
    for _ in range(5):
        await run(schema, parse("{ all { text } }"), objects("all text", 1), kept)
    assert kept.programs.cache_info().currsize == 2


@pytest.mark.parametrize("compile_it", [True, False])
async def test_a_subscription_tells_its_events_and_remembers_none(compile_it: bool) -> None:
    executors: list[Any] = []

    class Watched(compiled if compile_it else plain):  # type: ignore[misc]
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

    class Seeing(strawberry.extensions.SchemaExtension):
        def resolve(self, _next: Any, root: Any, info: Any, *args: Any, **kwargs: Any) -> Any:
            seen.append(info.field_name)
            return _next(root, info, *args, **kwargs)

    watched = strawberry.Schema(Query, types=[Stone, Tree], execution_context_class=compiled, extensions=[Seeing])
    result = await watched.execute("{ all { text leaf { id } } }", root_value=whole("text leaf id"))
    assert result.errors is None
    assert seen == ["all", "text", "leaf", "id"]


def test_the_installed_libraries_are_those_it_was_written_for() -> None:
    versions.check_versions()


def test_other_libraries_switch_it_off_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(versions.WRITTEN_FOR, "graphql-core", "3.4.0")
    with pytest.raises(versions.OtherVersions, match=r"graphql-core 3\.3\.2 \(written for 3\.4\.0\)"):
        versions.check_versions()
    assert not issubclass(build_schema(compiled=True).execution_context_class, CompiledExecutor)
    assert "compiled execution is off" in capsys.readouterr().out


def test_the_setting_switches_it() -> None:
    assert issubclass(build_schema(compiled=True).execution_context_class, CompiledExecutor)
    assert not issubclass(build_schema(compiled=False).execution_context_class, CompiledExecutor)
