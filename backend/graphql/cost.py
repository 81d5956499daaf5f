"""What a document may ask for: how deep, by how many aliases, and how many rows, lists within lists multiplied.

Each fragment is measured once, however often it is spread, so that measuring never takes longer than reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from graphql import (
    DocumentNode,
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

MOST_DEPTH: Final = 12
"""Levels of fields within fields; what asks for the schema itself is not counted."""
MOST_ALIASES: Final = 30
MOST_COST: Final = 5_000
"""Rows with their neighbours that one operation may bring at most; a page of 100 tickets costs a few hundred."""
LISTS: Final = {
    "edges": 1,
    "contacts": 20,
    "services": 20,
    "kinds": 10,
    "followUps": 10,
    "recentTickets": 5,
    "departments": 10,
    "members": 50,
    "findLeaks": 2_000,  # No rows, but up to seconds of work.
}
PAGES: Final = ("queue", "myTickets", "search", "timeline")
DEFAULT_PAGE: Final = 50
_MOST_NESTING: Final = 100


@dataclass(frozen=True, slots=True)
class Price:
    """Rows: a fixed number, and for each variable that says how many rows a list has, the price of one of them."""

    fixed: int = 0
    varying: "tuple[tuple[str, int, Price], ...]" = ()

    def plus(self, other: "Price") -> "Price":
        if not other.varying:
            return Price(self.fixed + other.fixed, self.varying)
        merged = {(name, usual): each for name, usual, each in self.varying}
        for name, usual, each in other.varying:
            merged[name, usual] = merged.get((name, usual), _NOTHING).plus(each)
        return Price(self.fixed + other.fixed, tuple((*key, each) for key, each in merged.items()))

    def times(self, number: int) -> "Price":
        return Price(
            self.fixed * number, tuple((name, usual, each.times(number)) for name, usual, each in self.varying)
        )

    def by_default(self, numbers: Mapping[str, int]) -> "Price":
        """The same price where these are the numbers of variables that are not given."""
        return Price(
            self.fixed,
            tuple((name, numbers.get(name, usual), each.by_default(numbers)) for name, usual, each in self.varying),
        )

    def of(self, variables: Mapping[str, Any]) -> int:
        """The rows with these variables; a list whose number is not given has its usual number."""
        total = self.fixed
        for name, usual, each in self.varying:
            given = variables.get(name)
            total += (max(1, given) if isinstance(given, int) else usual) * each.of(variables)
        return total


_NOTHING: Final = Price()


@dataclass(frozen=True, slots=True)
class Extent:
    """What a selection asks for."""

    depth: int = 0
    aliases: int = 0
    price: Price = _NOTHING


def check_cost(price: Price, variables: Mapping[str, Any]) -> None:
    """Raises: GraphQLError where an operation with these variables costs too much."""
    if (found := price.of(variables)) > MOST_COST:
        raise GraphQLError(
            f"This operation would cost {found}; at most {MOST_COST} is allowed. Ask for fewer rows.",
            extensions={"code": "too_costly"},
        )


def extents(document: DocumentNode) -> list[Extent]:
    """What each operation of a valid document asks for: its fragments do not run in circles.

    Raises:
        GraphQLError: selections stand within each other without end.
    """
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    met: dict[str, Extent] = {}
    found = []
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode):
            extent = _extent(each.selection_set, fragments, met, 0)
            found.append(replace(extent, price=extent.price.by_default(_defaults(each))))
    return found


def refusals(document: DocumentNode) -> list[GraphQLError]:
    """What a valid document asks too much of."""
    try:
        found = extents(document)
    except GraphQLError as endless:
        return [endless]
    errors = []
    if (depth := max((each.depth for each in found), default=0)) > MOST_DEPTH:
        errors.append(GraphQLError(f"A depth of {depth} is asked for; at most {MOST_DEPTH} is allowed."))
    if (aliases := sum(each.aliases for each in found)) > MOST_ALIASES:
        errors.append(GraphQLError(f"{aliases} aliases are asked for; at most {MOST_ALIASES} are allowed."))
    return errors


def _defaults(operation: OperationDefinitionNode) -> dict[str, int]:
    """The numbers that an operation gives its variables itself."""
    return {
        each.variable.name.value: int(each.default_value.value)
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }


def _extent(
    selection: SelectionSetNode | None,
    fragments: Mapping[str, FragmentDefinitionNode],
    met: dict[str, Extent],
    level: int,
) -> Extent:
    if selection is None:
        return Extent()
    if level > _MOST_NESTING:
        raise GraphQLError(f"The depth of selections within selections is more than {_MOST_NESTING}.")
    depth, aliases, price = 0, 0, _NOTHING
    for node in selection.selections:
        if isinstance(node, FieldNode):
            aliases += node.alias is not None
            if node.selection_set is None:
                continue
            inner = _extent(node.selection_set, fragments, met, level + 1)
            if not node.name.value.startswith("__"):
                depth = max(depth, 1 + inner.depth)
            price = price.plus(_price(node, Price(1).plus(inner.price)))
        else:
            inner = _of_fragment(node, fragments, met, level + 1)
            depth = max(depth, inner.depth)
            price = price.plus(inner.price)
        aliases += inner.aliases
    return Extent(depth, aliases, price)


def _of_fragment(
    node: Any, fragments: Mapping[str, FragmentDefinitionNode], met: dict[str, Extent], level: int
) -> Extent:
    if isinstance(node, InlineFragmentNode):
        return _extent(node.selection_set, fragments, met, level)
    assert isinstance(node, FragmentSpreadNode)
    name = node.name.value
    if name not in met:
        met[name] = _extent(fragments[name].selection_set, fragments, met, level)
    return met[name]


def _price(node: FieldNode, row: Price) -> Price:
    usual = DEFAULT_PAGE if node.name.value in PAGES else LISTS.get(node.name.value, 1)
    for argument in node.arguments or ():
        if argument.name.value == "first":
            if isinstance(argument.value, IntValueNode):
                return row.times(max(1, int(argument.value.value)))
            if isinstance(argument.value, VariableNode):
                return Price(0, ((argument.value.name.value, usual, row),))
    return row.times(usual)
