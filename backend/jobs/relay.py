"""The relay: finds what is due in the database, leases it, and wakes who does it. Several may run side by side.

It wakes by NOTIFY, and looks by itself each second, so that a lost notification costs a second. Without Redis it claims
nothing but live updates, which it gives back, and tries again after a while: nothing is lost and nothing spins.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import asyncpg
import msgspec

from backend.database import system_connection
from backend.jobs.broker import Queue, Wakeups
from backend.jobs.card_leases import Waiting, claim_syncs, claim_webhooks, give_back_syncs, give_back_webhooks
from backend.jobs.leases import (
    Delivery,
    DueTicket,
    Lease,
    QueuedMail,
    StoredMail,
    claim_deliveries,
    claim_incoming,
    claim_live,
    claim_mails,
    claim_timers,
    finish_live,
    give_back_deliveries,
    give_back_incoming,
    give_back_mails,
    give_back_timers,
)
from backend.live import channel, live_event
from backend.log import get_log
from backend.redis import REDIS_LOST, redis, redis_answers

POLL_SECONDS: Final = 1.0
LIVE_BATCH: Final = 500
QUEUE_LENGTH: Final = 256
"""Rows for which wake-ups may wait in a queue: few enough that they are done before their lease ends, and that a tenant
whose turn comes does not stand behind many of another's."""
BUNDLE: Final = 16
"""Rows of one tenant that one wake-up may tell of, where an actor can take several at once."""

BACKLOG_SECONDS: Final = 0.05

DATABASE_LOST: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
LOST: Final[tuple[type[Exception], ...]] = (*REDIS_LOST, *DATABASE_LOST)

