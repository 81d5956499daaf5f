"""A mail server that takes everything and keeps nothing, for tests in which time passes."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from backend.mailboxes.outgoing.send import configure_smtp
from backend.settings import Settings
from infra.dev.data_folder import free_port


@pytest.fixture(scope="session")
def smtp_url() -> Iterator[str]:
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    server.start()
    yield f"smtp://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture
def mail_out(settings: Settings, smtp_url: str) -> None:
    """Mails go out, to nowhere."""
    configure_smtp(smtp_url, settings.origin)
