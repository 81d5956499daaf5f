"""Documents are parsed, validated and measured once for each text.

The library's own limiters make a new rule for every request, which its validation cache takes for another document, and
they walk a fragment as often as it is spread, which a short document can make millions of times.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate
from strawberry.extensions import SchemaExtension

from backend.graphql.cost import Extent, check_cost, extents, refusals

MOST_TOKENS: Final = 1_500
MOST_DOCUMENTS: Final = 100
"""Documents that are kept; portal and desk together have about half as many."""
LONGEST_KEPT: Final = 8_000
"""Characters of the longest text that is kept: a parsed document is a hundred times its text."""


@dataclass(frozen=True, slots=True)
class Known:
    """A document with what is wrong with it, and what its operations ask for."""

    document: DocumentNode
    errors: list[GraphQLError]
    extents: list[Extent]


class Documents:
    """The documents of one schema that were asked last."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Known] = OrderedDict()

    def read(self, schema: GraphQLSchema, text: str) -> Known:
        """Parse and validate, or find again.

        Raises:
            GraphQLError: it is no document, or too long.
        """
        if (known := self._known.get(text)) is not None:
            self._known.move_to_end(text)
            return known
        document = parse(text, max_tokens=MOST_TOKENS)
        errors = validate(schema, document) or refusals(document)
        known = Known(document, errors, [] if errors else extents(document))
        if len(text) <= LONGEST_KEPT:
            self._known[text] = known
            if len(self._known) > MOST_DOCUMENTS:
                self._known.popitem(last=False)
        return known


class ReadDocument(SchemaExtension):
    """Give an operation its document, and refuse what is wrong or costs too much before it runs."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._known: Known | None = None

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options["max_tokens"] = MOST_TOKENS
        if context.query:
            schema: Any = context.schema
            # What is no document Strawberry reads once more, and tells in the way of each transport.
            with suppress(GraphQLError):
                self._known = self._documents.read(schema._schema, context.query)
                context.graphql_document = self._known.document
        yield

    def on_validate(self) -> Iterator[None]:
        if self._known is not None:
            self.execution_context.pre_execution_errors = list(self._known.errors)
        yield

    def on_execute(self) -> Iterator[None]:
        if self._known is not None:
            for each in self._known.extents:
                check_cost(each.price, self.execution_context.variables or {})
        yield
