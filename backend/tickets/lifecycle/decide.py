"""The lifecycle of a ticket as a pure function over a tenant's policy.

`decide` knows no database and no clock of its own: what happens to a ticket in a status follows from the event, the
policy, the moment and the calendar alone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeAlias

import msgspec

from backend.business_time import ALWAYS, Calendar
from backend.tickets.lifecycle.offered import closing_status, closing_step, may_close_now, may_take, reply_statuses
from backend.tickets.lifecycle.policy import FOLLOW_UP, NOTHING, OPEN_MEANINGS, REFUSE, Policy, Status, Step, Who

LONGEST_SNOOZE: Final = timedelta(days=366)
FAIR_WARNING: Final = timedelta(hours=24)
"""How soon a ticket may end by itself after its lifecycle was changed under it."""


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the ladder that is still to come. While it is paused it has no moment, but hours that are left.

    They are counted as the step counts.
    """

    step: int
    action: str
    due_at: datetime | None
    hours_left: float | None = None


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What `decide` needs to know of a ticket. `pending` is asked by what moves timers alone."""

    status: str
    waiting_since: datetime | None = None
    closed_at: datetime | None = None
    pending: tuple[Pending, ...] = ()


class Opened(msgspec.Struct, frozen=True):
    """The client's side opened the ticket."""


class ClientWrote(msgspec.Struct, frozen=True):
    """The client's side wrote a message."""


class ClientThanked(msgspec.Struct, frozen=True):
    """The client's side only thanked. `satisfied` says that they pressed the button which means: all is fine."""

    satisfied: bool = False


class StaffWrote(msgspec.Struct, frozen=True):
    """A member answered in public, sending it with a status."""

    status: str
    by: Who = "agent"


class StatusSet(msgspec.Struct, frozen=True):
    """A member set the status without a message."""

    status: str
    by: Who = "agent"


class KeptOpen(msgspec.Struct, frozen=True):
    """The client asked that the ticket does not end by itself yet: its ladder begins again."""


class ClosedNow(msgspec.Struct, frozen=True):
    """Someone ended the ticket instead of waiting until it ends by itself."""

    by: Who


class Snoozed(msgspec.Struct, frozen=True):
    """A member moved all that is pending by so long."""

    by: timedelta


class Paused(msgspec.Struct, frozen=True):
    """A member stopped what is pending, until it is resumed or the status changes."""


class Resumed(msgspec.Struct, frozen=True):
    """A member let go on what was paused."""


class TimerDue(msgspec.Struct, frozen=True):
    """A step of the ladder of the ticket's status is due."""

    step: int


class LeftUnanswered(msgspec.Struct, frozen=True):
    """Messages of the client's side that nobody answered are on the ticket since then: they came from another ticket, or
    their answer went to another."""

    since: datetime


class CameAnswered(msgspec.Struct, frozen=True):
    """The ticket was made of messages that were answered, with this status."""

    status: str


class MergedAway(msgspec.Struct, frozen=True):
    """The ticket was merged into another, where everything goes on."""


