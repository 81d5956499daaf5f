"""Documents made from the schema itself: every field with all that can be selected, so that none is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

from backend.graphql.schema import schema

SCHEMA: GraphQLSchema = schema._schema
ROOTS = {
    "Query": ("query", SCHEMA.query_type),
    "Mutation": ("mutation", SCHEMA.mutation_type),
    "Subscription": ("subscription", SCHEMA.subscription_type),
}
DEPTH = 9


@dataclass(frozen=True, slots=True)
class Operation:
    """One root field, with a document that takes its arguments as variables of the same names."""

    root: str
    name: str
    field: GraphQLField

    @property
    def path(self) -> str:
        return f"{self.root}.{self.name}"

    @property
    def document(self) -> str:
        kind = ROOTS[self.root][0]
        given = ", ".join(f"${name}: {argument.type}" for name, argument in self.field.args.items())
        passed = ", ".join(f"{name}: ${name}" for name in self.field.args)
        head = f"{kind}({given})" if given else kind
        return f"{head} {{ {self.name}{f'({passed})' if passed else ''} {selection(self.field.type)} }}"


def operations(*roots: str) -> list[Operation]:
    """The root fields of these roots, in the schema's order."""
    found = []
    for root in roots:
        type_ = ROOTS[root][1]
        assert type_ is not None, root
        found += [Operation(root, name, field) for name, field in type_.fields.items()]
    return found


def operation(path: str) -> Operation:
    """One root field, as `Mutation.openTicket`."""
    return next(each for each in operations(*ROOTS) if each.path == path)


def nested_arguments() -> dict[str, dict[str, GraphQLArgument]]:
    """The fields below the roots that take arguments, as `Ticket.timeline`, with those arguments."""
    roots = {type_ for _, type_ in ROOTS.values()}
    return {
        f"{type_.name}.{name}": field.args
        for type_ in SCHEMA.type_map.values()
        if isinstance(type_, GraphQLObjectType) and type_ not in roots and not type_.name.startswith("__")
        for name, field in type_.fields.items()
        if field.args
    }


def leaves(owner: str, arguments: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Every leaf that can be given: its key in a table (`Query.ticket.number`, `ProofInput.secret`), its path, its type."""
    for name, argument in arguments.items():
        named = get_named_type(argument.type)
        if isinstance(named, GraphQLInputObjectType):
            for key, path, leaf in leaves(named.name, named.fields):
                yield key, (name, *path), leaf
        else:
            yield f"{owner}.{name}", (name,), argument.type


def is_list(type_: Any) -> bool:
    """Whether a list of values is taken."""
    return is_list_type(type_.of_type if is_non_null_type(type_) else type_)


def selection(type_: GraphQLOutputType, *, inside: tuple[str, ...] = (), depth: int = DEPTH) -> str:
    """All fields of a type, and of what they lead to. A type within itself is selected by its plain fields alone."""
    named = get_named_type(type_)
    if isinstance(named, GraphQLUnionType):
        parts = [_fields(member, named, inside, depth) for member in named.types]
        spread = " ".join(
            f"... on {member.name} {{ {part} }}" for member, part in zip(named.types, parts, strict=True) if part
        )
        return f"{{ __typename {spread} }}"
    if not isinstance(named, GraphQLObjectType):
        return ""
    return f"{{ {_fields(named, None, inside, depth)} }}"


def _fields(type_: GraphQLObjectType, union: GraphQLUnionType | None, inside: tuple[str, ...], depth: int) -> str:
    chosen = []
    again = type_.name in inside
    for name, field in type_.fields.items():
        composite = isinstance(get_named_type(field.type), GraphQLObjectType | GraphQLUnionType)
        if composite and (again or depth == 0):
            continue
        shown = f"{type_.name}_{name}: {name}" if union and _clashes(type_, name, field, union) else name
        chosen.append(f"{shown} {selection(field.type, inside=(*inside, type_.name), depth=depth - 1)}".strip())
    return " ".join(chosen)


def _clashes(type_: GraphQLObjectType, name: str, field: GraphQLField, union: GraphQLUnionType) -> bool:
    """Whether another member of the union has a field of this name and another type, which GraphQL does not merge."""
    others = [other for other in union.types if other is not type_ and name in other.fields]
    return any(str(other.fields[name].type) != str(field.type) for other in others)


def named(type_: Any) -> GraphQLNamedType:
    """The type within lists and non-nulls."""
    found: GraphQLNamedType = get_named_type(type_)
    return found
