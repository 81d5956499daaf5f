"""Redis: wake-up of jobs, live updates, and slowing addresses down. It may be lost at any moment; nothing is kept here.

Time-outs are short and nothing is retried: who uses it says what happens without it, by catching `REDIS_LOST`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

SECONDS = 1.0

REDIS_LOST: Final[tuple[type[Exception], ...]] = (RedisError, OSError, TimeoutError)
"""What is raised where Redis is away, too slow, or starting."""

_redis: Redis | None = None


def open_redis(url: str) -> None:
    """Set the connection of this process; once, by the composition root. Nothing is sent yet."""
    global _redis
    _redis = Redis.from_url(
        url,
        socket_timeout=SECONDS,
        socket_connect_timeout=SECONDS,
        health_check_interval=15,
        retry=Retry(NoBackoff(), 0),
        client_name="countersign",
    )


def redis() -> Redis:
    """The connection of this process.

    Raises:
        RuntimeError: `open_redis` was not called.
    """
    if _redis is None:
        raise RuntimeError("Redis is not open.")
    return _redis


async def close_redis() -> None:
    """Close the connections of this process."""
    global _redis
    if _redis is not None:
        await _redis.aclose()
        _redis = None


@asynccontextmanager
async def another_redis(url: str) -> AsyncIterator[Redis]:
    """The connection of this process is to that Redis inside the block, and what it was before after it."""
    global _redis
    kept = _redis
    open_redis(url)
    try:
        yield redis()
    finally:
        await close_redis()
        _redis = kept


async def redis_answers() -> bool:
    """Whether Redis answers now."""
    if _redis is None:
        return False
    try:
        return bool(await _redis.ping())
    except REDIS_LOST:
        return False