_log = get_log(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Lane(Generic[T]):
    """One kind of thing that waits: how to claim it, how to give it back, and what to tell its actor.

    `shared` is what those that go to the actor together have in common, `own` what each adds to it.
    """

    queue: Queue
    claim: Callable[..., Awaitable[list[T]]]
    give_back: Callable[[Sequence[T], Lease], Awaitable[None]]
    shared: Callable[[T], tuple[str, ...]]
    own: Callable[[T], str]
    bundle: int = 1

    def bundles(self, claimed: Sequence[T]) -> list[list[T]]:
        """What one wake-up each tells of, in the order in which it was claimed."""
        open_bundles: dict[tuple[str, ...], list[T]] = {}
        bundles: list[list[T]] = []
        for one in claimed:
            shared = self.shared(one)
            if shared not in open_bundles or len(open_bundles[shared]) == self.bundle:
                open_bundles[shared] = []
                bundles.append(open_bundles[shared])
            open_bundles[shared].append(one)
        return bundles

    def wakeup(self, bundle: Sequence[T]) -> tuple[str, ...]:
        return *self.shared(bundle[0]), *(self.own(one) for one in bundle)


def _tenant(one: Any) -> tuple[str, ...]:
    return (str(one.tenant_id),)


def _tenant_and_consumer(one: Delivery) -> tuple[str, ...]:
    return str(one.tenant_id), one.consumer


def _event(one: Delivery) -> str:
    return str(one.event_id)


def _mail(one: QueuedMail | StoredMail) -> str:
    return str(one.mail_id)


def _ticket(one: DueTicket) -> str:
    return str(one.ticket_id)


def _row(one: Waiting) -> str:
    return str(one.id)


LANES: Final[tuple[_Lane[Any], ...]] = (
    _Lane("timers", claim_timers, give_back_timers, _tenant, _ticket, BUNDLE),
    _Lane("deliveries", claim_deliveries, give_back_deliveries, _tenant_and_consumer, _event, BUNDLE),
    _Lane("mails", claim_mails, give_back_mails, _tenant, _mail),
)
# Rare, and woken by themselves, so that what happens on tickets does not pay for looking at them.
CARD_LANES: Final[tuple[_Lane[Any], ...]] = (
    _Lane("webhooks", claim_webhooks, give_back_webhooks, _tenant, _row),
    _Lane("card_syncs", claim_syncs, give_back_syncs, _tenant, _row),
)

INCOMING_LANES: Final[tuple[_Lane[Any], ...]] = (_Lane("incoming", claim_incoming, give_back_incoming, _tenant, _mail),)


class Relay:
    """Loops in one event loop: live updates, all that an actor does about tickets, what payment providers tell, mail in."""

    def __init__(self, wakeups: Wakeups, *, lease: Lease) -> None:
        self._wakeups = wakeups
        self._lease = lease
        self._looks = (asyncio.Event(), asyncio.Event())
        self._look_at_cards = asyncio.Event()
        self._look_at_incoming = asyncio.Event()
        self._stopping = asyncio.Event()
        self._published = True
        self._crowded: set[Queue] = set()

    async def run(self) -> None:
        """Relay until `stop`. A surprise ends it, and is raised."""
        live, work = self._looks
        ear = asyncio.create_task(self._listen(), name="relay's ear")
        try:
            async with asyncio.TaskGroup() as loops:
                loops.create_task(self._again_and_again(self.tell_screens, live), name="relay of live updates")
                loops.create_task(self._again_and_again(self.wake_actors, work), name="relay of work")
                cards = self._again_and_again(self.wake_for_cards, self._look_at_cards)
                loops.create_task(cards, name="relay of cards")
                incoming = self._again_and_again(self.wake_for_incoming, self._look_at_incoming)
                loops.create_task(incoming, name="relay of mail in")
        finally:
            ear.cancel()
            await asyncio.gather(ear, return_exceptions=True)

    def stop(self) -> None:
        """End after the rounds that are under way. Call it on the loop that runs it."""
        self._stopping.set()
        self._look()
        self._look_at_cards.set()
        self._look_at_incoming.set()

    async def tell_screens(self) -> bool:
        """Publish a batch of live updates. Returns whether more may wait. Raises what `REDIS_LOST` names."""
        if not self._published and not await redis_answers():
            raise ConnectionError("Redis is away.")
        claimed = await claim_live(LIVE_BATCH, self._lease)
        if not claimed:
            self._published = True
            return False
        self._published = False
        try:
            async with redis().pipeline(transaction=False) as pipe:
                for one in claimed:
                    event = live_event(one.event_id, one.type, one.at, one.ticket_id, one.data)
                    pipe.publish(channel(one.tenant_id), msgspec.json.encode(event))  # type: ignore[unused-awaitable]  # collected
                await pipe.execute()
        except REDIS_LOST:
            await give_back_deliveries(claimed, self._lease)
            raise
        await finish_live(claimed)
        self._published = True
        return len(claimed) == LIVE_BATCH

    async def wake_actors(self) -> bool:
        """Wake actors for what is due, as far as the queues have room. Returns whether more may wait."""
        more = [await self._wake(lane) for lane in LANES]
        return any(more)

    async def wake_for_cards(self) -> bool:
        """As `wake_actors`, for webhooks and for readings of customers."""
        more = [await self._wake(lane) for lane in CARD_LANES]
        return any(more)

    async def wake_for_incoming(self) -> bool:
        """As `wake_actors`, for mails that came in."""
        more = [await self._wake(lane) for lane in INCOMING_LANES]
        return any(more)

    async def _wake(self, lane: _Lane[Any]) -> bool:
        """Tenants take turns from when there was more than room, until nothing is left."""
        room = QUEUE_LENGTH - lane.bundle * await asyncio.to_thread(self._wakeups.waiting, lane.queue)
        if room <= 0:
            self._crowded.add(lane.queue)
            return True
        fairly = lane.queue in self._crowded
        claimed = await lane.claim(room, self._lease, fairly=fairly)
        if not claimed:
            self._crowded.discard(lane.queue)
            return False
        bundles = lane.bundles(claimed)
        sent = await asyncio.to_thread(self._wakeups.send, lane.queue, [lane.wakeup(each) for each in bundles])
        if sent < len(bundles):
            await lane.give_back([one for bundle in bundles[sent:] for one in bundle], self._lease)
            raise ConnectionError("Redis went away.")
        if len(claimed) >= room:
            self._crowded.add(lane.queue)
        return fairly or len(claimed) >= room

    async def _again_and_again(self, one_round: Callable[[], Awaitable[bool]], look: asyncio.Event) -> None:
        waits_for = ""
        while not self._stopping.is_set():
            look.clear()
            try:
                more = await one_round()
            except LOST as error:
                if not waits_for:
                    _log.warning("relay_waits", round=one_round.__name__, error=type(error).__name__)
                waits_for = type(error).__name__
                await _wait(self._stopping, self._lease.back)
                continue
            if waits_for:
                _log.info("relay_goes_on", round=one_round.__name__, after=waits_for)
                waits_for = ""
            await _wait(look, BACKLOG_SECONDS if more else POLL_SECONDS)

    async def _listen(self) -> None:
        """Hear of new rows at once. While this is not connected the loops look by themselves."""
        while True:
            try:
                async with system_connection() as connection:
                    lost = asyncio.Event()
                    connection.add_termination_listener(lambda *_, lost=lost: lost.set())
                    await connection.add_listener("deliveries", self._look)
                    await connection.add_listener("cards", self._hear_of_cards)
                    await connection.add_listener("mail_in", self._hear_of_mail_in)
                    self._look()
                    self._look_at_cards.set()
                    self._look_at_incoming.set()
                    try:
                        await lost.wait()
                    finally:
                        await connection.remove_listener("deliveries", self._look)
                        await connection.remove_listener("cards", self._hear_of_cards)
                        await connection.remove_listener("mail_in", self._hear_of_mail_in)
            except DATABASE_LOST as error:
                _log.warning("relay_hears_nothing", error=type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)

    def _hear_of_cards(self, *_: object) -> None:
        self._look_at_cards.set()

    def _hear_of_mail_in(self, *_: object) -> None:
        self._look_at_incoming.set()

    def _look(self, *_: object) -> None:
        for look in self._looks:
            look.set()


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
