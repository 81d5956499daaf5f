"""Operations as they come by POST and by socket, held to their shape before Strawberry sees them."""

import json
from typing import Any, Final

import msgspec
import orjson
from graphql import GraphQLError
from litestar import MediaType, Request, Response, post
from litestar.status_codes import HTTP_200_OK, HTTP_400_BAD_REQUEST
from litestar.types import Scope
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.types.graphql import OperationType

from backend.graphql.context import Context

OVER_POST: Final = frozenset({OperationType.QUERY, OperationType.MUTATION})


class NoOperation(Exception):
    """A body that is no operation that could be run; the message is for who wrote the program that sent it."""


class Operation(msgspec.Struct):
    """A body, or what `subscribe` brings."""

    query: str | None = None
    variables: dict[str, Any] | None = None
    operationName: str | None = None  # noqa: N815 - the protocol's word
    extensions: dict[str, Any] | None = None


class Message(msgspec.Struct):
    """A message of graphql-transport-ws, as far as its shape matters to whom it is handed on."""

    type: str
    id: str | None = None
    payload: Any = None

    def __post_init__(self) -> None:
        if self.type in ("subscribe", "complete") and self.id is None:
            raise ValueError("An operation has an id.")
        if self.type == "subscribe" and not msgspec.convert(self.payload, Operation).query:
            raise ValueError("An operation has a document.")


class Operations(BaseGraphQLTransportWSHandler[Any, Any]):
    """A document that cannot be read is an error of its own operation; the others of the socket go on.

    Strawberry would close the socket beside the task that reads from it, which Granian does not tell the client.
    """

    @staticmethod
    def _get_pre_execution_close_reason(error: GraphQLError) -> str | None:
        return None


class OverHttp:
    """Comes before Strawberry's own controller in the order of bases: operations by POST without its detours.

    Strawberry's handler resolves five dependencies for each request, one of them in a thread, and knows of batches,
    forms and streams, which are not offered here.
    """

    schema: Any
    graphql_transport_ws_handler_class = Operations

    def context_of(self, scope: Scope) -> Context:
        """What resolvers are given for this request."""
        raise NotImplementedError

    @post(status_code=HTTP_200_OK)
    async def handle_http_post(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """Run a query or a mutation; a subscription comes by socket."""
        try:
            return Response(await self._answer(request), media_type=MediaType.JSON)
        except NoOperation as refused:
            return Response(str(refused).encode(), status_code=HTTP_400_BAD_REQUEST, media_type=MediaType.TEXT)

    async def _answer(self, request: Request[Any, Any, Any]) -> bytes:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise NoOperation("Unsupported content type")
        try:
            operation = msgspec.json.decode(await request.body(), type=Operation)
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError):
            raise NoOperation("The body is not a GraphQL operation as a JSON object") from None
        try:
            result = await self.schema.execute(
                operation.query,
                variable_values=operation.variables,
                context_value=self.context_of(request.scope),
                operation_name=operation.operationName,
                allowed_operation_types=OVER_POST,
                operation_extensions=operation.extensions,
            )
        except CannotGetOperationTypeError as unknown:
            raise NoOperation(unknown.as_http_error_reason()) from unknown
        except InvalidOperationTypeError as wrong:
            raise NoOperation(wrong.as_http_error_reason("POST")) from wrong
        except MissingQueryError as missing:
            raise NoOperation("No GraphQL query found in the request") from missing
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [each.formatted for each in result.errors]
        return orjson.dumps(answer)

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    def decode_json(self, data: str) -> object:
        """A message of a socket.

        Raises:
            JSONDecodeError: it is none. Strawberry takes the shape of a message for granted.
        """
        try:
            msgspec.json.decode(data, type=Message)
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeEncodeError):
            raise json.JSONDecodeError("That is no message of graphql-transport-ws", "", 0) from None
        found: object = orjson.loads(data)
        return found
