"""What was compiled for one document: a selection for each place in it at which objects of a type are completed."""

from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetailsList, FragmentDetails, GroupedFieldSet, collect_subfields

from backend.graphql.compiled.plain import owner
from backend.graphql.compiled.writer import Reader, Writer

MOST_NESTING = 40
"""Selections within selections that one function reads; what lies deeper is reached the normal way."""


Place = tuple[str | int, ...]
"""The name of a type and the ids of the fields, merged, that brought its objects."""


class Selection(NamedTuple):
    """A selection on objects of one type: the reader of its plain fields, and the fields that are left."""

    read: Reader
    rest: GroupedFieldSet


class Document:
    """A parsed operation of a schema, the same when it is made of the very same nodes (kept here, so they stay)."""

    __slots__ = ("_identity", "fragments", "operation", "schema")

    def __init__(
        self, schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: tuple[FragmentDefinitionNode, ...]
    ) -> None:
        self.schema, self.operation, self.fragments = schema, operation, fragments
        self._identity = (id(schema), id(operation), *map(id, fragments))

    def __hash__(self) -> int:
        return hash(self._identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and self._identity == other._identity


class Program:
    """The selections of a document, each compiled when it is first met.

    Nothing in them depends on a request, so requests share them; two that meet here make the same selection twice.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._selections: dict[Place, Selection | None] = {}

    def selection(
        self, executor: Executor[Any], type_: GraphQLObjectType, details: FieldDetailsList, nesting: int = 0
    ) -> Selection | None:
        """What to do for objects of the type that these fields brought; None where only the normal way knows."""
        key: Place = (type_.name, *(id(each.node) for each in details))
        if key in self._selections:
            return self._selections[key]
        found = self._selections[key] = self._compile(executor, type_, details, nesting)
        return found

    def _compile(
        self, executor: Executor[Any], type_: GraphQLObjectType, details: FieldDetailsList, nesting: int
    ) -> Selection | None:
        of = owner(type_)
        if (
            of is None
            or nesting > MOST_NESTING
            or not all(_is_settled(each.node, executor.fragments) for each in details)
        ):
            return None

        def child(inner: GraphQLObjectType, inner_details: FieldDetailsList) -> Reader | None:
            found = self.selection(executor, inner, inner_details, nesting + 1)
            return found.read if found is not None and not found.rest else None

        schema = executor.schema
        writer = Writer(schema, type_, of, child)
        rest: GroupedFieldSet = {}
        collected = collect_subfields(
            schema, executor.fragments, executor.variable_values, executor.operation, type_, details
        ).grouped_field_set
        for response_name, field_details in collected.items():
            field = schema.get_field(type_, field_details[0].node.name.value)
            if field is None:
                return None
            if not writer.add(response_name, field, field_details):
                rest[response_name] = field_details
        return Selection(writer.reader(), rest) if len(rest) < len(collected) else None


def _is_settled(node: FieldNode, fragments: dict[str, FragmentDetails]) -> bool:
    """Whether no directive and no variable has a say in which fields are selected right below the node."""
    sets: list[SelectionSetNode] = [node.selection_set] if node.selection_set else []
    spread: set[str] = set()
    while sets:
        for each in sets.pop().selections:
            if each.directives:
                return False
            if isinstance(each, InlineFragmentNode):
                sets.append(each.selection_set)
            elif isinstance(each, FragmentSpreadNode) and each.name.value not in spread:
                spread.add(each.name.value)
                fragment = fragments.get(each.name.value)
                if fragment is not None:
                    if fragment.definition.directives or fragment.variable_signatures:
                        return False
                    sets.append(fragment.definition.selection_set)
    return True
