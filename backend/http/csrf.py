"""Cross-site requests are refused, but for programs: a token is sent by who has it, never by a browser by itself."""

from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import Receive, Scope, Send


class Csrf(CSRFMiddleware):
    """Asks for the token of the portal's own pages wherever a cookie could have come along."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("state", {}).get("by_program"):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
