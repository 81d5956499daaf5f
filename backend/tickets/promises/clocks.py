"""The clocks of a ticket's promises as a pure function: they run while the ticket waits for the staff, and stand still
while it waits for the client or is on hold (FIELD.md D3).

A stretch that has passed is counted by the hours that held then; what is left is counted by those that hold now.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from backend.business_time import Calendar
from backend.tenants.targets import PROMISES, Count, Promise, Targets

RUNNING: Final = ("new", "open")
OVER: Final = ("solved", "closed")


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """One promise to one ticket. `used` are the seconds that counted before `since`, where the present stretch begins.

    While it stands still it has no `since` and no moments; once it has `ended_at` it stays as it was: kept, unless it was missed.
    """

    promise: Promise
    minutes: int
    count: Count
    warn_minutes: int
    used: float = 0.0
    since: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    warned_at: datetime | None = None
    missed_at: datetime | None = None
    ended_at: datetime | None = None


class Clocks(msgspec.Struct, frozen=True, kw_only=True):
    """All clocks of a ticket, and the version of the hours, with the company's zone, by which they were last set."""

    clocks: tuple[Clock, ...] = ()
    zone: str = "UTC"
    calendar: UUID | None = None

    @property
    def breach_at(self) -> datetime | None:
        """When the first promise is due of those that are in danger or missed; None where none is."""
        return min((each.due_at for each in self.clocks if each.due_at and each.warned_at), default=None)

    def of(self, promise: Promise) -> Clock | None:
        return next((each for each in self.clocks if each.promise == promise), None)


NONE: Final = Clocks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the clocks need to know of a ticket as it is now. `waiting_since` is the first message that nobody answered."""

    meaning: str
    urgency: int
    answered: bool
    waiting_since: datetime | None


def read_clocks(stored: str | bytes | None) -> Clocks:
    """Clocks from their JSON; a ticket that was promised nothing has none."""
    return msgspec.json.decode(stored, type=Clocks) if stored else NONE


def run_clocks(
    before: Clocks,
    standing: Standing,
    targets: Targets,
    at: datetime,
    *,
    then: Calendar,
    now: Calendar,
    calendar: UUID | None,
    zone: str,
) -> Clocks:
    """The clocks from this moment on. `then` are the hours by which they ran until now, `now` those by which they go on:
    those of the version `calendar` in a company whose zone is `zone`."""
    clocks = []
    for promise in PROMISES:
        minutes = targets.urgencies[standing.urgency].of(promise)
        old = before.of(promise)
        ended = standing.meaning in OVER if promise == "solution" else standing.answered
        if ended or standing.meaning == "closed":
            if old is not None:
                clocks.append(_ended(old, at, then))
            continue
        if minutes is None:
            continue
        rule = targets.rule(promise)
        wanted = Clock(
            promise=promise, minutes=minutes, count=rule.count, warn_minutes=min(rule.warn_minutes, minutes // 2)
        )
        same_hours = (before.calendar, before.zone) == (calendar, zone)
        clocks.append(_goes_on(old, wanted, standing, at, then, now, same_hours=same_hours))
    if not clocks:
        return NONE
    return Clocks(clocks=tuple(clocks), zone=zone, calendar=calendar)


def note(clocks: Clocks, promise: Promise, **moments: datetime) -> Clocks:
    """The clocks with `warned_at` or `missed_at` noted on one of them."""
    return msgspec.structs.replace(
        clocks,
        clocks=tuple(
            msgspec.structs.replace(each, **moments) if each.promise == promise else each for each in clocks.clocks
        ),
    )


def timers_of(clocks: Clocks) -> tuple[tuple[int, str, datetime], ...]:
    """The timers that the clocks need: the number of the promise, 'warn' or 'breach', and when."""
    timers = []
    for each in clocks.clocks:
        number = PROMISES.index(each.promise)
        if each.due_at is None or each.ended_at is not None or each.missed_at is not None:
            continue
        if each.warn_at is not None and each.warned_at is None:
            timers.append((number, "warn", each.warn_at))
        timers.append((number, "breach", each.due_at))
    return tuple(timers)


def _goes_on(
    old: Clock | None, wanted: Clock, standing: Standing, at: datetime, then: Calendar, now: Calendar, *, same_hours: bool
) -> Clock:  # fmt: skip
    runs = standing.meaning in RUNNING
    if old is None:
        # A promise that is made later counts from the message that waits for it.
        old = msgspec.structs.replace(wanted, since=min(standing.waiting_since or at, at))
        then = now
    elif runs and same_hours and old.since is not None and _terms(old) == _terms(wanted):
        return old
    used = _used(old, at, then)
    if not runs:
        return msgspec.structs.replace(
            old, used=used, since=None, due_at=None, warn_at=None, ended_at=None, minutes=wanted.minutes,
            count=wanted.count, warn_minutes=wanted.warn_minutes,
        )  # fmt: skip
    left = timedelta(minutes=wanted.minutes) - timedelta(seconds=used)
    due_at = _add(now, wanted.count, at, left) if left > timedelta() else _was_due(old, wanted, at, then)
    warn_at = _add(now, wanted.count, at, left - timedelta(minutes=wanted.warn_minutes))
    return msgspec.structs.replace(
        wanted, used=used, since=at, due_at=due_at, warn_at=min(warn_at, due_at),
        warned_at=old.warned_at if warn_at <= at else None, missed_at=old.missed_at if due_at <= at else None,
    )  # fmt: skip


def _was_due(old: Clock, wanted: Clock, at: datetime, then: Calendar) -> datetime:
    """When a promise was due whose time is over: within the stretch that ran until now, or before it."""
    if old.missed_at is not None:
        return min(old.missed_at, at)
    if old.since is None:
        return at
    left = timedelta(minutes=wanted.minutes) - timedelta(seconds=old.used)
    return min(_add(then, wanted.count, old.since, left), at)


def _ended(old: Clock, at: datetime, then: Calendar) -> Clock:
    if old.ended_at is not None:
        return old
    return msgspec.structs.replace(old, used=_used(old, at, then), since=None, due_at=None, warn_at=None, ended_at=at)


def _terms(clock: Clock) -> tuple[object, ...]:
    return clock.minutes, clock.count, clock.warn_minutes, clock.ended_at is None


def _used(clock: Clock, at: datetime, calendar: Calendar) -> float:
    if clock.since is None:
        return clock.used
    passed = calendar.time_between(clock.since, at) if clock.count == "opening_hours" else at - clock.since
    return clock.used + max(passed.total_seconds(), 0.0)


def _add(calendar: Calendar, count: Count, at: datetime, left: timedelta) -> datetime:
    if left <= timedelta():
        return at
    return calendar.add_time(at, left) if count == "opening_hours" else at + left
