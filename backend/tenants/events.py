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


class HoursChanged(Event, frozen=True, kw_only=True):
    """The opening hours of the company (no department) or of a department changed; what is promised to tickets moves."""

    consumers = ("live", "move_promises")
    department_id: UUID | None


class TargetsChanged(Event, frozen=True, kw_only=True):
    """What the company (no department) or a department promises changed; so does what is promised to open tickets."""

    consumers = ("live", "move_promises")
    department_id: UUID | None
