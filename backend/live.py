"""Live updates: the relay tells Redis, each web process listens once and hands on to the screens that are open.

An update is a hint to look again, so one that comes twice is harmless; none may be lost. While Redis is away updates
pile up in the database, and after it each hub reads from there whatever may have passed it by.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Self
from uuid import UUID

import msgspec
from redis.asyncio.client import PubSub

from backend.clock import real_now
from backend.database import bind, rows
from backend.ids import floor_id
from backend.log import get_log
from backend.redis import REDIS_LOST, redis

CHANNELS: Final = "live:"
ALL: Final = "live"
OVERLAP: Final = timedelta(seconds=10)
QUIET_SECONDS: Final = 5.0
SUBSCRIBE_SECONDS: Final = 1.0
RECONNECT_SECONDS: Final = 0.5
QUEUE_LENGTH: Final = 500
PAGE: Final = 500

_log = get_log(__name__)


class LiveEvent(msgspec.Struct, frozen=True, kw_only=True):
    """What the screens hear of an event."""

    event_id: UUID
    type: str
    ticket_id: UUID | None
    data: dict[str, Any]
    at: datetime


class FellBehind(Exception):
    """A reader was too slow and has missed updates: it must look at everything again."""


def channel(tenant_id: UUID) -> str:
    """The Redis channel of a tenant's updates."""
    return f"{CHANNELS}{tenant_id}"


def live_event(event_id: UUID, kind: str, at: datetime, ticket_id: UUID | None, data: str) -> LiveEvent:
    """An event with its data as it is stored."""
    return LiveEvent(event_id=event_id, type=kind, at=at, ticket_id=ticket_id, data=msgspec.json.decode(data))


class LiveStream:
    """The updates of one tenant for one reader. Raises FellBehind when more waited than it may hold."""

    def __init__(self, length: int) -> None:
        self._waiting: asyncio.Queue[LiveEvent] = asyncio.Queue(length)
        self._fell_behind = False

    def put(self, event: LiveEvent) -> None:
        try:
            self._waiting.put_nowait(event)
        except asyncio.QueueFull:
            self._fell_behind = True

    async def batch(self) -> list[LiveEvent]:
        """What waits, at least one update."""
        return [await anext(self), *self.waiting()]

    def waiting(self) -> list[LiveEvent]:
        """What waits by now."""
        return [self._waiting.get_nowait() for _ in range(self._waiting.qsize())]

    def __aiter__(self) -> AsyncIterator[LiveEvent]:
        return self

    async def __anext__(self) -> LiveEvent:
        if self._fell_behind:
            raise FellBehind
        return await self._waiting.get()


