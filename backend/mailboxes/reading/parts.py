"""What a mail carries beside its text, and what it says of other mails: plain values."""

from dataclasses import dataclass, field
from typing import Literal

from backend.mailboxes.reading.transfer import decoded


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody's name and address; the address is empty where it could not be read."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPart:
    """A file that came with a mail. `inline`: the HTML shows it in place, by `content_id` (without angle brackets).

    What the part holds is decoded when it is asked for, so a mail of many files is not in memory twice.
    """

    name: str
    media_type: str
    size: int
    content_id: str
    inline: bool
    source: bytes = field(repr=False)
    begin: int = 0
    end: int
    encoding: str = "binary"

    def content(self) -> bytes:
        """The bytes of the file."""
        return decoded(self.source[self.begin : self.end], self.encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceReport:
    """What another server says became of a mail of ours, or what its reader thought of it.

    `status` is an enhanced status code such as 5.1.1, or empty; `message_id` is of the mail that it is about.
    """

    kind: Literal["failed", "delayed", "delivered", "complaint"]
    recipients: tuple[str, ...]
    status: str
    diagnostic: str
    message_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """The mail that somebody passed on."""

    sender: str
    name: str
    subject: str
    text: str
