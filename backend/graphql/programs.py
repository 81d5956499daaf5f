"""What a program may ask by its token: the root fields that its scopes name, and nothing else, whatever else is public."""

from collections.abc import Iterator
from typing import Final

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, FragmentSpreadNode, GraphQLError, SelectionSetNode
from graphql import OperationDefinitionNode as Operation
from strawberry.extensions import SchemaExtension

from backend.errors import Refusal

FIELDS: Final[dict[str, frozenset[str]]] = {
    "cards": frozenset({"setClientCard", "removeClientCard", "linkStripeCustomer", "unlinkStripeCustomer"}),
}
"""Root fields by scope."""


class ProgramScopes(SchemaExtension):
    """Refuses an operation of a program that asks for more than its scopes name, before any of it runs."""

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        scopes: frozenset[str] | None = context.context.actor.scopes
        document = context.graphql_document
        if scopes is not None and document is not None and not context.pre_execution_errors:
            allowed = frozenset().union(*(FIELDS[each] for each in scopes)) | {"__typename"}
            if not root_fields(document) <= allowed:
                refusal = Refusal("not_allowed")
                message = refusal.message(context.context.actor.language)
                context.pre_execution_errors = [GraphQLError(message, extensions={"code": refusal.code, "field": None})]
        yield


def root_fields(document: DocumentNode) -> set[str]:
    """The root fields of all operations of a document."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    found: set[str] = set()
    for definition in document.definitions:
        if isinstance(definition, Operation):
            _collect(definition.selection_set, fragments, found)
    return found


def _collect(selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode], found: set[str]) -> None:
    for each in selections.selections:
        if isinstance(each, FieldNode):
            found.add(each.name.value)
        elif isinstance(each, FragmentSpreadNode):
            _collect(fragments[each.name.value].selection_set, fragments, found)
        else:
            _collect(each.selection_set, fragments, found)  # type: ignore[attr-defined]  # The third kind there is.
