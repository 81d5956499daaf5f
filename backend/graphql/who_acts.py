"""Who acts on a socket: asked anew for each operation, for the socket may be older than a sign-out or a change of role."""

from collections.abc import AsyncIterator

from strawberry.extensions import SchemaExtension

from backend.graphql.context import Context


class AskWhoActs(SchemaExtension):
    """Each operation of a socket runs as whom its session stands for now; one request has asked just before."""

    async def on_operation(self) -> AsyncIterator[None]:
        context: Context = self.execution_context.context
        if context.websocket is not None:
            await context.still_signed_in()
            context.fresh()
        yield
