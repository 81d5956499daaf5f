"""The lifecycle as a pure function: whatever happens in whatever order, under the five policies and any other valid one."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backend.business_time import ALWAYS, Calendar
from backend.tests.lifecycle.policies import POLICIES, policies
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
from backend.tickets.lifecycle.offered import closing_status, closing_step, may_close_now, reply_statuses, settable
from backend.tickets.lifecycle.policy import Policy, Who

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFICE = ((540, 1020),)
HOURS = st.sampled_from(
    [
        ALWAYS,
        Calendar(zone="Europe/Amsterdam", weekly=(*(OFFICE,) * 5, (), ()), country="NL"),
        # Open in the night in which the clock is moved, when there is an hour twice or not at all.
        Calendar(zone="America/New_York", weekly=((), (), (), (), (), ((1320, 1680),), ((300, 400),))),
    ]
)
# Days before and after the clock is moved in those zones, before a row of holidays, and a leap day.
MOMENTS = st.sampled_from(
    [START, *(datetime(2026, month, day, hour, 30, tzinfo=UTC) for month, day, hour in ((3, 7, 20), (3, 28, 23), (10, 24, 22), (10, 31, 3), (12, 24, 15))),
     datetime(2028, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC)]
)  # fmt: skip
MEMBERS = st.sampled_from(("agent", "lead", "admin"))


class Lifecycle(RuleBasedStateMachine):
    """One ticket, with its pending timers as the database would keep them."""

    policy: Policy
    calendar: Calendar
    at: datetime
    taken_at: datetime
    status: str
    waiting_since: datetime | None
    closed_at: datetime | None
    pending: list[Pending]
    fired: list[int]
    moved: bool

    @initialize(policy=POLICIES, calendar=HOURS, at=MOMENTS)
    def open(self, policy: Policy, calendar: Calendar, at: datetime) -> None:
        self.policy, self.calendar, self.at, self.status = policy, calendar, at, policy.initial
        self.waiting_since, self.closed_at = None, None
        self.pending, self.fired, self.taken_at, self.moved = [], [], at, False
        self.take(decide(State(status=policy.initial), Opened(), policy, at, calendar))
        assert self.waiting_since == at

    @property
    def meaning(self) -> str:
        found = self.policy.status(self.status)
        assert found is not None
        return found.meaning

    @property
    def paused(self) -> bool:
        return any(each.due_at is None for each in self.pending)

    def decide(self, happening: Happening) -> Changes:
        state = State(
            status=self.status, waiting_since=self.waiting_since, closed_at=self.closed_at, pending=tuple(self.pending)
        )
        return decide(state, happening, self.policy, self.at, self.calendar)

    def take(self, changes: Changes) -> None:
        was_closed = self.meaning == "closed"
        self.status, self.waiting_since = changes.status.key, changes.waiting_since
        if self.meaning == "closed" and not was_closed:
            self.closed_at = self.at
        elif self.meaning != "closed":
            self.closed_at = None
        if changes.timers is not None:
            self.pending = list(changes.timers)
        if changes.ladder_begins:
            self.taken_at, self.fired, self.moved = self.at, [], False

    def refused(self, happening: Happening) -> None:
        with pytest.raises(StatusNotOffered):
            self.decide(happening)

    def unchanged(self, changes: Changes) -> None:
        assert (changes.status.key, changes.timers, changes.tag, changes.reminder) == (self.status, None, None, None)

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        until = self.at + timedelta(hours=hours)
        while (due := self.next_due()) is not None and due <= until:
            self.at = max(self.at, due)
            self.fire()
        self.at = max(self.at, until)

    @rule(hours=st.integers(-50, 1000))
    def the_clock_jumps(self, hours: int) -> None:
        """Whatever is due by then comes late, all at once, or not yet again."""
        self.at += timedelta(hours=hours)

    def next_due(self) -> datetime | None:
        return min((each.due_at for each in self.pending if each.due_at is not None), default=None)

    @precondition(lambda self: self.next_due() is not None and self.next_due() <= self.at)
    @rule()
    def a_timer_is_due(self) -> None:
        self.fire()

    def fire(self) -> None:
        first = min(
            (each for each in self.pending if each.due_at is not None), key=lambda each: (each.due_at, each.step)
        )
        self.pending.remove(first)
        step = self.policy.timers[self.status][first.step]
        before, waiting = self.status, self.waiting_since
        changes = self.decide(TimerDue(first.step))
        assert first.step not in self.fired, "a step acts once"
        assert all(earlier < first.step for earlier in self.fired), "a ladder runs forward"
        closed = self.meaning == "closed"
        if step.action == "set_status":
            self.take(changes)
            assert (self.status, changes.tag, changes.reminder) == (step.status, step.tag, None)
            assert self.waiting_since == waiting, "a timer answers nobody"
            assert not closed or self.meaning == "closed", "closed stays closed"
            return
        assert (changes.timers, changes.status.key, changes.waiting_since) == (None, before, waiting)
        assert (changes.reminder, changes.tag) == (step.template, step.tag)
        self.fired.append(first.step)

    @rule()
    def the_client_writes(self) -> None:
        before, waiting, meaning = self.status, self.waiting_since, self.meaning
        says, window = self.policy.client_message[before], self.policy.reopening
        if meaning == "closed" and window is not None and says not in ("follow_up", "refuse"):
            assert self.closed_at is not None
            if self.at - self.closed_at > timedelta(hours=window.within_hours):
                says = window.after
        changes = self.decide(ClientWrote())
        assert (changes.follow_up, changes.refused) == (says == "follow_up", says == "refuse")
        if says in ("follow_up", "refuse"):
            self.unchanged(changes)
            assert changes.waiting_since == waiting
            return
        self.take(changes)
        assert self.status == (before if says == "nothing" else says)
        assert self.waiting_since == (waiting or self.at), "who waits keeps the place, however often they ask"

    @rule(satisfied=st.booleans())
    def the_client_only_thanks(self, satisfied: bool) -> None:
        before, waiting, to = self.status, self.waiting_since, self.policy.thanks.get(self.status)
        changes = self.decide(ClientThanked(satisfied))
        if not satisfied or to is None or to == before:
            self.unchanged(changes)
            assert changes.waiting_since == waiting, "thanks neither clear the waiting nor begin it"
            return
        self.take(changes)
        assert self.meaning in ("solved", "closed"), "thanks never reopen"
        assert self.waiting_since == waiting

    @rule(data=st.data(), by=MEMBERS)
    def a_member_answers(self, data: st.DataObject, by: Who) -> None:
        status = data.draw(st.sampled_from([each.key for each in self.policy.statuses] + ["nope"]))
        current = self.policy.status(self.status)
        assert current is not None
        if status not in reply_statuses(self.policy, current, by):
            self.refused(StaffWrote(status, by))
            return
        self.take(self.decide(StaffWrote(status, by)))
        assert self.status == status
        assert self.waiting_since is None, "who was answered waits no longer"

    @rule(data=st.data(), by=MEMBERS)
    def a_member_sets_the_status(self, data: st.DataObject, by: Who) -> None:
        status = data.draw(st.sampled_from([each.key for each in self.policy.statuses] + ["nope"]))
        current, waiting = self.policy.status(self.status), self.waiting_since
        assert current is not None
        if status not in settable(self.policy, current, by):
            self.refused(StatusSet(status, by))
            return
        self.take(self.decide(StatusSet(status, by)))
        assert self.status == status
        assert self.waiting_since == waiting, "to set a status answers nobody"

    @rule()
    def the_client_keeps_it_open(self) -> None:
        current, waiting = self.policy.status(self.status), self.waiting_since
        assert current is not None
        if closing_step(self.policy, current) is None:
            self.refused(KeptOpen())
            return
        self.take(self.decide(KeptOpen()))
        assert (self.status, self.waiting_since, self.taken_at) == (current.key, waiting, self.at)

    @rule(by=st.sampled_from(("client", "agent", "admin")))
    def someone_closes_it_now(self, by: Who) -> None:
        current = self.policy.status(self.status)
        assert current is not None
        if not may_close_now(self.policy, current, by):
            self.refused(ClosedNow(by))
            return
        self.take(self.decide(ClosedNow(by)))
        assert self.meaning == "closed"
        assert self.status == closing_status(self.policy, current)

    @rule(hours=st.integers(1, 300))
    def a_member_snoozes(self, hours: int) -> None:
        if not self.pending or self.paused:
            self.refused(Snoozed(timedelta(hours=hours)))
            return
        before = {each.step: each.due_at for each in self.pending}
        self.take(self.decide(Snoozed(timedelta(hours=hours))))
        for each in self.pending:
            due = before[each.step]
            assert due is not None
            assert each.due_at == max(due, self.at) + timedelta(hours=hours)
        self.moved = True

    @rule(away=st.integers(0, 300))
    def a_member_pauses_and_resumes(self, away: int) -> None:
        if not self.pending or self.paused:
            self.refused(Paused())
            return
        self.refused(Resumed())
        ladder = self.policy.timers[self.status]
        hours = {each: self.calendar if step.count == "business_hours" else ALWAYS for each, step in enumerate(ladder)}
        left = {each.step: hours[each.step].between(self.at, each.due_at or self.at) for each in self.pending}
        self.take(self.decide(Paused()))
        assert self.next_due() is None
        self.refused(Snoozed(timedelta(hours=1)))
        self.refused(Paused())
        self.at += timedelta(hours=away)
        self.take(self.decide(Resumed()))
        for each in self.pending:
            assert each.due_at is not None
            now_left = hours[each.step].between(self.at, each.due_at)
            assert abs(now_left - left[each.step]) < 1 / 3600, "what was left is left, however long it was paused"
        self.moved = True

    @rule()
    def a_member_pauses(self) -> None:
        if self.pending and not self.paused:
            self.take(self.decide(Paused()))
            self.moved = True

    @invariant()
    def no_timer_survives_its_status(self) -> None:
        if not hasattr(self, "policy"):
            return
        ladder = self.policy.timers.get(self.status, ())
        assert {each.step for each in self.pending} | set(self.fired) == set(range(len(ladder)))
        assert not {each.step for each in self.pending} & set(self.fired)
        for each in self.pending:
            assert each.action == ladder[each.step].action
            assert (each.due_at is None) == (each.hours_left is not None)
            if not self.moved:
                step = ladder[each.step]
                hours = self.calendar if step.count == "business_hours" else ALWAYS
                assert each.due_at == hours.add(self.taken_at, step.after_hours)

    @invariant()
    def the_ladder_never_runs_backwards(self) -> None:
        due = [each.due_at for each in sorted(getattr(self, "pending", []), key=lambda one: one.step) if each.due_at]
        assert due == sorted(due)


TestLifecycle = Lifecycle.TestCase
TestLifecycle.settings = settings(
    max_examples=3000 if LONG else 60, stateful_step_count=30, deadline=None, derandomize=not LONG, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@given(policy=policies())
@settings(
    max_examples=1000 if LONG else 60, deadline=None, derandomize=not LONG, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_from_everywhere_a_ticket_can_be_brought_to_its_end(policy: Policy) -> None:
    """No dead end, found by trying all that can happen, not by the arrows that the check goes by."""
    leads_to = {each.key: set(_one_step(policy, each.key)) for each in policy.statuses}
    reached = {policy.initial}
    while further := {to for key in reached for to in leads_to[key]} - reached:
        reached |= further
    assert reached == leads_to.keys(), "every status is come to"
    ended = {each.key for each in policy.statuses if each.meaning == "closed"}
    while further := {key for key, tos in leads_to.items() if tos & ended} - ended:
        ended |= further
    assert ended == leads_to.keys()


def _one_step(policy: Policy, key: str) -> Iterator[str]:
    state = State(status=key, closed_at=START)
    keys = [each.key for each in policy.statuses]
    happenings: list[Any] = [ClientWrote(), ClientThanked(True), ClosedNow("client")]
    happenings += [StaffWrote(to, "admin") for to in keys] + [StatusSet(to, "admin") for to in keys]
    happenings += [TimerDue(number) for number in range(len(policy.timers.get(key, ())))]
    for happening in happenings:
        try:
            yield decide(state, happening, policy, START).status.key
        except StatusNotOffered:
            continue
