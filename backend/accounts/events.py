"""What happens to accounts."""

from uuid import UUID

from backend.events import LIVE, Event


class PasswordSet(Event, frozen=True, kw_only=True):
    """A password was chosen by a mailed link, and every session of the account ended."""

    consumers = (LIVE,)
    account_id: UUID


class SessionsEnded(Event, frozen=True, kw_only=True):
    """Somebody signed out of one of their sessions, or of all the others (no `session_id`).

    The screens hear of it: what was open in an ended session asks anew who is there.
    """

    consumers = (LIVE,)
    account_id: UUID
    session_id: UUID | None = None


class ApiTokenChanged(Event, frozen=True, kw_only=True):
    """A token of a program was made or revoked; `what` names which."""

    consumers = ()
    token_id: UUID
    name: str
    what: str


class FactorsChanged(Event, frozen=True, kw_only=True):
    """A second factor was added or removed, or recovery codes were made; the owner hears of it."""

    consumers = ("security_notice",)
    account_id: UUID
    what: str


class FactorsReset(Event, frozen=True, kw_only=True):
    """An admin took the second factors from a colleague."""

    consumers = (LIVE, "security_notice")
    account_id: UUID
    what: str = "factors_reset"


class RecoveryCodeUsed(Event, frozen=True, kw_only=True):
    """A recovery code stood in for a second factor."""

    consumers = ("security_notice",)
    account_id: UUID
    what: str = "recovery_code_used"


class PasswordChanged(Event, frozen=True, kw_only=True):
    """Somebody changed their own password while signed in; their other sessions ended."""

    consumers = (LIVE, "security_notice")
    account_id: UUID
    what: str = "password_changed"


class SecondFactorRuleSet(Event, frozen=True, kw_only=True):
    """The company requires a second factor of its staff, or no longer does."""

    consumers = ()
    required: bool


class NewBrowser(Event, frozen=True, kw_only=True):
    """Somebody signed in from a browser that had not signed in to this account before."""

    consumers = ("new_browser_mail",)
    account_id: UUID
    session_id: UUID


class MailedLinkAsked(Event, frozen=True, kw_only=True):
    """Somebody asked, under an address, for a link to sign in or to set a password. Whether it exists shows later.

    `purpose` is sign_in, reset_password or guest_access.
    """

    consumers = ("mailed_link",)
    email: str
    purpose: str
