"""The demo companies as they are written down in `content/`: one file each, read and checked before anything is made."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from backend.tenants.calendars import Hours
from backend.tenants.targets import Targets

FOLDER: Final = Path(__file__).parent / "content"

Category: TypeAlias = Literal["question", "work_request", "project_message"]
Proof: TypeAlias = Literal["none", "email", "signed_in", "card", "password"]

_UNITS: Final = {"d": "days", "h": "hours", "m": "minutes"}


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all that is written in a content file: a name that is not known is a mistake."""


class KindText(Written, frozen=True, kw_only=True):
    """A kind of request; without a category it is what its department's requests are."""

    name: str
    description: str
    proof: Proof = "none"
    category: Category | None = None
    secrets: tuple[str, ...] = ()
    """The secrets that its form asks for; the first is required."""


class DepartmentText(Written, frozen=True, kw_only=True):
    """A department with its kinds. `holds_transfers`: a ticket goes there only when enough is proved."""

    name: str
    description: str
    audience: Literal["everyone", "clients", "approvers"]
    mailbox: str
    proof: Proof = "none"
    holds_transfers: bool = False
    category: Category = "question"
    kinds: tuple[KindText, ...] = ()


class StaffText(Written, frozen=True, kw_only=True):
    """A member. `key` is the part of the address before the @; no departments means all of them.

    `hours` such as "0-4 08:30-17:00" are weekdays (0 is Monday) and times; `away` is since when and until when: "2h, 3d".
    """

    key: str
    name: str
    role: Literal["agent", "lead", "admin", "owner"]
    departments: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    capacity: int | None = None
    away: str | None = None
    away_because: str = ""


class ProjectText(Written, frozen=True, kw_only=True):
    """A project of a client; `lead` is a member's key."""

    name: str
    client: str
    lead: str
    state: Literal["active", "on_hold", "done"] = "active"


class RouteText(Written, frozen=True, kw_only=True):
    """A route: see `backend/tickets/routing/routes.py`. `department` is a name."""

    moments: tuple[str, ...]
    steps: tuple[str, ...]
    department: str | None = None
    category: Category | None = None
    off_shift: bool = False


class ContactText(Written, frozen=True, kw_only=True):
    """Someone who signs in for a client."""

    email: str
    name: str
    role: Literal["owner", "may_approve", "member"]


class ServiceText(Written, frozen=True, kw_only=True):
    """A domain or package."""

    name: str
    plan: str
    server: str = ""


class ClientText(Written, frozen=True, kw_only=True):
    """A client. `locked` names the methods of proof that somebody used up today."""

    name: str
    contacts: tuple[ContactText, ...]
    services: tuple[ServiceText, ...] = ()
    card: str | None = None
    locked: tuple[Literal["card", "password"], ...] = ()


class MailText(Written, frozen=True, kw_only=True):
    """A mail in the company's own words."""

    name: str
    subject: str
    body: str


class StepText(Written, frozen=True, kw_only=True):
    """What happened next on a ticket, `after` the step before.

    `by` is a member's key or a contact's address; without it, the requester wrote. One of: `say` (by a member with the
    `status` that it is sent with), `note`, `assign`, `transfer`, `set` (a status), `priority`, `pin` (the requester read
    out a support PIN, which carries that level). Strings name members, departments and statuses. An `assign` without `by`
    was done by the rule `because`, which found that many open tickets (`load`).
    """

    after: str
    by: str | None = None
    say: str | None = None
    status: str | None = None
    note: str | None = None
    assign: str | None = None
    because: Literal["next_available", "answered_first", "project_lead", "usual_agent"] | None = None
    load: int | None = None
    transfer: str | None = None
    set: str | None = None
    priority: str | None = None
    pin: Literal["signed_in", "card", "password"] | None = None


class TicketText(Written, frozen=True, kw_only=True):
    """A ticket with its history. `by` is a contact's address, or `Name <address>` for a guest."""

    ago: str
    by: str
    to: str
    subject: str
    text: str
    kind: str | None = None
    project: str | None = None
    channel: Literal["portal", "email"] = "portal"
    proof: Literal["email", "card", "password"] | None = None
    priority: str = "medium"
    receipt_refused: str | None = None
    then: tuple[StepText, ...] = ()


class TenantText(Written, frozen=True, kw_only=True):
    """A company. `held` names the statuses that a ticket takes only when enough is proved."""

    slug: str
    name: str
    language: Literal["en", "nl"]
    time_zone: str
    primary_color: str
    secondary_color: str
    font: Literal["inter", "system", "serif"]
    policy: str
    priority_choice: bool
    first_ticket_number: int
    departments: tuple[DepartmentText, ...]
    staff: tuple[StaffText, ...]
    clients: tuple[ClientText, ...]
    mails: tuple[MailText, ...]
    held: tuple[str, ...] = ()
    projects: tuple[ProjectText, ...] = ()
    routes: tuple[RouteText, ...] = ()
    hours: Hours | None = None
    promises: Targets | None = None
    tickets: tuple[TicketText, ...]

    @property
    def host(self) -> str:
        return f"{self.slug}.localhost"

    @property
    def mail_domain(self) -> str:
        return f"{self.slug}.example"


def read_companies() -> list[TenantText]:
    """All companies, in the order of their files' names.

    Raises:
        msgspec.ValidationError: a file holds something that is not known, or lacks something.
    """
    return [msgspec.toml.decode(file.read_bytes(), type=TenantText) for file in sorted(FOLDER.glob("*.toml"))]


def read_span(text: str) -> timedelta:
    """A span such as `2d4h`, `35m`.

    Raises:
        ValueError: it is not one.
    """
    if not re.fullmatch(r"(?:\d+[dhm])+", text):
        raise ValueError(f"Not a span of time: {text!r}")
    return sum((timedelta(**{_UNITS[unit]: int(n)}) for n, unit in re.findall(r"(\d+)([dhm])", text)), timedelta())
