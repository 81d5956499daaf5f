"""Try a policy: a ticket's life is played through `decide`, with what people do at times that are given."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

import msgspec

from backend.business_time import ALWAYS, Calendar
from backend.tickets.lifecycle.decide import (
    Changes,
    ClientThanked,
    ClientWrote,
    ClosedNow,
    Happening,
    KeptOpen,
    Opened,
    Paused,
    Pending,
    Resumed,
    Snoozed,
    StaffWrote,
    State,
    StatusNotOffered,
    StatusSet,
    TimerDue,
    decide,
)
from backend.tickets.lifecycle.policy import Policy, Who

MOST_ENTRIES: Final = 300

What: TypeAlias = Literal[
    "opened", "client_wrote", "client_thanked", "staff_wrote", "status_set", "kept_open", "closed_now", "snoozed", "paused",
    "resumed", "timer",
]  # fmt: skip


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does, so long after the ticket was opened. `status` goes with what members do, `minutes` with a snooze."""

    what: What
    after: timedelta
    by: Who = "agent"
    status: str | None = None
    minutes: int = 0


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: `outcome` says in a word, `pending` is what will happen by itself from there on."""

    at: datetime
    what: What
    outcome: Literal["took_status", "stayed", "follow_up", "refused", "not_offered"]
    status: str
    reminder: str | None = None
    tag: str | None = None
    pending: tuple[Pending, ...] = ()


class _Ticket:
    def __init__(self, policy: Policy, at: datetime, calendar: Calendar) -> None:
        self.policy, self.calendar = policy, calendar
        self.state = State(status=policy.initial)
        self.entries: list[Entry] = []
        self.happens("opened", Opened(), at)

    def happens(self, what: What, happening: Happening, at: datetime) -> None:
        try:
            changes = decide(self.state, happening, self.policy, at, self.calendar)
        except StatusNotOffered:
            self.entries.append(
                Entry(at=at, what=what, outcome="not_offered", status=self.state.status, pending=self.state.pending)
            )
            return
        before = self.state.status
        self._take(changes, at)
        outcome: Literal["took_status", "stayed", "follow_up", "refused"] = (
            "follow_up" if changes.follow_up else "refused" if changes.refused
            else "took_status" if what == "opened" or self.state.status != before else "stayed"
        )  # fmt: skip
        self.entries.append(
            Entry(
                at=at, what=what, outcome=outcome, status=self.state.status, reminder=changes.reminder, tag=changes.tag,
                pending=self.state.pending,
            )
        )  # fmt: skip

    def let_time_pass(self, until: datetime) -> None:
        """Fire what comes due, in order, as the worker would."""
        while len(self.entries) < MOST_ENTRIES:
            due = [(each.due_at, each.step) for each in self.state.pending if each.due_at is not None]
            if not due or min(due)[0] > until:
                return
            at, step = min(due)
            left = tuple(each for each in self.state.pending if each.step != step)
            self.state = msgspec.structs.replace(self.state, pending=left)
            self.happens("timer", TimerDue(step), at)

    def _take(self, changes: Changes, at: datetime) -> None:
        was_closed = self.policy.means(self.state.status, "closed")
        closed = changes.status.meaning == "closed"
        self.state = State(
            status=changes.status.key,
            waiting_since=changes.waiting_since,
            closed_at=(self.state.closed_at if was_closed else at) if closed else None,
            pending=self.state.pending if changes.timers is None else changes.timers,
        )


def try_policy(
    policy: Policy, acts: Iterable[Act], *, opened_at: datetime, until: timedelta, calendar: Calendar = ALWAYS
) -> list[Entry]:
    """What happens to a ticket that is opened at that moment, in order, until so long after."""
    ticket = _Ticket(policy, opened_at, calendar)
    for act in sorted(acts, key=lambda each: each.after):
        at = opened_at + act.after
        ticket.let_time_pass(at)
        if len(ticket.entries) >= MOST_ENTRIES:
            break
        ticket.happens(act.what, _happening(act), at)
    ticket.let_time_pass(opened_at + until)
    return ticket.entries


def _happening(act: Act) -> Happening:
    match act.what:
        case "client_wrote":
            return ClientWrote()
        case "client_thanked":
            return ClientThanked(True)
        case "staff_wrote":
            return StaffWrote(act.status or "", act.by)
        case "status_set":
            return StatusSet(act.status or "", act.by)
        case "kept_open":
            return KeptOpen()
        case "closed_now":
            return ClosedNow(act.by)
        case "snoozed":
            return Snoozed(timedelta(minutes=act.minutes))
        case "paused":
            return Paused()
        case "resumed":
            return Resumed()
        case "opened" | "timer":
            raise ValueError("A ticket is opened once, and its timers fire by themselves.")
