"""What a document may cost: the rows that it could bring, lists within lists multiplied."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)
from strawberry.extensions import SchemaExtension

MOST_COST = 5_000
"""Rows with their neighbours that one operation may bring at most; a page of 100 tickets costs a few hundred."""
LISTS = {"edges": 1, "contacts": 20, "services": 20, "kinds": 10, "followUps": 10, "departments": 10, "members": 50}
DEFAULT_PAGE = 50


class CostLimiter(SchemaExtension):
    """Refuse an operation that costs too much, before it runs."""

    def on_execute(self) -> Iterator[None]:
        document = self.execution_context.graphql_document
        if document is not None:
            fragments = {
                each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
            }
            variables = self.execution_context.variables or {}
            for definition in document.definitions:
                if isinstance(definition, OperationDefinitionNode):
                    found = cost(definition.selection_set, fragments, variables)
                    if found > MOST_COST:
                        raise GraphQLError(
                            f"This operation would cost {found}; at most {MOST_COST} is allowed. Ask for fewer rows.",
                            extensions={"code": "too_costly"},
                        )
        yield


def cost(
    selection: SelectionSetNode | None, fragments: dict[str, FragmentDefinitionNode], variables: dict[str, Any]
) -> int:
    """The rows that a selection could bring: 1 for each object, times the page where a field takes `first`.

    Fragments cannot run in circles here: validation has refused those.
    """
    if selection is None:
        return 0
    total = 0
    for node in selection.selections:
        if isinstance(node, FieldNode):
            if node.selection_set is not None:
                total += _rows(node, variables) * (1 + cost(node.selection_set, fragments, variables))
        elif isinstance(node, InlineFragmentNode):
            total += cost(node.selection_set, fragments, variables)
        elif isinstance(node, FragmentSpreadNode) and (fragment := fragments.get(node.name.value)) is not None:
            total += cost(fragment.selection_set, fragments, variables)
    return total


def _rows(node: FieldNode, variables: dict[str, Any]) -> int:
    for argument in node.arguments or ():
        if argument.name.value == "first":
            given = argument.value
            if isinstance(given, IntValueNode):
                return max(1, int(given.value))
            if isinstance(given, VariableNode) and isinstance(found := variables.get(given.name.value), int):
                return max(1, found)
    if node.name.value in ("queue", "myTickets", "search", "timeline"):
        return DEFAULT_PAGE
    return LISTS.get(node.name.value, 1)