Happening: TypeAlias = (
    Opened | ClientWrote | ClientThanked | StaffWrote | StatusSet | KeptOpen | ClosedNow | Snoozed | Paused | Resumed | TimerDue
    | LeftUnanswered | CameAnswered | MergedAway
)  # fmt: skip


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What follows. `timers` replaces what is pending of the ladder where it is not None; times are business time.

    With `ladder_begins` they are those of a status that is taken, or begins again, at that moment.
    With `follow_up` the message goes into a new ticket, with `refused` it is not taken; the ticket stays as it is.
    """

    status: Status
    waiting_since: datetime | None
    follow_up: bool = False
    refused: bool = False
    timers: tuple[Pending, ...] | None = None
    ladder_begins: bool = False
    reminder: str | None = None
    tag: str | None = None


class StatusNotOffered(Exception):
    """The policy does not let the ticket take that status by this happening, or there is nothing that could be moved."""


def decide(state: State, happening: Happening, policy: Policy, at: datetime, calendar: Calendar = ALWAYS) -> Changes:
    """What follows from a happening at that moment (business time).

    Raises:
        StatusNotOffered: someone asked for what the policy does not offer here.
    """
    current = policy.status(state.status)
    if current is None:
        raise StatusNotOffered(state.status)
    match happening:
        case Opened():
            return _take(policy, policy.initial, at, calendar, waiting_since=at)
        case ClientWrote():
            return _client_wrote(state, current, policy, at, calendar)
        case ClientThanked(satisfied):
            to = policy.thanks.get(current.key)
            if to is None or to == current.key or not satisfied or current.meaning == "closed":
                return _same(state, current)
            return _take(policy, to, at, calendar, waiting_since=state.waiting_since)
        case StaffWrote(status, by):
            if status not in reply_statuses(policy, current, by):
                raise StatusNotOffered(status)
            return _take(policy, status, at, calendar, waiting_since=None)
        case StatusSet(status, by):
            if not may_take(policy, current, status, by):
                raise StatusNotOffered(status)
            return _take(policy, status, at, calendar, waiting_since=state.waiting_since)
        case KeptOpen():
            if closing_step(policy, current) is None:
                raise StatusNotOffered(current.key)
            return _take(policy, current.key, at, calendar, waiting_since=state.waiting_since)
        case ClosedNow(by):
            to = closing_status(policy, current)
            if to is None or not may_close_now(policy, current, by):
                raise StatusNotOffered(to or current.key)
            return _take(policy, to, at, calendar, waiting_since=state.waiting_since)
        case Snoozed() | Paused() | Resumed():
            timers = _moved(state, happening, policy.timers.get(current.key, ()), at, calendar)
            return msgspec.structs.replace(_same(state, current), timers=timers)
        case TimerDue(number):
            return _timer_due(state, current, policy, number, at, calendar)
        case LeftUnanswered(since):
            waiting = min(since, state.waiting_since or since)
            if current.meaning in OPEN_MEANINGS:
                return _same(state, current, waiting_since=waiting)
            return _take(policy, policy.initial, at, calendar, waiting_since=waiting)
        case CameAnswered(status):
            return _take(policy, status, at, calendar, waiting_since=None)
        case MergedAway():
            to = current.key if current.meaning == "closed" else closing_status(policy, current)
            if to is None:
                raise StatusNotOffered(current.key)
            return msgspec.structs.replace(_take(policy, to, at, calendar, waiting_since=None), timers=())


def ladder_from(policy: Policy, key: str, at: datetime, calendar: Calendar = ALWAYS) -> tuple[Pending, ...]:
    """The steps of a status that was taken at that moment. No step is due before the one that it follows."""
    steps: list[Pending] = []
    latest = at
    for number, step in enumerate(policy.timers.get(key, ())):
        latest = max(latest, _due(step, step.after_hours, at, calendar))
        steps.append(Pending(step=number, action=step.action, due_at=latest))
    return tuple(steps)


def ladder_after_change_over(
    policy: Policy, key: str, since: datetime, pending: Sequence[Pending], at: datetime, calendar: Calendar = ALWAYS
) -> tuple[Pending, ...]:
    """The steps of a ladder for a ticket that has been in the status since a moment, and had other steps pending.

    They count from then, so that nobody is promised a day twice. What would lie in the past is left out: nobody is
    reminded in arrears; but a change of the status comes, a day from now at the earliest, so that nobody is surprised by
    it. What was paused stays paused.
    """
    ladder = policy.timers.get(key, ())
    latest = at
    steps: list[Pending] = []
    for each in ladder_from(policy, key, since, calendar):
        due = each.due_at or at
        if due <= at and each.action != "set_status":
            continue
        latest = max(latest, due if each.action != "set_status" else max(due, at + FAIR_WARNING))
        steps.append(msgspec.structs.replace(each, due_at=latest))
    if any(each.due_at is None for each in pending):
        return tuple(
            msgspec.structs.replace(each, due_at=None, hours_left=_left(ladder[each.step], at, each.due_at or at, calendar))
            for each in steps
        )  # fmt: skip
    return tuple(steps)


def _client_wrote(state: State, current: Status, policy: Policy, at: datetime, calendar: Calendar) -> Changes:
    follows = policy.client_message[current.key]
    if current.meaning == "closed" and follows not in (FOLLOW_UP, REFUSE):
        follows = _too_late(state, policy, at) or follows
    if follows == FOLLOW_UP:
        return msgspec.structs.replace(_same(state, current), follow_up=True)
    if follows == REFUSE:
        return msgspec.structs.replace(_same(state, current), refused=True)
    # A nudge keeps the place: waiting since the first unanswered message (FIELD.md A4, D4).
    waiting_since = state.waiting_since or at
    if follows == NOTHING:
        return _same(state, current, waiting_since=waiting_since)
    if follows == current.key and current.meaning in (*OPEN_MEANINGS, "on_hold"):
        # Who asks again does not put off what the staff's own ladder does.
        return _same(state, current, waiting_since=waiting_since)
    return _take(policy, follows, at, calendar, waiting_since=waiting_since)


def _too_late(state: State, policy: Policy, at: datetime) -> str | None:
    """What a message does to a closed ticket instead of reopening it, once the time for that is over."""
    window = policy.reopening
    if window is None:
        return None
    # Of a ticket that does not say when it was closed, nobody can say that it was lately.
    lately = state.closed_at is not None and at <= state.closed_at + timedelta(hours=window.within_hours)
    return None if lately else window.after


def _timer_due(state: State, current: Status, policy: Policy, number: int, at: datetime, calendar: Calendar) -> Changes:
    ladder = policy.timers.get(current.key, ())
    unchanged = _same(state, current)
    if number >= len(ladder):
        return unchanged
    step = ladder[number]
    if step.action == "remind":
        return msgspec.structs.replace(unchanged, reminder=step.template)
    if step.action == "tag":
        return msgspec.structs.replace(unchanged, tag=step.tag)
    taken = _take(policy, step.status or current.key, at, calendar, waiting_since=state.waiting_since)
    return msgspec.structs.replace(taken, tag=step.tag)


def _moved(
    state: State, happening: Snoozed | Paused | Resumed, ladder: tuple[Step, ...], at: datetime, calendar: Calendar
) -> tuple[Pending, ...]:
    pending = tuple(each for each in state.pending if each.step < len(ladder))
    paused = any(each.due_at is None for each in pending)
    if not pending or paused != isinstance(happening, Resumed):
        raise StatusNotOffered(state.status)
    match happening:
        case Snoozed(by):
            if not timedelta(0) < by <= LONGEST_SNOOZE:
                raise StatusNotOffered(state.status)
            return tuple(
                msgspec.structs.replace(each, due_at=max(each.due_at, at) + by) for each in pending if each.due_at
            )
        case Paused():
            return tuple(
                msgspec.structs.replace(each, due_at=None, hours_left=_left(ladder[each.step], at, each.due_at, calendar))
                for each in pending
                if each.due_at
            )  # fmt: skip
        case Resumed():
            resumed: list[Pending] = []
            latest = at
            for each in sorted(pending, key=lambda one: one.step):
                latest = max(latest, _due(ladder[each.step], each.hours_left or 0.0, at, calendar))
                resumed.append(msgspec.structs.replace(each, due_at=latest, hours_left=None))
            return tuple(resumed)


def _due(step: Step, hours: float, at: datetime, calendar: Calendar) -> datetime:
    return calendar.add(at, hours) if step.count == "business_hours" else at + timedelta(hours=hours)


def _left(step: Step, at: datetime, due_at: datetime, calendar: Calendar) -> float:
    counted = calendar if step.count == "business_hours" else ALWAYS
    return counted.between(at, due_at) if due_at > at else 0.0


def _same(state: State, current: Status, **other: datetime | None) -> Changes:
    return Changes(status=current, waiting_since=other.get("waiting_since", state.waiting_since))


def _take(policy: Policy, key: str, at: datetime, calendar: Calendar, *, waiting_since: datetime | None) -> Changes:
    status = policy.status(key)
    if status is None:
        raise StatusNotOffered(key)
    timers = ladder_from(policy, key, at, calendar)
    return Changes(status=status, waiting_since=waiting_since, timers=timers, ladder_begins=True)
