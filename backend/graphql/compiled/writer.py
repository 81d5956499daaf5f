"""Writes the function that turns an object into the dictionary of its plain fields."""

from collections.abc import Callable
from keyword import iskeyword
from typing import Any

from graphql import GraphQLField, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLOutputType, GraphQLSchema
from graphql.execution.collect_fields import FieldDetailsList
from graphql.type.introspection import TypeNameMetaFieldDef
from strawberry.types.cast import TYPE_CAST_ATTRIBUTE

from backend.graphql.compiled.plain import attribute, leaf, members

Reader = Callable[[Any], dict[str, Any]]
Child = Callable[[GraphQLObjectType, FieldDetailsList], Reader | None]
UNFIT = "raise Unfit"


class Unfit(Exception):
    """A value that only the normal way completes, or refuses with the right words."""


class Writer:
    """The reader of one selection, written field by field.

    `child` gives the reader of a selection within, or None where not all of that is plain.
    """

    def __init__(self, schema: GraphQLSchema, type_: GraphQLObjectType, owner: type, child: Child) -> None:
        self._schema, self._type, self._owner, self._child = schema, type_, owner, child
        self._names: dict[str, object] = {"Unfit": Unfit, "inf": float("inf")}
        self._lines = [
            f"if type(o) is not {self._name(owner)} or getattr(o, {TYPE_CAST_ATTRIBUTE!r}, None) is not None: {UNFIT}"
        ]
        self._entries: list[str] = []

    def add(self, response_name: str, field: GraphQLField, details: FieldDetailsList) -> bool:
        """Add a field; False (and a place kept for it) when it is not plain."""
        value = self._value(field, details)
        self._entries.append(f"{response_name!r}: {value}")
        return value is not None

    def reader(self) -> Reader:
        """The function, compiled."""
        lines = [*self._lines, "return {" + ", ".join(self._entries) + "}"]
        text = "def read(o):\n" + "".join(f" {line}\n" for line in lines)
        # The text holds names that the parser let through, always quoted, and attributes of our own classes.
        exec(compile(text, f"<{self._type.name}>", "exec"), self._names)  # noqa: S102
        read: Reader = self._names["read"]  # type: ignore[assignment]
        return read

    def _value(self, field: GraphQLField, details: FieldDetailsList) -> str | None:
        if field is TypeNameMetaFieldDef:
            return repr(self._type.name)
        name = attribute(self._owner, field)
        if name is None or any(each.node.arguments for each in details):
            return None
        value = f"v{len(self._entries)}"
        completion = self._complete(field.type, value, details)
        if completion is None:
            return None
        plain = name.isidentifier() and not iskeyword(name)
        self._lines += [f"{value} = o.{name}" if plain else f"{value} = getattr(o, {name!r})", *completion]
        return value

    def _complete(self, type_: GraphQLOutputType, value: str, details: FieldDetailsList) -> list[str] | None:
        """The lines that complete the value in place; what they raise sends the object to the normal way."""
        if isinstance(type_, GraphQLNonNull):
            return self._complete_present(type_.of_type, value, details)
        lines = self._complete_present(type_, value, details)
        return None if lines is None else [f"if {value} is not None:", *_within(lines)]

    def _complete_present(self, type_: GraphQLOutputType, value: str, details: FieldDetailsList) -> list[str] | None:
        if isinstance(type_, GraphQLList):
            return self._complete_list(type_.of_type, value, details)
        if isinstance(type_, GraphQLObjectType):
            read = self._child(type_, details)
            return None if read is None else [f"{value} = {self._name(read)}({value})"]
        if (found := leaf(type_)) is not None:
            lines = [f"if type({value}) is not {self._name(found.of)}: {UNFIT}"]
            if found.condition:
                lines.append(f"if not ({found.condition.format(value)}): {UNFIT}")
            if found.result:
                names = self._name(found.names) if found.names else ""
                lines.append(f"{value} = {found.result.format(value, names=names)}")
            return lines
        return self._complete_abstract(type_, value, details)

    def _complete_list(self, of: GraphQLOutputType, value: str, details: FieldDetailsList) -> list[str] | None:
        item, items = f"{value}i", f"{value}s"
        completion = self._complete(of, item, details)
        if completion is None:
            return None
        return [
            f"if type({value}) is not list and type({value}) is not tuple: {UNFIT}",
            f"{items} = []",
            f"for {item} in {value}:",
            *_within([*completion, f"{items}.append({item})"]),
            f"{value} = {items}",
        ]

    def _complete_abstract(self, type_: GraphQLOutputType, value: str, details: FieldDetailsList) -> list[str] | None:
        possible = members(self._schema, type_)
        if possible is None:
            return None
        readers: dict[type, Reader] = {}
        for of, each in possible.items():
            read = self._child(each, details)
            if read is None:
                return None
            readers[of] = read
        return [f"{value} = {self._name(readers)}[type({value})]({value})"]

    def _name(self, value: object) -> str:
        """A name for a value that the function needs."""
        name = f"k{len(self._names)}"
        self._names[name] = value
        return name


def _within(lines: list[str]) -> list[str]:
    return [f" {line}" for line in lines]
