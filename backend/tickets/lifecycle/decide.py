"""The lifecycle of a ticket as a pure function over a tenant's policy.

`decide` knows no database and no clock of its own: what happens to a ticket in a status follows from the event, the
policy and the moment alone.
"""

from datetime import datetime, timedelta
from typing import TypeAlias

import msgspec

from backend.tickets.lifecycle.policy import Policy, Status, Step


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What `decide` needs to know of a ticket."""

    status: str
    waiting_since: datetime | None = None


class Opened(msgspec.Struct, frozen=True):
    """The client's side opened the ticket."""


class ClientWrote(msgspec.Struct, frozen=True):
    """The client's side wrote a message."""


class StaffWrote(msgspec.Struct, frozen=True):
    """A member answered in public, sending it with a status."""

    status: str


class StatusSet(msgspec.Struct, frozen=True):
    """A member set the status without a message."""

    status: str


class TimerDue(msgspec.Struct, frozen=True):
    """A step of the ladder of the ticket's status is due."""

    step: int


Happening: TypeAlias = Opened | ClientWrote | StaffWrote | StatusSet | TimerDue


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What follows. `timers` replaces all pending timers where it is not None; times are business time."""

    status: Status
    waiting_since: datetime | None
    follow_up: bool = False
    timers: tuple[tuple[int, Step, datetime], ...] | None = None
    reminder: str | None = None
    tag: str | None = None


class StatusNotOffered(Exception):
    """The policy does not let the ticket take that status by this happening."""


def decide(state: State, happening: Happening, policy: Policy, at: datetime) -> Changes:
    """What follows from a happening at that moment (business time).

    Raises:
        StatusNotOffered: a member asked for a status that the policy does not offer here.
    """
    current = policy.status(state.status)
    if current is None:
        raise StatusNotOffered(state.status)
    match happening:
        case Opened():
            return _take(policy, policy.initial, at, waiting_since=at)
        case ClientWrote():
            follows = policy.client_message[current.key]
            if follows == "follow_up":
                return Changes(status=current, waiting_since=state.waiting_since, follow_up=True)
            # A nudge keeps the place: waiting since the first unanswered message (FIELD.md A4, D4).
            return _take(policy, follows, at, waiting_since=state.waiting_since or at)
        case StaffWrote(status):
            if status not in policy.replies or current.meaning == "closed":
                raise StatusNotOffered(status)
            return _take(policy, status, at, waiting_since=None)
        case StatusSet(status):
            if status not in settable(policy, current):
                raise StatusNotOffered(status)
            return _take(policy, status, at, waiting_since=state.waiting_since)
        case TimerDue(number):
            ladder = policy.timers.get(current.key, ())
            if number >= len(ladder):
                return Changes(status=current, waiting_since=state.waiting_since)
            step = ladder[number]
            if step.action == "remind":
                return Changes(status=current, waiting_since=state.waiting_since, reminder=step.template)
            taken = _take(policy, step.status or current.key, at, waiting_since=state.waiting_since)
            return msgspec.structs.replace(taken, tag=step.tag)


def settable(policy: Policy, current: Status) -> tuple[str, ...]:
    """The statuses that a member may set from this one. A ticket whose closing is final (a client's message would make
    a follow-up) is not opened again by hand either."""
    if current.meaning == "closed" and policy.client_message[current.key] == "follow_up":
        return ()
    return tuple(each.key for each in policy.statuses if each.key != current.key)


def _take(policy: Policy, key: str, at: datetime, *, waiting_since: datetime | None) -> Changes:
    status = policy.status(key)
    if status is None:
        raise StatusNotOffered(key)
    ladder = policy.timers.get(key, ())
    return Changes(
        status=status,
        waiting_since=waiting_since,
        timers=tuple((n, step, at + timedelta(hours=step.after_hours)) for n, step in enumerate(ladder)),
    )
