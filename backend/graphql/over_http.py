"""What Strawberry's controller lets through: bodies and messages of any shape, and subscriptions where nothing is streamed."""

import json
from typing import Annotated, Any, Final

import msgspec
import orjson
from cross_web import HTTPException
from graphql import GraphQLError
from strawberry.exceptions import MissingQueryError
from strawberry.http import GraphQLRequestData
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

OVER_POST: Final = frozenset({OperationType.QUERY, OperationType.MUTATION})


class Payload(msgspec.Struct):
    """What `subscribe` brings."""

    query: Annotated[str, msgspec.Meta(min_length=1)] | None = None
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
        if self.type == "subscribe" and msgspec.convert(self.payload, Payload).query is None:
            raise ValueError("An operation has a document.")


class Operations(BaseGraphQLTransportWSHandler[Any, Any]):
    """A document that cannot be read is an error of its own operation; the others of the socket go on.

    Strawberry would close the socket beside the task that reads from it, which Granian does not tell the client.
    """

    @staticmethod
    def _get_pre_execution_close_reason(error: GraphQLError) -> str | None:
        return None


class OverHttp:
    """Comes before Strawberry's own controller in the order of bases. JSON by orjson."""

    schema: Any
    graphql_transport_ws_handler_class = Operations

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    def decode_json(self, data: str | bytes) -> object:
        """A body (bytes) is an operation, or a batch, which is refused elsewhere; a message of a socket comes as text.

        Raises:
            JSONDecodeError: it is neither. Strawberry takes the shape of a message for granted.
        """
        if isinstance(data, str):
            try:
                msgspec.json.decode(data, type=Message)
            except (msgspec.DecodeError, msgspec.ValidationError, UnicodeEncodeError):
                raise json.JSONDecodeError("That is no message of graphql-transport-ws", "", 0) from None
        found = orjson.loads(data)
        if not isinstance(found, dict | list):
            raise json.JSONDecodeError("An operation is a JSON object", "", 0)
        return found

    async def execute_single(
        self,
        request: Any,
        request_adapter: Any,
        sub_response: Any,
        context: Any,
        root_value: Any,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """A query or a mutation; a subscription comes by socket."""
        if request_adapter.method != "POST":
            raise HTTPException(405, "Operations are sent by POST.")
        try:
            result: ExecutionResult = await self.schema.execute(
                request_data.query,
                root_value=root_value,
                variable_values=request_data.variables,
                context_value=context,
                operation_name=request_data.operation_name,
                allowed_operation_types=OVER_POST,
                operation_extensions=request_data.extensions,
            )
        except CannotGetOperationTypeError as unknown:
            raise HTTPException(400, unknown.as_http_error_reason()) from unknown
        except InvalidOperationTypeError as wrong:
            raise HTTPException(400, wrong.as_http_error_reason(request_adapter.method)) from wrong
        except MissingQueryError as missing:
            raise HTTPException(400, "No GraphQL query found in the request") from missing
        return result
