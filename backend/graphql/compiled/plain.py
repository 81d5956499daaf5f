"""What a Strawberry schema lets one read without asking: attributes, classes, leaves.

Plain means that reading runs no code of ours, so that a value may be read twice and nobody can tell.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from inspect import getattr_static
from types import MemberDescriptorType
from typing import NamedTuple
from uuid import UUID

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
)
from strawberry.schema.schema_converter import CustomGraphQLEnumType, GraphQLCoreConverter
from strawberry.schema.types import base_scalars
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.cast import TYPE_CAST_ATTRIBUTE
from strawberry.types.field import StrawberryField
from strawberry.types.union import StrawberryUnion

_READ: object = object.__getattribute__
_BUILT_IN: dict[GraphQLNamedType, tuple[type, str, str]] = {
    GraphQLString: (str, "", ""),
    GraphQLID: (str, "", ""),
    GraphQLBoolean: (bool, "", ""),
    GraphQLInt: (int, "-2147483648 <= {0} <= 2147483647", ""),
    GraphQLFloat: (float, "-inf < {0} < inf", ""),
}
_REGISTERED = (
    (base_scalars.DateTimeDefinition, datetime, "{0}.isoformat()"),
    (base_scalars.DateDefinition, date, "{0}.isoformat()"),
    (base_scalars.TimeDefinition, time, "{0}.isoformat()"),
    (base_scalars.UUIDDefinition, UUID, "str({0})"),
    (base_scalars.DecimalDefinition, Decimal, "str({0})"),
)


class Leaf(NamedTuple):
    """How a leaf is completed: the one class that is taken, a condition, and what is handed out (expressions of {0})."""

    of: type
    condition: str
    result: str
    names: Mapping[str, str] | None
    """For an enumeration: the name in the schema of each member."""


def leaf(type_: GraphQLOutputType) -> Leaf | None:
    """How values of a scalar or enumeration are completed; None where code of its own serializes it."""
    if not isinstance(type_, GraphQLNamedType):
        return None
    if type_ in _BUILT_IN:
        return Leaf(*_BUILT_IN[type_], names=None)
    definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    for known, of, result in _REGISTERED:
        if definition is known:
            return Leaf(of, "", result, names=None)
    if type(type_) is CustomGraphQLEnumType and _is_inert(type_.wrapped_cls):
        return Leaf(type_.wrapped_cls, "", "{names}[{0}._name_]", _names(type_))
    return None


def _names(type_: CustomGraphQLEnumType) -> Mapping[str, str]:
    """For each member of the enumeration the first name with its value, as Strawberry looks it up."""
    found: dict[str, str] = {}
    members: Iterable[Enum] = iter(type_.wrapped_cls)
    for member in members:
        for name, value in type_.values.items():
            if member.value == value.value:
                found.setdefault(member._name_, name)
    return found


def owner(type_: GraphQLObjectType) -> type | None:
    """The class whose instances are surely of this type; None where more than their class decides."""
    definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if not isinstance(definition, StrawberryObjectDefinition):
        return None
    if definition.is_type_of is not None or definition.concrete_of is not None or definition.is_graphql_generic:
        return None
    of = definition.origin
    if not _is_inert(of) or hasattr(of, "__getattr__") or getattr_static(of, "__getattribute__") is not _READ:
        return None
    return of


def attribute(of: type, field: GraphQLField) -> str | None:
    """The attribute that the field hands on; None where a resolver, an argument, an extension or a property has a say."""
    definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if (
        not isinstance(definition, StrawberryField)
        or type(definition).get_result is not StrawberryField.get_result
        or not definition.is_basic_field
        or definition.default_resolver is not getattr
        or not getattr(field.resolve, "_is_default", False)
        or field.args
    ):
        return None
    name = definition.python_name
    found = getattr_static(of, name, None)
    if hasattr(type(found), "__get__") and not isinstance(found, MemberDescriptorType):
        return None
    return name


def members(schema: GraphQLSchema, type_: GraphQLOutputType) -> Mapping[type, GraphQLObjectType] | None:
    """The types of a union or an interface by their classes; None where more than the class decides."""
    if not isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
        return None
    definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    common: type = object
    if isinstance(type_, GraphQLUnionType):
        if type(definition) is not StrawberryUnion:
            return None
    else:
        if not isinstance(definition, StrawberryObjectDefinition) or definition.resolve_type is not None:
            return None
        common = definition.origin
    found: dict[type, GraphQLObjectType] = {}
    for each in schema.get_possible_types(type_):
        of = owner(each)
        if of is None or of in found or not issubclass(of, common) or schema.get_type(_known_name(each)) is not each:
            return None
        found[of] = each
    return found


def _known_name(type_: GraphQLObjectType) -> str:
    """The name by which Strawberry tells the type of an object."""
    definition: StrawberryObjectDefinition = type_.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
    return definition.name


def _is_inert(of: type) -> bool:
    """Whether graphql-core and Strawberry see nothing in an instance but itself."""
    return not (
        issubclass(of, Exception)
        or hasattr(of, "__await__")
        or hasattr(of, "__aiter__")
        or hasattr(of, TYPE_CAST_ATTRIBUTE)
    )
