"""What happens to accounts."""

from uuid import UUID

from backend.events import Event


class PasswordSet(Event, frozen=True, kw_only=True):
    """A password was chosen by a mailed link, and every session of the account ended."""

    consumers = ()
    account_id: UUID
