"""Random GraphQL documents over a schema, and random objects of its types, right ones and odd ones."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Generator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from inspect import getattr_static, isawaitable
from random import Random
from typing import Any, cast
from uuid import UUID

import strawberry
from graphql import (
    DocumentNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    MiddlewareManager,
    execute,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    parse,
)
from graphql.execution import ExecutionResult, Executor
from hypothesis import strategies as st
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema_converter import GraphQLCoreConverter

READ_BY_RESOLVERS = ("text", "flag", "leaf", "things", "height")
_DIRECTIVES = ("@skip(if: false)", "@skip(if: true)", "@include(if: $yes)", "@include(if: $no)", "@skip(if: $no)")
Fields = Callable[[GraphQLObjectType | GraphQLInterfaceType], list[str]]


class Later:
    """Something to await that is no coroutine, so that nobody minds when it is never awaited."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __await__(self) -> Generator[Any, None, object]:
        yield from asyncio.sleep(0).__await__()
        return self.value


class Stream:
    """Something to iterate over asynchronously."""

    async def __aiter__(self) -> AsyncIterator[str]:
        yield "streamed"


class Text(str):
    """A text that is not exactly a text."""

    __slots__ = ()


class Whole(int):
    """A number that is not exactly one."""


class Other(Enum):
    """An enumeration that is in no schema."""

    RED = "red"


ODD: tuple[Callable[[], object], ...] = (
    lambda: None,
    lambda: True,
    lambda: 0,
    lambda: 7,
    lambda: 2**31,
    lambda: -(2**31) - 1,
    lambda: 2.0,
    lambda: 2.5,
    lambda: float("nan"),
    lambda: float("inf"),
    lambda: "12",
    lambda: "red",
    lambda: b"bytes",
    lambda: Text("nearly a text"),
    lambda: Whole(5),
    lambda: Decimal("1.5"),
    lambda: UUID(int=7),
    lambda: date(2026, 3, 2),
    lambda: Other.RED,
    list,
    lambda: ["text", None],
    lambda: {"name": "a mapping"},
    lambda: {"only"},
    lambda: iter(["once", "twice"]),
    lambda: (each for each in ("once", None)),
    lambda: ValueError("a value that is an error"),
    lambda: GraphQLError("a value that is GraphQL's error"),
    lambda: Later("awaited"),
    lambda: Later(None),
    Stream,
    object,
)
_LEAVES: dict[str, tuple[object, ...]] = {
    "String": ("", "text", "Łódź"),
    "ID": ("1", "an id"),
    "Int": (0, 1, -5, 2**31 - 1, -(2**31)),
    "Float": (0.0, -1.5, 1e300),
    "Boolean": (True, False),
    "DateTime": (datetime(2026, 3, 2, 9, 30, 1, 5, tzinfo=UTC), datetime(2026, 3, 2)),  # noqa: DTZ001
    "Date": (date(2026, 3, 2), datetime(2026, 3, 2, tzinfo=UTC)),
    "Time": (time(9, 30),),
    "UUID": (UUID(int=1),),
    "Decimal": (Decimal("1.50"),),
    "JSON": ({"a": [1]}, 1, "text"),
}


class Maker:
    """Objects of the types of a schema, with the attributes that a document could read.

    The same seed makes the same objects, again and again.
    """

    def __init__(self, schema: GraphQLSchema, text: str, seed: int, oddness: float) -> None:
        self._schema, self._random, self._oddness = schema, Random(seed), oddness
        self._read = {*re.findall(r"\w+", text), *READ_BY_RESOLVERS}

    def make(self, type_: GraphQLOutputType, depth: int = 4) -> object:
        """A value for a field of the type; odd ones now and then."""
        if self._random.random() < self._oddness:
            return None if self._random.random() < 0.3 else self._random.choice(ODD)()
        if isinstance(type_, GraphQLNonNull):
            return self._present(type_.of_type, depth)
        if self._random.random() < 0.2 or (depth <= 0 and is_composite_type(get_named_type(type_))):
            return None
        return self._present(type_, depth)

    def _present(self, type_: GraphQLOutputType, depth: int) -> object:
        if isinstance(type_, GraphQLList):
            length = self._random.randrange(4) if depth > 0 else 0
            items = [self.make(type_.of_type, depth - 1) for _ in range(length)]
            return self._random.choice((list, list, tuple))(items)
        if isinstance(type_, GraphQLEnumType):
            return self._random.choice(list(cast("Any", type_).wrapped_cls))
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            return self.object_of(self._random.choice(self._schema.get_possible_types(type_)), depth)
        if isinstance(type_, GraphQLObjectType):
            return self.object_of(type_, depth)
        return self._random.choice(_LEAVES[cast("Any", type_).name])

    def object_of(self, type_: GraphQLObjectType, depth: int) -> object:
        """An object of the type, with all that its fields read."""
        definition = type_.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
        of: type = definition.origin
        if self._random.random() < self._oddness:
            of = type(of.__name__, (of,), {})
        made: object = object.__new__(of)
        for name, field in type_.fields.items():
            if name not in self._read:
                continue
            known = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
            settable = not isinstance(getattr_static(of, known.python_name, None), property)
            if settable and known.is_basic_field and self._random.random() >= self._oddness / 4:
                object.__setattr__(made, known.python_name, self.make(field.type, depth - 1))
        if self._random.random() < self._oddness:
            others = [each for each in self._schema.type_map.values() if isinstance(each, GraphQLObjectType)]
            other = self._random.choice([each for each in others if not each.name.startswith("__")])
            made = strawberry.cast(other.extensions[GraphQLCoreConverter.DEFINITION_BACKREF].origin, made)
        return made


