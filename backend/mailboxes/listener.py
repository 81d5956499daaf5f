"""The SMTP listener: takes mail for the mailboxes of all tenants, and says 250 when they are stored and committed (RFC 5321, 4.2.5).

What a mail says is read later, by a worker: see `incoming`.
"""

import asyncio
import signal
import sys
from typing import Any, Final
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session

from backend.clock import keep_fresh
from backend.database import close_database, open_database
from backend.files import close_files, open_files
from backend.log import get_log, set_up_logging
from backend.mailboxes.authentication import NOBODY, Relays, relays_of
from backend.mailboxes.incoming.recipients import NoSuchMailbox, find_mailbox
from backend.mailboxes.incoming.store import Origin, store_mail
from backend.settings import Settings
from backend.vault import open_keys

MOST_BYTES: Final = 25 * 2**20
MOST_RECIPIENTS: Final = 50
IDLE_SECONDS: Final = 120.0

_LATER = "451 4.3.0 We cannot take this mail now, please send it again later"
_log = get_log(__name__)


class Handler:
    """What the listener does with each command; its method names are the library's."""

    def __init__(self, relays: Relays = NOBODY) -> None:
        self._relays = relays

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Only mailboxes that exist are taken."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients, send the rest in another mail"
        try:
            await find_mailbox(address)
        except NoSuchMailbox:
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """250 when the mail is stored for every recipient. Sent again, it is recognised where it was stored before."""
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        peer = str(session.peer[0]) if session.peer else ""
        origin = Origin(
            peer=peer, helo=str(session.host_name or ""), authserv_id=self._relays.name_for(peer)
        )  # fmt: skip
        try:
            for address in envelope.rcpt_tos:
                await store_mail(await find_mailbox(address), envelope.mail_from or "", raw, origin=origin)
        except Exception as error:  # noqa: BLE001 - the library would leave the session in the middle of this mail.
            return await self.handle_exception(error)
        return "250 2.0.0 Taken"

    async def handle_exception(self, error: Exception) -> str:
        """Whatever is away will be back: the sender keeps the mail meanwhile."""
        if isinstance(error, NoSuchMailbox):
            return "550 5.1.1 No such mailbox here"
        _log.error("mail_not_taken", error_id=uuid4().hex, exc_info=error)
        return _LATER


async def listen(host: str, port: int, *, relays: Relays = NOBODY) -> asyncio.Server:
    """Listen on an address; the caller closes the server. What `relays` found of a mail's sender is believed."""
    loop = asyncio.get_running_loop()
    handler = Handler(relays)
    return await loop.create_server(
        lambda: SMTP(
            handler,
            data_size_limit=MOST_BYTES,
            enable_SMTPUTF8=True,
            hostname="countersign",
            ident="Countersign",
            timeout=IDLE_SECONDS,
            loop=loop,
        ),
        host,
        port,
    )


def run(settings: Settings) -> None:
    """Listen until SIGTERM or SIGINT, as a process of its own."""
    set_up_logging(level=settings.log_level, json=settings.production)
    open_keys(settings)
    open_files(settings.files_url or settings.data_dir / "files")
    try:
        asyncio.run(_run(settings))
    except OSError as error:
        # The port is in use, or not ours to take.
        sys.exit(f"The mail listener cannot listen on {settings.mail_host}:{settings.mail_port}: {error.strerror}.")
    finally:
        close_files()


async def _run(settings: Settings) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await open_database(settings.database_url, pool=settings.database_pool)
    clock = None if settings.production else asyncio.create_task(keep_fresh(), name="business clock")
    server = await listen(settings.mail_host, settings.mail_port, relays=relays_of(settings))
    _log.info("mail_listener_started", port=settings.mail_port)
    try:
        await ended.wait()
    finally:
        server.close()
        if clock is not None:
            clock.cancel()
        await close_database()
