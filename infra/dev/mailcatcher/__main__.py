"""`python -m infra.dev.mailcatcher --smtp-port 1025 --http-port 8025 --data-dir var`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
from pathlib import Path

from aiosmtpd.controller import Controller as SmtpController
from aiosmtpd.smtp import SMTP, Envelope, Session
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar
from litestar.di import Provide

from infra.dev.mailcatcher.pages import MailApi, MailPages
from infra.dev.mailcatcher.store import MailStore

_LARGEST_MAIL = 50_000_000


class KeepEverything:
    """The SMTP side: takes every mail for everybody."""

    def __init__(self, store: MailStore) -> None:
        self._store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content
        assert isinstance(content, bytes)
        await asyncio.to_thread(self._store.add, envelope.mail_from or "", list(envelope.rcpt_tos), content)
        return "250 Kept"


def build_app(store: MailStore) -> Litestar:
    return Litestar(
        route_handlers=[MailPages, MailApi],
        dependencies={"store": Provide(lambda: store, sync_to_thread=False)},
        openapi_config=None,
        signature_types=[MailStore],
    )


async def serve(smtp_port: int, http_port: int, data_dir: Path) -> None:
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # Else aiosmtpd writes down every command and address.
    store = MailStore(data_dir / "mail")
    smtp = SmtpController(
        KeepEverything(store), hostname="127.0.0.1", port=smtp_port, data_size_limit=_LARGEST_MAIL, enable_SMTPUTF8=True
    )
    smtp.start()
    server = Server(build_app(store), address="127.0.0.1", port=http_port, interface=Interfaces.ASGI, log_enabled=False)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    try:
        await server.serve()
    finally:
        smtp.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="mailcatcher", description="Keeps every mail and shows it.")
    parser.add_argument("--smtp-port", type=int, default=1025)
    parser.add_argument("--http-port", type=int, default=8025)
    parser.add_argument("--data-dir", type=Path, default=Path("var"))
    options = parser.parse_args()
    asyncio.run(serve(options.smtp_port, options.http_port, options.data_dir))


if __name__ == "__main__":
    main()
