"""Refusals become typed results; surprises are masked, with an error id that the log has too."""

import re
from typing import Any
from uuid import uuid4

import strawberry
from graphql import GraphQLError
from strawberry.extensions import MaskErrors
from strawberry.types.field import StrawberryField

from backend.errors import Refusal
from backend.graphql.types.common import Problem
from backend.log import get_log
from backend.wrapping import KeysAway

_ECHO = re.compile(r"(?:, found|[.?] Found|(?<! invalid value)(?<= value)|(?<=but got)): .*", re.DOTALL)
_ECHOED_WORD = re.compile(r"Value '.*' does not exist", re.DOTALL)
_log = get_log(__name__)


class RefusalHandler(strawberry.ExceptionHandler[Refusal, Problem]):
    """A refusal is the `Problem` of a field whose result has one; elsewhere it stays an error with its code."""

    def handle(self, exception: Refusal, *, field: StrawberryField, info: strawberry.Info) -> Problem:
        return Problem(
            code=exception.code, message=exception.message(info.context.actor.language), field=exception.field
        )


class KeysAwayHandler(strawberry.ExceptionHandler[KeysAway, Problem]):
    """Who seals or opens something while the key service is away reads so."""

    def handle(self, exception: KeysAway, *, field: StrawberryField, info: strawberry.Info) -> Problem:
        return RefusalHandler().handle(exception.refusal, field=field, info=info)


class Masked(MaskErrors):
    """Mask what nobody expected, in answers and in each update of a subscription.

    What GraphQL itself says of a document, and refusals, stay readable.
    """

    def __init__(self) -> None:
        super().__init__()

    def _process_errors(self, errors: list[GraphQLError]) -> list[GraphQLError]:
        language = self.execution_context.context.actor.language
        return [mask(error, language) for error in errors]


def mask(error: GraphQLError, language: str) -> GraphQLError:
    """The error as the reader may see it."""
    original = error.original_error
    if isinstance(original, KeysAway):
        original = original.refusal
    if original is None or isinstance(original, GraphQLError):
        return _without_echo(error)
    extensions: dict[str, Any]
    if isinstance(original, Refusal):
        message, extensions = original.message(language), {"code": original.code, "field": original.field}
    else:
        error_id = uuid4().hex[:12]
        _log.error("unexpected error", error_id=error_id, path=error.path, exc_info=original)
        message, extensions = (
            f"Something went wrong here. Error id: {error_id}",
            {"code": "unexpected", "errorId": error_id},
        )
    return GraphQLError(message, nodes=error.nodes, positions=error.positions, path=error.path, extensions=extensions)


def _without_echo(error: GraphQLError) -> GraphQLError:
    """The error without the value that it is about: what was sent in the wrong shape may be a password."""
    message = _ECHO.sub(".", _ECHOED_WORD.sub("That value does not exist", error.message))
    if message == error.message:
        return error
    return GraphQLError(
        message, nodes=error.nodes, positions=error.positions, path=error.path, extensions=error.extensions
    )