class LiveHub:
    """The listener of one web process, on one connection to Redis; an async context manager, used once.

    `open_redis` and `open_database` come first.
    """

    def __init__(self, *, queue_length: int = QUEUE_LENGTH) -> None:
        self._queue_length = queue_length
        self._streams: defaultdict[UUID, set[LiveStream]] = defaultdict(set)
        self._heard: defaultdict[UUID, asyncio.Event] = defaultdict(asyncio.Event)
        self._pubsub: PubSub | None = None
        self._good_at = real_now()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._good_at = real_now()
        self._task = asyncio.create_task(self._listen_for_ever(), name="live hub")
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None, "closed before it was opened"
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    @asynccontextmanager
    async def subscribe(self, tenant_id: UUID, *, with_recent: bool = False) -> AsyncIterator[LiveStream]:
        """The updates of a tenant from now on. Waits a moment for Redis, and goes on without it when it is away.

        `with_recent` tells the last seconds too: a page asks for what it shows before it listens, and what happened in
        between would be missed for as long as it is open.
        """
        stream = LiveStream(self._queue_length)
        is_first = not self._streams[tenant_id]
        self._streams[tenant_id].add(stream)
        try:
            if is_first:
                await self._tell_redis("subscribe", tenant_id)
            try:
                async with asyncio.timeout(SUBSCRIBE_SECONDS):
                    await self._heard[tenant_id].wait()
            except TimeoutError:
                _log.warning("live_without_redis", tenant_id=str(tenant_id))
            if with_recent:
                async for event in _events_since(tenant_id, real_now() - OVERLAP):
                    stream.put(event)
            yield stream
        finally:
            self._streams[tenant_id].discard(stream)
            if not self._streams[tenant_id]:
                del self._streams[tenant_id]
                self._heard.pop(tenant_id, None)
                await self._tell_redis("unsubscribe", tenant_id)

    async def _tell_redis(self, command: Literal["subscribe", "unsubscribe"], tenant_id: UUID) -> None:
        """Without a connection there is nothing to tell: a new one subscribes to all that is open."""
        if (pubsub := self._pubsub) is None:
            return
        try:
            await getattr(pubsub, command)(channel(tenant_id))
        except REDIS_LOST:
            self._pubsub = None

    async def _listen_for_ever(self) -> None:
        told: datetime | None = None
        while True:
            try:
                await self._listen()
            except REDIS_LOST as error:
                if told != self._good_at:
                    told = self._good_at
                    _log.warning("live_lost_redis", error=type(error).__name__, since=told.isoformat())
            except Exception:  # noqa: BLE001 - one bad moment must not silence every screen; what passed is read again.
                _log.exception("live_hub_failed")
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self) -> None:
        """Connect, catch up, and hand on until the connection is lost."""
        for heard in self._heard.values():
            heard.clear()
        pubsub = redis().pubsub()
        try:
            opening = {ALL, *map(channel, self._streams)}
            await pubsub.subscribe(*opening)
            self._pubsub = pubsub
            if came_meanwhile := set(map(channel, self._streams)) - opening:
                await pubsub.subscribe(*came_meanwhile)
                opening |= came_meanwhile
            while opening:
                opening.discard(await self._take(pubsub))
            await self._catch_up()
            self._good_at = real_now()
            while self._pubsub is pubsub:
                await self._take(pubsub)
                self._good_at = real_now()
        finally:
            self._pubsub = None
            await pubsub.aclose()  # type: ignore[no-untyped-call]  # redis-py has no type for it.

    async def _take(self, pubsub: PubSub) -> str:
        """One message. Raises when the connection is lost, or says nothing although it is asked. Returns its channel."""
        message = await pubsub.get_message(timeout=QUIET_SECONDS)
        if message is None:
            await pubsub.ping()
            message = await pubsub.get_message(timeout=QUIET_SECONDS)
            if message is None:
                raise TimeoutError("Redis does not answer.")
        name = (message["channel"] or b"").decode()
        tenant_id = UUID(name.removeprefix(CHANNELS)) if name.startswith(CHANNELS) else None
        if tenant_id is not None and message["type"] == "subscribe" and tenant_id in self._streams:
            self._heard[tenant_id].set()
        elif tenant_id is not None and message["type"] == "message":
            self._hand_on(tenant_id, msgspec.json.decode(message["data"], type=LiveEvent))
        return name

    def _hand_on(self, tenant_id: UUID, event: LiveEvent) -> None:
        for stream in self._streams.get(tenant_id, ()):
            stream.put(event)

    async def _catch_up(self) -> None:
        """Hand on what happened since the connection was last known to be good, and a little before."""
        for tenant_id in list(self._streams):
            async for event in _events_since(tenant_id, self._good_at - OVERLAP):
                self._hand_on(tenant_id, event)


async def _events_since(tenant_id: UUID, moment: datetime) -> AsyncIterator[LiveEvent]:
    after = floor_id(moment)
    while True:
        with bind(tenant_id):
            page = await rows(
                "select id, type, at, ticket_id, data from events where tenant_id = $1 and id > $2 order by id limit $3",
                tenant_id,
                after,
                PAGE,
            )
        for row in page:
            yield live_event(row["id"], row["type"], row["at"], row["ticket_id"], row["data"])
        if len(page) < PAGE:
            return
        after = page[-1]["id"]
