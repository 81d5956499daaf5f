"""What happens to a ticket by mails of others than its people, and what its history says of that."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from backend.events import LIVE, Event


class MailHeld(Event, frozen=True, kw_only=True):
    """A stranger's mail names the ticket; it stands beside it."""

    consumers = (LIVE,)
    number: int
    mail_id: UUID
    sender: str


class HeldMailAdded(Event, frozen=True, kw_only=True):
    """A held mail was added to the ticket by somebody of the staff."""

    number: int
    mail_id: UUID
    sender: str


class HeldMailOpened(Event, frozen=True, kw_only=True):
    """A held mail was made a ticket of its own."""

    number: int
    mail_id: UUID
    sender: str
    to_number: int


class HeldMailDiscarded(Event, frozen=True, kw_only=True):
    """A held mail was put aside for good."""

    number: int
    mail_id: UUID
    sender: str


class CopyAdded(Event, frozen=True, kw_only=True):
    """Somebody gets copies of the answers from now on, since a mail of the client's side was to them too."""

    number: int
    copied: str


class CopyRemoved(Event, frozen=True, kw_only=True):
    """Somebody gets no copies any more."""

    number: int
    copied: str


class OpenedForSender(Event, frozen=True, kw_only=True):
    """A member passed a mail on: the ticket is that of whoever wrote it."""

    number: int
    forwarded_by: str


MAIL_HISTORY: Final = (
    "MailHeld", "HeldMailAdded", "HeldMailOpened", "HeldMailDiscarded", "CopyAdded", "CopyRemoved", "OpenedForSender",
)  # fmt: skip
"""What the staff sees of it."""

MAIL_WORDS: Final = {
    "MailHeld": {
        "en": "A mail of {sender} was held: they do not belong to this ticket",
        "nl": "Een e-mail van {sender} is vastgehouden: die hoort niet bij dit ticket",
    },
    "HeldMailAdded": {"en": "Added the held mail of {sender}", "nl": "Voegde de vastgehouden e-mail van {sender} toe"},
    "HeldMailOpened": {
        "en": "Made the held mail of {sender} ticket #{to_number}",
        "nl": "Maakte van de vastgehouden e-mail van {sender} ticket #{to_number}",
    },
    "HeldMailDiscarded": {
        "en": "Discarded the held mail of {sender}",
        "nl": "Gooide de vastgehouden e-mail van {sender} weg",
    },
    "CopyAdded": {"en": "{copied} gets copies of answers from now on", "nl": "{copied} krijgt voortaan een kopie van antwoorden"},
    "CopyRemoved": {"en": "{copied} gets no more copies", "nl": "{copied} krijgt geen kopieën meer"},
    "OpenedForSender": {
        "en": "Opened for its sender from a mail that {forwarded_by} passed on",
        "nl": "Geopend voor de afzender uit een e-mail die {forwarded_by} doorstuurde",
    },
}  # fmt: skip


def mail_values(data: Mapping[str, Any]) -> dict[str, object]:
    """What the sentence about a mail names."""
    return {name: data[name] for name in ("sender", "to_number", "copied", "forwarded_by") if name in data}
