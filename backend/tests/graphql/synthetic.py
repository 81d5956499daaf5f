"""A schema that has every shape of field, with objects for it: made at random, complete, or odd."""

import asyncio
from collections.abc import AsyncGenerator
from copy import copy
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry
from graphql import GraphQLField
from strawberry.scalars import JSON
from strawberry.schema.schema_converter import GraphQLCoreConverter

from backend.tests.graphql.random_documents import Maker


def counted(value: Any) -> int:
    """How often this was asked about the object."""
    value.asked = getattr(value, "asked", 0) + 1
    return int(value.asked)


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
    """A property stands behind one of its fields: code, which must run once."""

    total: Annotated[int, strawberry.field(name="sum")]
    steps: int


Counted.total = property(lambda self: counted(self))  # type: ignore[assignment]
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


SCHEMA = strawberry.Schema(Query, subscription=Subscription, types=[Stone, Tree])._schema
BACK = GraphQLCoreConverter.DEFINITION_BACKREF
PLACES = ("nested", "named", "thing", "tree", "leaf", "leaves", "someLeaves", "pures")
FIELDS: dict[str, GraphQLField] = cast("Any", SCHEMA.type_map["All"]).fields


def objects(text: str, seed: int, oddness: float = 0.0) -> object:
    assert SCHEMA.query_type
    return Maker(SCHEMA, text, seed, oddness).object_of(SCHEMA.query_type, 6)


@cache
def whole_seed(text: str) -> int:
    """A seed by which there is something in each of the places where a document here could look."""
    for seed in range(10_000):
        made: Any = objects(text, seed)
        if made.alls and made.all and all(vars(made.all).get(name, True) for name in PLACES):
            return seed
    raise AssertionError("No seed gives objects everywhere.")


def whole(text: str) -> Any:
    """New objects for the document, none of them missing."""
    reading = " ".join(("all alls", *PLACES, text))
    return objects(reading, whole_seed(reading))


def odd_objects() -> list[object]:
    """Objects that are not quite what a field expects: of another class, cast to another type, half made."""
    stone = Stone(name="granite", note=None, weight=2.5, colour=Colour.RED)
    leaf = Leaf(id=strawberry.ID("1"), at=datetime(2026, 3, 2), veins=[], tags=None)  # noqa: DTZ001
    return [
        stone,
        leaf,
        strawberry.cast(Tree, copy(stone)),
        strawberry.cast(Stone, copy(stone)),
        strawberry.cast(Named, copy(stone)),
        strawberry.cast(Stone, copy(leaf)),
        type("Pebble", (Stone,), {})(name="pebble", note=None, weight=0.1, colour=Colour.RED),
        object.__new__(Leaf),
        Sealed(text="text"),
        Sealed(text="sealed"),
        Colour.RED,
        Colour.GREEN,
        Colour.ROUGE,
    ]


class Pebble(Stone):
    """Asks for code where its type has a value."""

    @property
    def weight(self) -> float:  # type: ignore[override]
        return float(counted(self))
