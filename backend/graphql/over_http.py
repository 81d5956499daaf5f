"""What Strawberry's controller lets through: bodies that are no operation, and subscriptions where nothing can be streamed."""

import json
from typing import Any, Final

import orjson
from cross_web import HTTPException
from strawberry.exceptions import MissingQueryError
from strawberry.http import GraphQLRequestData
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

OVER_POST: Final = frozenset({OperationType.QUERY, OperationType.MUTATION})


class OverHttp:
    """Comes before Strawberry's own controller in the order of bases. JSON by orjson."""

    schema: Any

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    def decode_json(self, data: str | bytes) -> object:
        """A body (bytes) is an object or a batch, which is refused elsewhere; a message of a socket (text) is an object."""
        found = orjson.loads(data)
        if not isinstance(found, dict) and (isinstance(data, str) or not isinstance(found, list)):
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
