"""A real SMTP server that keeps what it is given, and a store of files, for every test of mail."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from backend.files import close_files, open_files
from backend.mailboxes.outgoing.send import configure_smtp


@dataclass(slots=True)
class Caught:
    """A mail as the other server got it."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        parsed = BytesParser(policy=default).parsebytes(self.raw)
        assert isinstance(parsed, EmailMessage)
        return parsed

    def part(self, kind: str) -> str:
        found = self.message.get_body((kind,))
        assert isinstance(found, EmailMessage)
        text: str = found.get_content().replace("\r\n", "\n")
        return text


@dataclass(slots=True)
class Catcher:
    """Keeps mails; `answers` holds what it says to DATA instead of yes, first come first served.

    While `hold` is set and not yet happened, it takes mails in and says nothing; `held` counts those.
    """

    port: int = 0
    mails: list[Caught] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    rcpt_answers: list[str] = field(default_factory=list)
    hold: asyncio.Event | None = None
    holding: asyncio.Event = field(default_factory=asyncio.Event)
    held: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if self.rcpt_answers:
            return self.rcpt_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.hold is not None:
            self.holding.set()
            self.held += 1
            await self.hold.wait()
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        self.mails.append(Caught(str(envelope.mail_from), list(envelope.rcpt_tos), envelope.content))
        return "250 OK"

    def to(self, recipient: str) -> list[Caught]:
        return [mail for mail in self.mails if mail.recipients == [recipient]]

    def one_to(self, recipient: str) -> Caught:
        (mail,) = self.to(recipient)
        return mail


def origin(host: str) -> str:
    return f"http://{host}:8080"


@pytest.fixture
async def catcher() -> AsyncIterator[Catcher]:
    """The other server; outgoing mail goes there."""
    catcher = Catcher()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(catcher, loop=loop, enable_SMTPUTF8=True, hostname="catcher.example"), "127.0.0.1", 0
    )
    catcher.port = server.sockets[0].getsockname()[1]
    configure_smtp(catcher.url, origin)
    yield catcher
    server.close()
    await server.wait_closed()


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[None]:
    """A store of files of its own for each test."""
    open_files(tmp_path / "files")
    yield
    close_files()
