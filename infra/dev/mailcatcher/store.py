"""Caught mails: a file each on disk, and what lists need of them in memory."""

from __future__ import annotations

import email
import email.policy
import threading
from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import msgspec

KEPT = 2000
CAUGHT_AT, SENDER, RECIPIENT = "Caught-At", "Sender", "Recipient"


class Mail(msgspec.Struct, frozen=True):
    """One mail as the API answers it. `to` are the recipients of the envelope, who may differ from the header's."""

    id: int
    message_id: str
    sender: str = msgspec.field(name="from")
    to: list[str]
    subject: str
    received_at: datetime
    headers: list[tuple[str, str]]
    text: str
    html: str
    raw: str


class MailStore:
    """Safe to use from several threads. Keeps the last `KEPT` mails, over restarts too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        paths = sorted(self._folder.glob("*.eml"))
        self._mails = {int(path.stem): _parse(int(path.stem), path.read_bytes()) for path in paths}
        self._ids = count(max(self._mails, default=0) + 1)

    def add(self, sender: str, recipients: list[str], content: bytes) -> Mail:
        envelope = [f"{CAUGHT_AT}: {datetime.now(UTC).isoformat()}", f"{SENDER}: {sender}"]
        envelope += [f"{RECIPIENT}: {recipient}" for recipient in recipients]
        stored = "\r\n".join(envelope).encode() + b"\r\n\r\n" + content
        with self._lock:
            mail_id = next(self._ids)
            unfinished = self._folder / f"{mail_id:08}.new"
            unfinished.write_bytes(stored)
            unfinished.rename(self._path(mail_id))
            mail = _parse(mail_id, stored)
            self._mails[mail_id] = mail
            while len(self._mails) > KEPT:
                oldest = next(iter(self._mails))
                del self._mails[oldest]
                self._path(oldest).unlink(missing_ok=True)
        return mail

    def newest_first(self, *, to: str = "", limit: int = KEPT) -> list[Mail]:
        """`to` is a recipient's whole address, in any case; empty means everybody's."""
        wanted = to.strip().casefold()
        with self._lock:
            mails = list(reversed(self._mails.values()))
        if wanted:
            mails = [mail for mail in mails if wanted in (address.casefold() for address in mail.to)]
        return mails[:limit]

    def get(self, mail_id: int) -> Mail | None:
        with self._lock:
            return self._mails.get(mail_id)

    def raw(self, mail_id: int) -> bytes | None:
        """The mail as it came, without the lines of the envelope that the file carries."""
        with self._lock:
            if mail_id not in self._mails:
                return None
            stored = self._path(mail_id).read_bytes()
        return _without_envelope(stored)[1]

    def clear(self) -> None:
        with self._lock:
            for mail_id in self._mails:
                self._path(mail_id).unlink(missing_ok=True)
            self._mails.clear()

    def _path(self, mail_id: int) -> Path:
        return self._folder / f"{mail_id:08}.eml"


def _without_envelope(stored: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """The lines of the envelope end at the first empty line; the mail with its own headers comes after it."""
    head, _, content = stored.partition(b"\r\n\r\n")
    pairs = (line.decode(errors="replace").partition(": ") for line in head.split(b"\r\n"))
    return [(name, value) for name, _, value in pairs], content


def _parse(mail_id: int, stored: bytes) -> Mail:
    envelope, content = _without_envelope(stored)
    message = email.message_from_bytes(content, policy=email.policy.default)
    first = dict(reversed(envelope))
    return Mail(
        id=mail_id,
        message_id=_header(message, "Message-ID"),
        sender=first[SENDER],
        to=[value for name, value in envelope if name == RECIPIENT],
        subject=_header(message, "Subject"),
        received_at=datetime.fromisoformat(first[CAUGHT_AT]),
        headers=[(name, str(value)) for name, value in message.items()],
        text=_body(message, "plain"),
        html=_body(message, "html"),
        raw=f"/api/messages/{mail_id}/raw",
    )


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, "")).strip()


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset("utf-8")
    try:
        words = payload.decode(charset, errors="replace")
    except LookupError:  # A charset that Python does not know.
        words = payload.decode("utf-8", errors="replace")
    return words.replace("\r\n", "\n")
