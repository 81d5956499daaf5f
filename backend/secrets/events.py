"""What happens to secrets. An event names a secret by id and label; what was sealed stands in none."""

from uuid import UUID

from backend.events import LIVE, Event


class SecretAsked(Event, frozen=True, kw_only=True):
    """A member asks the client's side for a secret by name; the mail that tells of it holds the name alone."""

    consumers = (LIVE, "secret_asked_mail")
    number: int
    secret_id: UUID
    label: str


class SecretSent(Event, frozen=True, kw_only=True):
    """A secret was sealed on a ticket."""

    number: int
    secret_id: UUID
    label: str


class SecretViewed(Event, frozen=True, kw_only=True):
    """Somebody opened a secret; written in the transaction that opens it."""

    number: int
    secret_id: UUID
    label: str


class SecretDestroyed(Event, frozen=True, kw_only=True):
    """A secret went with its key; `because`: the ticket `closed`, its time `expired`, or somebody did it `by_hand`."""

    consumers = (LIVE, "forget_mail")
    number: int
    secret_id: UUID
    label: str
    because: str


class MessageMasked(Event, frozen=True, kw_only=True):
    """A mail held what looks like a password or a card number: it was masked, and the original sealed."""

    consumers = (LIVE, "seal_mail")
    number: int
    message_id: UUID
    secret_id: UUID


class SecretQuestionsChanged(Event, frozen=True, kw_only=True):
    """The form of a kind of request asks for other secrets."""

    kind_id: UUID


class SecretDaysChanged(Event, frozen=True, kw_only=True):
    """The company keeps secrets for another number of days."""

    days: int
