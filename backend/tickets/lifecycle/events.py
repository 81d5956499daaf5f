"""What happens to a company's lifecycle, and to tickets that take another version of it."""

from datetime import datetime
from uuid import UUID

from backend.events import LIVE, Event


class LifecycleChanged(Event, frozen=True, kw_only=True):
    """An admin wrote the next version of the lifecycle; new tickets follow it."""

    policy_id: UUID
    version: int


class ChangeOverBegan(Event, frozen=True, kw_only=True):
    """Open tickets are to take another version as planned; also said of each batch that is left to do."""

    consumers = (LIVE, "change_over")
    change_over_id: UUID


class TookVersion(Event, frozen=True, kw_only=True):
    """A ticket took another version of the lifecycle, by a plan that an admin saw."""

    number: int
    version: int
    old_status: str
    status: str
    closes_at: datetime | None


class MessageRefused(Event, frozen=True, kw_only=True):
    """A client's mail was not taken, for its ticket takes no more; they are told why."""

    consumers = (LIVE, "refusal_mail")
    number: int
    account_id: UUID
    mail_message_id: str | None
