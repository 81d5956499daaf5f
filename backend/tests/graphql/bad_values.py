"""Values that no argument should be given, by the type of the argument, and what an answer to them may look like."""

import os
from typing import Any

import httpx
from graphql import GraphQLEnumType, GraphQLNonNull, get_named_type

from backend.tests.graphql.documents import Operation, is_list

SCRIPT = "<script>alert(document.cookie)</script>"
LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
TEXTS: tuple[Any, ...] = (
    "", " \n\t", "x" * 60_000, "a\x00b", "\u202e\u2066", "%s {0} \\ '; drop table tickets; --", SCRIPT, "e\u0301" * 150,
)  # fmt: skip
MORE_TEXTS: tuple[Any, ...] = (
    "x" * 201, "a\x1bb", "\x7f", "\ufffe", "\ufeff", "%s %(x)s {0} {x.__class__}", "\\", "\U0001f9a6" * 50, 1.5, True, {"x": 1},
)  # fmt: skip
IDS: tuple[Any, ...] = ("", "x" * 10_000, "a\x00b", "{00000000-0000-0000-0000-000000000000}", 5)
MORE_IDS: tuple[Any, ...] = ("not an id", "0" * 32, "../1", -1, 1.5, {})
INTS: tuple[Any, ...] = (0, -1, 101, 2**31 - 1, 2**31, 10**30)
MORE_INTS: tuple[Any, ...] = (10**9, -(2**31), 2**63, "x", True, {})
BOOLEANS: tuple[Any, ...] = ()
MORE_BOOLEANS: tuple[Any, ...] = (0, 1.5, {})
TIMES: tuple[Any, ...] = (
    "", "soon", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
)  # fmt: skip
MORE_TIMES: tuple[Any, ...] = ("x" * 10_000, "2026-01-01", "2026-01-01T25:00:00Z", "2026-01-01T00:00:00+99:00", True)
ENUMS: tuple[Any, ...] = ("NOPE",)
MORE_ENUMS: tuple[Any, ...] = ("", True, {})
# What GraphQL itself refuses by the type, before any of ours sees it.
OF_OTHER_TYPES: dict[str, tuple[Any, ...]] = {
    "String": (5, ["x"], {"x": 1}), "ID": (True, [], 1.5), "Int": (1.5, "1", [1]), "Boolean": ("true", 1, []), "DateTime": (5, ["x"], {"x": 1}), "enum": ("low", 5, ["LOW"]),
}  # fmt: skip


def bad_values(type_: Any, *, of_other_types: bool = True) -> list[Any]:
    """What to try instead of a good value."""
    named = get_named_type(type_)
    if isinstance(named, GraphQLEnumType):
        found = [*ENUMS, *(MORE_ENUMS if LONG else ())]
    else:
        few, more = {
            "String": (TEXTS, MORE_TEXTS),
            "ID": (IDS, MORE_IDS),
            "Int": (INTS, MORE_INTS),
            "Boolean": (BOOLEANS, MORE_BOOLEANS),
            "DateTime": (TIMES, MORE_TIMES),
        }[named.name]
        found = [*few, *(more if LONG else ())]
    if of_other_types:
        found += OF_OTHER_TYPES["enum" if isinstance(named, GraphQLEnumType) else named.name]
    if isinstance(type_, GraphQLNonNull):
        found.append(None)
    if is_list(type_):
        found = [[each] for each in found] + [[], ["x"] * 300, "x", 5]
    return found


def short_document(operation: Operation) -> str:
    """The operation's document that asks for no more than how it went."""
    text = operation.document
    return text[: text.index(" {", text.index("{") + 1)] + _outcome(operation) + " }"


def _outcome(operation: Operation) -> str:
    type_ = get_named_type(operation.field.type)
    problem = " ... on Problem { code message field }" if operation.root == "Mutation" else ""
    return f" {{ __typename{problem} }}" if hasattr(type_, "fields") or hasattr(type_, "types") else ""


def check_answer(answer: httpx.Response, *context: object) -> dict[str, Any]:
    """An answer to nonsense: done, or refused in words and by a code, or an error of GraphQL; never a surprise.

    Returns what it holds.
    """
    assert answer.status_code in (200, 400), (answer.status_code, answer.text[:500], context)
    assert "Something went wrong" not in answer.text, context
    assert '"unexpected"' not in answer.text, context
    assert "Traceback" not in answer.text, context
    if answer.headers["content-type"].startswith("text/plain"):
        assert answer.status_code == 400, context
        assert answer.text.strip(), context
        return {}
    found: dict[str, Any] = answer.json()
    for error in found.get("errors", ()):
        assert error["message"].strip(), context
    for value in (found.get("data") or {}).values():
        if isinstance(value, dict) and value.get("__typename") == "Problem":
            assert value["code"], context
            assert value["message"].strip(), context
    assert found.get("errors") or found.get("data") is not None or "code" in found, context
    return found
