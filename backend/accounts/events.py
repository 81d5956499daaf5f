"""What happens to accounts."""

from uuid import UUID

from backend.events import Event


class PasswordSet(Event, frozen=True, kw_only=True):
    """A password was chosen by a mailed link, and every session of the account ended."""

    consumers = ()
    account_id: UUID


class SessionsEnded(Event, frozen=True, kw_only=True):
    """Somebody signed out of one of their sessions from another, or of all the others (no `session_id`)."""

    consumers = ()
    account_id: UUID
    session_id: UUID | None = None


class ApiTokenChanged(Event, frozen=True, kw_only=True):
    """A token of a program was made or revoked; `what` names which."""

    consumers = ()
    token_id: UUID
    name: str
    what: str
