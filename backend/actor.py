"""Who acts: the first parameter of every verb."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias
from uuid import UUID

from backend.clock import real_now
from backend.errors import Refusal

Kind: TypeAlias = Literal["member", "contact", "guest", "system"]
Role: TypeAlias = Literal["agent", "lead", "admin", "owner"]
ContactRole: TypeAlias = Literal["owner", "may_approve", "member"]

RECENT: Final = timedelta(minutes=15)
"""How long a password or second factor that was typed in a session counts for sensitive verbs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingUp:
    """Someone of the staff who has signed in and must set up a second factor before anything else."""

    account_id: UUID
    session_id: UUID
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Someone, or the system itself, who acts within one tenant.

    `address` is the network address of the request, `reason` says why the system acts. A guest may have an
    account (an address that wrote before) without being signed in; one with a session reads and answers their own
    requests. `stepped_up_at` is when the password or a second factor was last typed in the session, `by_link` says that it began with a mailed link and nothing was typed since. With `setting_up`
    the actor is a guest until a second factor is set up.
    A program of the company's is the system with `scopes`: it may do what they name, and has no other right.
    """

    tenant_id: UUID
    kind: Kind
    language: str
    account_id: UUID | None = None
    name: str = ""
    email: str = ""
    role: Role | None = None
    client_id: UUID | None = None
    contact_role: ContactRole | None = None
    session_id: UUID | None = None
    stepped_up_at: datetime | None = None
    by_link: bool = False
    setting_up: SettingUp | None = None
    address: str = ""
    reason: str = ""
    scopes: frozenset[str] | None = None

    @property
    def is_staff(self) -> bool:
        """Members of the tenant's staff; the system acts with their rights."""
        return self.scopes is None and self.kind in ("member", "system")

    @property
    def administers(self) -> bool:
        return self.scopes is None and (self.kind == "system" or self.role in ("admin", "owner"))

    @property
    def leads(self) -> bool:
        """Whether the actor may go on without the proof that something needs, giving a reason."""
        return self.kind == "member" and self.role in ("lead", "admin", "owner")

    @property
    def account(self) -> UUID:
        """The account that acts.

        Raises:
            Refusal: nobody is signed in.
        """
        if self.account_id is None:
            raise Refusal("sign_in_needed")
        return self.account_id


def guest(tenant_id: UUID, language: str, address: str = "") -> Actor:
    """Someone who is not signed in."""
    return Actor(tenant_id=tenant_id, kind="guest", language=language, address=address)


def system(tenant_id: UUID, language: str, reason: str) -> Actor:
    """The service itself: timers, incoming mail, operator verbs."""
    return Actor(tenant_id=tenant_id, kind="system", language=language, reason=reason)


def require_staff(actor: Actor) -> None:
    """Raises: Refusal unless the actor is on the staff."""
    if not actor.is_staff:
        raise Refusal("not_allowed" if actor.account_id else "sign_in_needed")


def require_admin(actor: Actor) -> None:
    """Raises: Refusal unless the actor is an admin or the owner of the tenant."""
    if not actor.administers:
        raise Refusal("not_allowed" if actor.account_id else "sign_in_needed")


def require_recent_sign_in(actor: Actor) -> None:
    """Raises: Refusal `step_up_needed` unless the password or a second factor was typed within a quarter of an hour."""
    if actor.kind == "system":
        return
    if actor.stepped_up_at is None or real_now() - actor.stepped_up_at > RECENT:
        raise Refusal("step_up_needed")


def program(tenant_id: UUID, language: str, name: str, scopes: frozenset[str], address: str) -> Actor:
    """A program of the company's that showed an API token."""
    return Actor(
        tenant_id=tenant_id, kind="system", language=language, name=name, scopes=scopes, address=address,
        reason="a program with an API token",
    )  # fmt: skip


def require_scope(actor: Actor, scope: str) -> None:
    """Raises: Refusal unless the actor is an admin, or a program whose token has the scope."""
    if actor.scopes is not None:
        if scope not in actor.scopes:
            raise Refusal("not_allowed")
        return
    require_admin(actor)
