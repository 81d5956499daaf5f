"""Whether the process lives, and whether it can serve."""

import asyncpg
from litestar import Controller, Response, get

from backend.database import value
from backend.redis import redis_answers


class HealthController(Controller):
    """`/health/live` for the supervisor, `/health/ready` for the load balancer; on any host name."""

    path = "/health"

    @get("/live")
    async def live(self) -> dict[str, bool]:
        """The process answers."""
        return {"live": True}

    @get("/ready")
    async def ready(self) -> Response[dict[str, bool]]:
        """The database answers. Redis is told of, but nothing is refused without it."""
        try:
            database = await value("select 1") == 1
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            database = False
        return Response({"database": database, "redis": await redis_answers()}, status_code=200 if database else 503)
