"""What happens to a company's set-up. The screens of its portal and desk hear of it at once."""

from uuid import UUID

from backend.events import Event


class CompanyChanged(Event, frozen=True, kw_only=True):
    """Name, brand, language or rules changed; `what` names which."""

    what: str


class DepartmentChanged(Event, frozen=True, kw_only=True):
    """A department was made, renamed, moved, archived or restored."""

    department_id: UUID
    what: str


class MemberChanged(Event, frozen=True, kw_only=True):
    """Someone joined the staff, changed role or departments, or was deactivated."""

    account_id: UUID
    what: str


class MemberInvited(Event, frozen=True, kw_only=True):
    """Someone was asked to join; the mail with the link to set a password goes out."""

    consumers = ("live", "invitation")
    account_id: UUID
    link_id: UUID
