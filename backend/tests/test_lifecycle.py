"""The lifecycle as a pure function: whatever happens in whatever order, under the five policies and any other valid one."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backend.tickets.lifecycle.decide import (
    Changes,
    ClientWrote,
    Opened,
    StaffWrote,
    State,
    StatusNotOffered,
    StatusSet,
    TimerDue,
    decide,
    settable,
)
from backend.tickets.lifecycle.policy import Policy, read_policy
from backend.tickets.lifecycle.presets import FOUNDRY, PRESETS

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MEANINGS = ("new", "open", "waiting_for_client", "on_hold", "solved", "closed")


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any policy that can be read."""
    keys = draw(st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=6, unique=True))
    meanings = draw(st.lists(st.sampled_from(MEANINGS), min_size=len(keys), max_size=len(keys)))
    key = st.sampled_from(keys)
    ladders = {}
    for each in draw(st.sets(key)):
        hours = sorted(draw(st.lists(st.integers(1, 500), min_size=1, max_size=4)))
        ladders[each] = [
            {"after_hours": hour, "action": "remind", "template": "reminder_first"}
            if draw(st.booleans())
            else {
                "after_hours": hour,
                "action": "set_status",
                "status": draw(key),
                "tag": draw(st.none() | st.just("No Response")),
            }
            for hour in hours
        ]
    return read_policy(
        {
            "statuses": [
                {"key": each, "meaning": meaning, "names": {"en": each}, "client_names": {"en": each}}
                for each, meaning in zip(keys, meanings, strict=True)
            ],
            "initial": draw(key),
            "replies": draw(st.lists(key, min_size=1, max_size=3, unique=True)),
            "client_message": {each: draw(st.one_of(key, st.just("follow_up"))) for each in keys},
            "timers": ladders,
        }
    )


POLICIES = st.sampled_from([read_policy(each) for each in PRESETS.values()]) | policies()


class Lifecycle(RuleBasedStateMachine):
    """One ticket, with its pending timers as the database would keep them."""

    policy: Policy
    at: datetime
    taken_at: datetime
    status: str
    waiting_since: datetime | None
    pending: list[tuple[int, datetime]]
    fired: list[int]

    @initialize(policy=POLICIES)
    def open(self, policy: Policy) -> None:
        self.policy, self.at, self.status, self.waiting_since = policy, START, policy.initial, None
        self.pending, self.fired, self.taken_at = [], [], START
        self.take(decide(State(status=policy.initial), Opened(), policy, self.at))
        assert self.waiting_since == START

    @property
    def meaning(self) -> str:
        found = self.policy.status(self.status)
        assert found is not None
        return found.meaning

    @property
    def final(self) -> bool:
        return self.meaning == "closed" and self.policy.client_message[self.status] == "follow_up"

    def decide(self, happening: Any) -> Changes:
        return decide(State(status=self.status, waiting_since=self.waiting_since), happening, self.policy, self.at)

    def take(self, changes: Changes) -> None:
        self.status, self.waiting_since = changes.status.key, changes.waiting_since
        if changes.timers is not None:
            self.pending = [(number, due) for number, _, due in changes.timers]
            self.taken_at, self.fired = self.at, []

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        until = self.at + timedelta(hours=hours)
        while self.pending and min(due for _, due in self.pending) <= until:
            self.a_timer_is_due()
        self.at = until

    @precondition(lambda self: bool(getattr(self, "pending", None)))
    @rule()
    def a_timer_is_due(self) -> None:
        number, due = min(self.pending, key=lambda each: (each[1], each[0]))
        self.pending.remove((number, due))
        self.at = max(self.at, due)
        step = self.policy.timers[self.status][number]
        before, waiting = self.status, self.waiting_since
        changes = self.decide(TimerDue(number))
        assert number not in self.fired, "a step acts once"
        assert all(earlier < number for earlier in self.fired), "a ladder runs forward"
        self.take(changes)
        if step.action == "remind":
            assert changes.reminder == step.template
            assert (changes.timers, self.status, self.waiting_since) == (None, before, waiting)
            self.fired.append(number)
        else:
            assert (self.status, changes.tag, changes.reminder) == (step.status, step.tag, None)
            assert self.waiting_since == waiting, "a timer answers nobody"

    @rule()
    def the_client_writes(self) -> None:
        before, waiting, pending = self.status, self.waiting_since, list(self.pending)
        final = self.policy.client_message[self.status] == "follow_up"
        changes = self.decide(ClientWrote())
        assert changes.follow_up == final
        self.take(changes)
        if final:
            assert (self.status, self.waiting_since, self.pending) == (before, waiting, pending), "nothing changes"
        else:
            assert self.waiting_since == (waiting or self.at), "who waits keeps the place, however often they ask"

    @rule(data=st.data())
    def a_member_answers(self, data: st.DataObject) -> None:
        status = data.draw(st.sampled_from([each.key for each in self.policy.statuses] + ["nope"]))
        if status not in self.policy.replies or self.meaning == "closed":
            with pytest.raises(StatusNotOffered):
                self.decide(StaffWrote(status))
            return
        self.take(self.decide(StaffWrote(status)))
        assert self.status == status
        assert self.waiting_since is None, "who was answered waits no longer"

    @rule(data=st.data())
    def a_member_sets_the_status(self, data: st.DataObject) -> None:
        status = data.draw(st.sampled_from([each.key for each in self.policy.statuses] + ["nope"]))
        current, waiting, final = self.policy.status(self.status), self.waiting_since, self.final
        assert current is not None
        if status not in settable(self.policy, current):
            with pytest.raises(StatusNotOffered):
                self.decide(StatusSet(status))
            return
        assert not final, "what is closed for good is not opened again by hand"
        self.take(self.decide(StatusSet(status)))
        assert self.status == status
        assert self.waiting_since == waiting, "to set a status answers nobody"

    @invariant()
    def no_timer_survives_its_status(self) -> None:
        if not hasattr(self, "policy"):
            return
        ladder = self.policy.timers.get(self.status, ())
        for number, due in self.pending:
            assert due == self.taken_at + timedelta(hours=ladder[number].after_hours)
        assert {number for number, _ in self.pending} | set(self.fired) == set(range(len(ladder)))


