"""What happens to the promises that were made to a ticket."""

from datetime import datetime
from uuid import UUID

from backend.events import LIVE, Event
from backend.tenants.targets import Promise


class BreachNear(Event, frozen=True, kw_only=True):
    """A promise will be missed at `due_at` unless someone acts; those who can are told."""

    consumers = (LIVE, "breach_warning")
    number: int
    promise: Promise
    due_at: datetime


class PromiseMissed(Event, frozen=True, kw_only=True):
    """A promise was due and is not kept."""

    number: int
    promise: Promise
    due_at: datetime


class PromisesMoved(Event, frozen=True, kw_only=True):
    """Hours or targets changed and the open tickets up to this one follow; the rest is moved next."""

    consumers = ("move_promises",)
    department_id: UUID | None
    after: UUID
