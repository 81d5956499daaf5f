"""The worker: relay, sweep and actors in one process. Several may run side by side, on one machine or many.

The relay and what the actors do share one event loop in a thread of its own; Dramatiq's threads wait for it.
"""

import asyncio
import logging
import signal
import threading
from concurrent.futures import Future
from types import FrameType
from typing import Final

from dramatiq import Worker
from dramatiq.asyncio import EventLoopThread, set_event_loop_thread

from backend.attachments.clamd import configure_clamd
from backend.attachments.contents import configure_scratch
from backend.cards.stripe_gateway import configure_stripe
from backend.clock import keep_fresh
from backend.database import close_database, open_database
from backend.files import open_files
from backend.jobs.broker import Wakeups, namespace_of, open_broker
from backend.jobs.consumers import EFFECTS
from backend.jobs.effects import Effects
from backend.jobs.export_heads import keep_exporting
from backend.jobs.keep_attachments import keep_collecting, keep_scanning
from backend.jobs.learn import keep_learning
from backend.jobs.leases import DEFAULT_LEASE, Lease
from backend.jobs.relay import Relay
from backend.jobs.seek import keep_seeking
from backend.log import get_log, set_up_logging
from backend.mailboxes.incoming.reader import Readers, use_reader
from backend.mailboxes.outgoing.send import configure_smtp
from backend.redis import close_redis, open_redis
from backend.settings import Settings
from backend.vault import open_keys

THREADS: Final = 8
IDLE_MS: Final = 200
STOP_SECONDS: Final = 4

_log = get_log(__name__)


def run(settings: Settings, *, effects: Effects = EFFECTS, lease: Lease = DEFAULT_LEASE) -> None:
    """Work until SIGTERM or SIGINT; what was begun is finished, within a few seconds.

    Raises:
        Exception: the relay met a surprise; whoever supervises the process starts it again.
    """
    set_up_logging(level=settings.log_level, json=settings.production)
    open_keys(settings)
    configure_smtp(settings.smtp_url, settings.origin)
    configure_stripe(settings.stripe_api_base)
    configure_clamd(settings.clamd_url)
    configure_scratch(settings.data_dir / "arriving")
    open_files(settings.files_url or settings.data_dir / "files")
    readers = Readers()
    use_reader(readers.read)
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)

    broker = open_broker(settings.redis_url, namespace=namespace_of(settings.system_database_url))
    wakeups = Wakeups(broker, effects, moving_clock=not settings.production)
    loop = EventLoopThread(logging.getLogger(__name__))
    loop.start(timeout=5)
    set_event_loop_thread(loop)
    try:
        relay = loop.run_coroutine(_open(settings, wakeups, lease))
        worker = Worker(broker, worker_timeout=IDLE_MS, worker_threads=THREADS)
        # No more than what is worked on: what waits in a process that is killed comes back late.
        worker.queue_prefetch = THREADS
        worker.start()
        relaying = asyncio.run_coroutine_threadsafe(_relay(relay, settings), loop.loop)
        relaying.add_done_callback(lambda _: ended.set())
        _log.info("worker_started", threads=THREADS)
        ended.wait()
        wakeups.end()
        loop.loop.call_soon_threadsafe(relay.stop)
        worker.stop(timeout=STOP_SECONDS * 1000)
        _finish(relaying)
        loop.run_coroutine(_close())
        _log.info("worker_stopped")
    finally:
        readers.close()
        loop.stop()  # type: ignore[no-untyped-call]  # Dramatiq has no type for it.


async def _open(settings: Settings, wakeups: Wakeups, lease: Lease) -> Relay:
    await open_database(
        settings.database_url, system_url=settings.system_database_url, pool=max(settings.database_pool, THREADS)
    )
    open_redis(settings.redis_url)
    return Relay(wakeups, lease=lease)


async def _relay(relay: Relay, settings: Settings) -> None:
    beside = [
        asyncio.create_task(keep_exporting(), name="export of heads"),
        asyncio.create_task(keep_learning(), name="learning from tickets"),
        asyncio.create_task(keep_seeking(), name="seeking somebody for tickets"),
        asyncio.create_task(keep_scanning(), name="virus scan"),
        asyncio.create_task(keep_collecting(), name="removal of unused files"),
    ]
    if not settings.production:
        beside.append(asyncio.create_task(keep_fresh(), name="business clock"))
    try:
        await relay.run()
    finally:
        for each in beside:
            each.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


def _finish(relaying: Future[None]) -> None:
    try:
        relaying.result(timeout=2)
    except TimeoutError:
        relaying.cancel()
        _log.warning("relay_cancelled")


async def _close() -> None:
    await close_redis()
    async with asyncio.timeout(2):
        await close_database()