TestLifecycle = Lifecycle.TestCase
TestLifecycle.settings = settings(
    max_examples=3000 if LONG else 60, stateful_step_count=30, deadline=None, derandomize=not LONG, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"initial": "nope"}, {"replies": ["nope"]}, {"replies": []}, {"statuses": []}, {"client_message": {"open": "open"}}, {"timers": {"nope": []}},
        {"client_message": {**FOUNDRY["client_message"], "open": "nope"}}, {"timers": 5}, {"statuses": "x"}, {"initial": None},
        {"timers": {"pending": [{"after_hours": 0, "action": "remind", "template": "reminder_first"}]}},
        {"timers": {"pending": [{"after_hours": -1, "action": "remind", "template": "reminder_first"}]}},
        {"timers": {"pending": [{"after_hours": float("nan"), "action": "remind", "template": "reminder_first"}]}},
        {"timers": {"pending": [{"after_hours": float("inf"), "action": "remind", "template": "reminder_first"}]}},
        {"timers": {"pending": [{"after_hours": 1e9, "action": "remind", "template": "reminder_first"}]}},
        {"timers": {"pending": [{"after_hours": 5, "action": "remind"}]}}, {"timers": {"pending": [{"after_hours": 5, "action": "explode"}]}},
        {"timers": {"pending": [{"after_hours": 5, "action": "set_status"}]}},
        {"timers": {"pending": [{"after_hours": 5, "action": "set_status", "status": "nope"}]}},
        {"timers": {"pending": [{"after_hours": 5, "action": "remind", "template": "x", "status": "open"}]}},
        {"timers": {"pending": [{"after_hours": n, "action": "remind", "template": "x"} for n in (24, 5)]}},
        {"statuses": [*FOUNDRY["statuses"], FOUNDRY["statuses"][0]]},
    ],
)  # fmt: skip
def test_a_policy_that_contradicts_itself_is_not_read(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        read_policy({**FOUNDRY, **change})


@pytest.mark.parametrize("name", PRESETS)
def test_the_five_policies_can_be_read(name: str) -> None:
    policy = read_policy(PRESETS[name])
    assert policy.status(policy.initial) is not None
