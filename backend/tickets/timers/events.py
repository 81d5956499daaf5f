"""What people do to the timers of a ticket."""

from datetime import datetime

from backend.events import Event


class KeptOpen(Event, frozen=True, kw_only=True):
    """The client asked that the ticket does not end by itself yet: its ladder began again. `closes_at` is its new end."""

    number: int
    closes_at: datetime | None


class TimersSnoozed(Event, frozen=True, kw_only=True):
    """A member moved what is pending; the next of it is due at `next_at`."""

    number: int
    next_at: datetime


class TimersPaused(Event, frozen=True, kw_only=True):
    """A member stopped what is pending."""

    number: int


class TimersResumed(Event, frozen=True, kw_only=True):
    """A member let go on what was paused; the next of it is due at `next_at`."""

    number: int
    next_at: datetime | None
