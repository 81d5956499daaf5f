"""The compiled executor against graphql-core, over a schema that has every shape of field."""

import asyncio
from typing import Any

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type, is_composite_type, parse
from graphql.execution import Executor
from hypothesis import given, settings
from hypothesis import strategies as st
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from backend.graphql.compiled.executor import compiled_executor
from backend.tests.graphql.random_documents import ODD, documents, run, runs, told
from backend.tests.graphql.synthetic import BACK, FIELDS, SCHEMA, Counted, Pebble, objects, odd_objects, whole

PLAIN = StrawberryGraphQLCoreExecutionContext
COMPILED = compiled_executor(documents=50)
SEEDS = st.integers(0, 2**32)


def every_field(type_: GraphQLObjectType | GraphQLInterfaceType) -> list[str]:
    return list(type_.fields)


@given(text=documents(SCHEMA, every_field), seed=SEEDS)
@settings(max_examples=150, deadline=None)
async def test_any_document_over_any_objects_gives_what_graphql_core_gives(text: str, seed: int) -> None:
    assert await runs(SCHEMA, text, seed, COMPILED) == await runs(SCHEMA, text, seed, PLAIN)


@given(texts=st.lists(documents(SCHEMA, every_field, depth=3), min_size=2, max_size=3), seed=SEEDS)
@settings(max_examples=30, deadline=None)
async def test_requests_at_the_same_time_do_not_touch_each_other(texts: list[str], seed: int) -> None:
    parsed = [(text, parse(text)) for text in texts]

    async def results(executor: type[Executor[Any]]) -> list[str]:
        together = [
            run(SCHEMA, document, objects(text, seed + number, 0.02), executor, yes=number % 2 == 0)
            for number in range(4)
            for text, document in parsed
        ]
        return [told(each) for each in await asyncio.gather(*together)]

    assert await results(COMPILED) == await results(PLAIN)


@pytest.mark.parametrize("name", [name for name, each in FIELDS.items() if each.extensions[BACK].is_basic_field])
async def test_any_odd_value_in_any_field_is_told_as_graphql_core_tells_it(name: str) -> None:
    selected = f"{name} {{ __typename ...N }}" if is_composite_type(get_named_type(FIELDS[name].type)) else name
    text = f"{{ all {{ text {selected} nested {{ leaf {{ id }} {selected} }} }} }}"
    text += " fragment N on Named { name } " if "...N" in text else ""
    document, attribute = parse(text), FIELDS[name].extensions[BACK].python_name

    async def results(executor: type[Executor[Any]]) -> list[str]:
        found = []
        for number in range(len(ODD) + len(odd_objects())):
            for wrapped in (False, True):
                value = ODD[number]() if number < len(ODD) else odd_objects()[number - len(ODD)]
                root = whole(text)
                setattr(root.all.nested, attribute, [value] if wrapped else value)
                found.append(told(await run(SCHEMA, document, root, executor)))
        return found

    assert await results(COMPILED) == await results(PLAIN)


@pytest.mark.parametrize("name", ["stone", "counted"])
async def test_a_property_is_read_once_even_where_another_field_fails(name: str) -> None:
    objects_of = {"stone": Pebble, "counted": Counted}
    selected = {"stone": "weight colour", "counted": "sum steps"}[name]
    root = whole(f"{name} {selected}")
    asked: Any = object.__new__(objects_of[name])
    setattr(root.all, name, asked)
    result = await run(SCHEMA, parse(f"{{ all {{ text {name} {{ {selected} }} }} }}"), root, COMPILED)
    assert result.data == {"all": {"text": root.all.text, name: None}}
    assert asked.asked == 1
