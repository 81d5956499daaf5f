"""Documents are read once, and measured in a time that does not grow with what they could bring."""

import time

import pytest
from graphql import GraphQLError, parse

from backend.graphql.cost import MOST_COST, check_cost, extents, refusals
from backend.graphql.documents import LONGEST_KEPT, MOST_DOCUMENTS, Documents
from backend.graphql.schema import schema

SCHEMA = schema._schema
LEAF = "{ edges { node { number } } }"


def test_the_same_text_is_parsed_and_validated_once() -> None:
    documents = Documents()
    text = f"query ($n: Int!) {{ queue(first: $n) {LEAF} }}"

    assert documents.read(SCHEMA, text) is documents.read(SCHEMA, str(text))


def test_only_the_documents_asked_last_are_kept_and_no_long_one() -> None:
    documents = Documents()
    first = documents.read(SCHEMA, "{ company { id } }")
    for number in range(MOST_DOCUMENTS):
        documents.read(SCHEMA, f"{{ a{number}: company {{ id }} }}")
    long = "{ company { id } }" + " " * LONGEST_KEPT

    assert documents.read(SCHEMA, "{ company { id } }") is not first
    assert documents.read(SCHEMA, long) is not documents.read(SCHEMA, long)


def test_what_is_wrong_with_a_document_is_wrong_each_time() -> None:
    documents = Documents()

    for _ in range(2):
        assert [each.message for each in documents.read(SCHEMA, "{ nothing }").errors] == [
            "Cannot query field 'nothing' on type 'Query'."
        ]
        with pytest.raises(GraphQLError, match="Syntax"):
            documents.read(SCHEMA, "{ company")


@pytest.mark.parametrize(
    ("document", "variables", "rows"),
    [
        ("{ company { id } }", {}, 1),
        (f"{{ queue(first: 7) {LEAF} }}", {}, 7 * 3),
        (f"{{ queue {LEAF} }}", {}, 50 * 3),
        (f"query ($n: Int) {{ queue(first: $n) {LEAF} }}", {"n": 4}, 4 * 3),
        (f"query ($n: Int) {{ queue(first: $n) {LEAF} }}", {}, 50 * 3),
        (f"query ($n: Int) {{ queue(first: $n) {LEAF} }}", {"n": -1}, 1 * 3),
        (f"query ($n: Int, $m: Int) {{ queue(first: $n) {LEAF} search(query: 1, first: $m) {LEAF} }}", {"n": 2, "m": 5}, 7 * 3),
        ("query ($n: Int, $m: Int) { queue(first: $n) { edges { node { timeline(first: $m) { edges { node { id } } } } } } }",
         {"n": 2, "m": 5}, 2 * (1 + 1 + 1 + 5 * 3)),
        ("{ ...A ...A } fragment A on Query { departments { kinds { id } } }", {}, 2 * 10 * (1 + 10)),
    ],
)  # fmt: skip
def test_the_price_is_the_rows_that_could_come(document: str, variables: dict[str, int], rows: int) -> None:
    [extent] = extents(parse(document))

    assert extent.price.of(variables) == rows


def test_depth_counts_fields_with_fields_and_aliases_count_wherever_they_are_spread() -> None:
    [extent] = extents(
        parse("{ a: ticket(number: 1) { ...F ... { ...F } } } fragment F on Ticket { b: client { c: id } }")
    )

    assert extent.depth == 2
    assert extent.aliases == 1 + 2 * 2


@pytest.mark.parametrize("leaf", ["__typename", "company { id }", "a: __typename"])
def test_a_fragment_that_doubles_and_doubles_is_measured_in_no_time(leaf: str) -> None:
    doubling = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(80))
    document = f"{{ ...F0 }} {doubling} fragment F80 on Query {{ {leaf} }}"
    began = time.perf_counter()

    known = Documents().read(SCHEMA, document)

    assert time.perf_counter() - began < 5
    if leaf == "a: __typename":
        assert "aliases" in known.errors[0].message
    elif leaf != "__typename":
        with pytest.raises(GraphQLError, match=str(MOST_COST)):
            check_cost(known.extents[0].price, {})


def test_selections_within_selections_end_somewhere() -> None:
    document = parse("{ " + "... { " * 150 + "company { id }" + " }" * 150 + " }")

    assert "depth" in refusals(document)[0].message
