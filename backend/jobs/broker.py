"""Dramatiq over Redis, as a wake-up alone: what has to be done stands in the database, and is leased from there.

A message that is lost, or comes twice, changes nothing. So nothing is retried here (the lease does that), and nothing is
kept for later.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import dramatiq
import redis
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import TimeLimit
from redis.backoff import NoBackoff
from redis.retry import Retry

from backend.clock import refresh
from backend.database import bind
from backend.jobs.deliver import deliver, note_failure
from backend.jobs.effects import Effects
from backend.log import get_log

Queue: TypeAlias = Literal["deliveries", "mails", "timers", "webhooks", "card_syncs", "incoming"]

HEARTBEAT_MS: Final = 10_000
MAINTENANCE_IN_A_MILLION: Final = 50_000
TIME_LIMIT_MS: Final = 60_000

_log = get_log(__name__)


class Wakeups:
    """The way from the relay to the actors. Its methods block: never call them on the event loop."""

    def __init__(self, broker: RedisBroker, effects: Effects, *, moving_clock: bool) -> None:
        self._broker = broker
        self._effects = effects
        self._moving_clock = moving_clock
        self._ending = False
        self._actors: dict[Queue, Any] = {
            "deliveries": self._declare("deliveries", self.deliver),
            "mails": self._declare("mails", self.send_mail),
            "timers": self._declare("timers", self.fire_timers),
            "webhooks": self._declare("webhooks", self.work_webhook),
            "card_syncs": self._declare("card_syncs", self.sync_cards),
            "incoming": self._declare("incoming", self.process_mail),
        }

    def waiting(self, queue: Queue) -> int:
        """How many wake-ups nobody has fetched yet. Raises redis errors when Redis is away."""
        return int(self._broker.client.llen(f"{self._broker.namespace}:{queue}"))

    def send(self, queue: Queue, wakeups: Sequence[tuple[str, ...]]) -> int:
        """Wake an actor for each; returns how many were sent before Redis went away."""
        for sent, arguments in enumerate(wakeups):
            try:
                self._actors[queue].send(*arguments)
            except (redis.RedisError, OSError) as error:
                _log.warning("redis_away", error=type(error).__name__, sent=sent, unsent=len(wakeups) - sent)
                return sent
        return len(wakeups)

    def end(self) -> None:
        """Begin nothing more; what was begun goes on."""
        self._ending = True

    def _declare(self, queue: Queue, work: Callable[..., Awaitable[None]]) -> Any:
        """Timers go before what they bring about: they are quick, and what was promised for a moment is theirs to keep."""
        decorate = dramatiq.actor(
            broker=self._broker,
            actor_name=queue,
            queue_name=queue,
            time_limit=TIME_LIMIT_MS,
            priority=0 if queue == "timers" else 10,
        )
        return decorate(work)

    async def deliver(self, tenant: str, consumer: str, *events: str) -> None:
        """What the actor of `deliveries` does. Once the worker ends it begins no other: those come back by their lease."""
        for event in events:
            if self._ending:
                return
            tenant_id, event_id = UUID(tenant), UUID(event)
            try:
                await deliver(self._effects.consumers, tenant_id, event_id, consumer)
            except Exception as error:  # noqa: BLE001 - whatever it was is logged, noted, and tried again by the lease.
                error_id = _failed("delivery_failed", tenant=tenant, event_id=event, consumer=consumer)
                await note_failure(tenant_id, event_id, consumer, error, error_id)

    async def send_mail(self, tenant: str, mail: str) -> None:
        """What the actor of `mails` does."""
        try:
            with bind(UUID(tenant)):
                await self._effects.send_mail(UUID(tenant), UUID(mail))
        except Exception:  # noqa: BLE001 - as above; the mail stays queued.
            _failed("mail_failed", tenant=tenant, mail_id=mail)

    async def process_mail(self, tenant: str, mail: str) -> None:
        """What the actor of `incoming` does. Once the worker ends it begins no other."""
        if self._ending:
            return
        try:
            with bind(UUID(tenant)):
                await self._effects.process_mail(UUID(tenant), UUID(mail))
        except Exception:  # noqa: BLE001 - as above; the mail stays stored.
            _failed("mail_in_failed", tenant=tenant, mail_id=mail)

    async def fire_timers(self, tenant: str, *tickets: str) -> None:
        """What the actor of `timers` does."""
        try:
            if self._moving_clock:
                await refresh()
            with bind(UUID(tenant)):
                await self._effects.fire_timers(UUID(tenant), [UUID(each) for each in tickets])
        except Exception:  # noqa: BLE001 - as above; the timers stay due.
            _failed("timers_failed", tenant=tenant, tickets=" ".join(tickets))

    async def work_webhook(self, tenant: str, event: str) -> None:
        """What the actor of `webhooks` does."""
        try:
            with bind(UUID(tenant)):
                await self._effects.work_webhook(UUID(tenant), UUID(event))
        except Exception:  # noqa: BLE001 - as above; the webhook stays open.
            _failed("webhook_failed", tenant=tenant, webhook_id=event)

    async def sync_cards(self, tenant: str, connection: str) -> None:
        """What the actor of `card_syncs` does."""
        try:
            with bind(UUID(tenant)):
                await self._effects.sync_cards(UUID(tenant), UUID(connection))
        except Exception:  # noqa: BLE001 - as above; the reading stays due.
            _failed("card_sync_failed", tenant=tenant, connection_id=connection)


def open_broker(redis_url: str, *, namespace: str) -> RedisBroker:
    """A broker for one database: its queues bear the database's name. Connects when it is first used."""
    client = redis.Redis.from_url(  # noqa: TID251 - Dramatiq takes the blocking client alone.
        redis_url,
        socket_timeout=5,
        socket_connect_timeout=2,
        retry=Retry(NoBackoff(), 1),
        client_name="countersign-jobs",
    )
    broker = RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq has no type for it.
        client=client,
        middleware=[TimeLimit(time_limit=TIME_LIMIT_MS)],
        namespace=namespace,
        heartbeat_timeout=HEARTBEAT_MS,
        maintenance_chance=MAINTENANCE_IN_A_MILLION,
    )
    dramatiq.set_broker(broker)
    return broker


def namespace_of(database_url: str) -> str:
    """Prefix of the queues that belong to a database, so that two systems may share one Redis."""
    return f"countersign:{urlsplit(database_url).path.strip('/')}"


def _failed(what: str, **names: str) -> str:
    error_id = uuid4().hex[:12]
    _log.exception(what, error_id=error_id, **names)
    return error_id