class _Document:
    def __init__(self, draw: st.DrawFn, schema: GraphQLSchema, fields: Fields) -> None:
        self._draw, self._schema, self._fields = draw, schema, fields
        self._objects = [
            each
            for each in schema.type_map.values()
            if isinstance(each, GraphQLObjectType | GraphQLInterfaceType) and not each.name.startswith("__")
        ]
        self.fragments: list[str] = []

    def selection(self, type_: Any, depth: int) -> str:
        parts = [self._part(type_, depth) for _ in range(self._draw(st.integers(1, 5)))]
        return "{ " + " ".join(parts) + " }"

    def _part(self, type_: Any, depth: int) -> str:
        names = [] if isinstance(type_, GraphQLUnionType) else self._fields(type_)
        kind = self._draw(st.sampled_from(("field",) * 6 + ("typename", "inline", "spread")))
        if kind == "typename" or (depth <= 0 and kind != "field") or (kind == "field" and not names):
            return self._draw(st.sampled_from(("__typename", "__typename", "a: __typename")))
        if kind == "field":
            return self._field(type_, self._draw(st.sampled_from(names)), depth)
        if kind == "inline":
            condition = self._draw(st.sampled_from(("", "on")))
            inner = self._condition(type_) if condition else type_
            return (
                f"... {f'on {inner.name}' if condition else ''} {self._directive()} {self.selection(inner, depth - 1)}"
            )
        number: int = self._draw(st.integers(0, 2 * len(self.fragments)))
        if number >= len(self.fragments):
            inner = self._condition(type_)
            body = self.selection(inner, depth - 1)
            number = len(self.fragments)
            self.fragments.append(f"fragment F{number} on {inner.name} {body}")
        return f"...F{number} {self._directive()}"

    def _field(self, type_: Any, name: str, depth: int) -> str:
        field = type_.fields[name]
        alias = self._draw(st.sampled_from(("", "", "", "a: ", "b: ")))
        arguments = "(times: 2)" if "times" in field.args else ""
        inner = get_named_type(field.type)
        below = ""
        if is_composite_type(inner):
            below = self.selection(inner, depth - 1) if depth > 0 else "{ __typename }"
        return f"{alias}{name}{arguments} {self._directive()} {below}"

    def _directive(self) -> str:
        directive: str = self._draw(st.sampled_from(("",) * 45 + _DIRECTIVES))
        return directive

    def _condition(self, type_: Any) -> Any:
        near = [type_, *(self._schema.get_possible_types(type_) if is_abstract_type(type_) else type_.interfaces)]
        near = [each for each in near if not isinstance(each, GraphQLUnionType)]
        return self._draw(st.sampled_from(near * 4 + self._objects[:2]))


@st.composite
def documents(draw: st.DrawFn, schema: GraphQLSchema, fields: Fields, depth: int = 4) -> str:
    """A query that the parser takes. Some break rules of validation; execution has an answer for those as well."""
    document = _Document(draw, schema, fields)
    selection = document.selection(schema.query_type, depth)
    return " ".join((f"query ($yes: Boolean!, $no: Boolean!) {selection}", *document.fragments))


async def run(
    schema: GraphQLSchema, document: DocumentNode, root: object, executor: type[Executor[Any]], *, yes: bool = True
) -> ExecutionResult:
    """What execution alone gives for the document."""
    found = execute(
        schema,
        document,
        root,
        variable_values={"yes": yes, "no": not yes},
        executor_class=executor,
        is_awaitable=cast("Any", optimized_is_awaitable),
        middleware=MiddlewareManager(),
        operation_extensions=None,
    )
    return await found if isawaitable(found) else found


async def runs(schema: GraphQLSchema, text: str, seed: int, executor: type[Executor[Any]]) -> list[str]:
    """What one document gives for several objects, ever odder, and for both values of its variables."""
    document, query = parse(text), schema.query_type
    assert query is not None
    return [
        told(
            await run(
                schema,
                document,
                Maker(schema, text, seed + number, oddness).object_of(query, 6),
                executor,
                yes=number % 2 == 0,
            )
        )
        for number, oddness in enumerate((0.0, 0.0, 0.02, 0.03, 0.05, 0.1, 0.2))
    ]


def told(result: ExecutionResult) -> str:
    """All that a reader or the log could notice of a result: values with their kinds, order of keys, errors."""
    errors = [
        (each.message, each.path, each.locations, repr(type(each.original_error)), str(each.original_error))
        for each in result.errors or ()
    ]
    text = json.dumps({"data": result.data, "errors": errors}, default=object.__repr__, indent=1)
    return re.sub(" at 0x[0-9a-f]+", "", text)
