"""The clocks of promises as a pure function: whatever happens, what passed is counted as it passed, and nothing else."""

import os
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.business_time import ALWAYS, Calendar
from backend.tenants.targets import PROMISES, Promised, Rule, Targets
from backend.tickets.promises.clocks import NONE, Clocks, Standing, note, read_clocks, run_clocks, timers_of

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
OFFICE = Calendar("Europe/Amsterdam", (((540, 1020),),) * 5 + ((), ()), "NL")
LATE = Calendar("America/New_York", (((720, 1560),),) * 7)
CALENDARS: tuple[tuple[UUID | None, Calendar], ...] = ((None, ALWAYS), (uuid4(), OFFICE), (uuid4(), LATE))
START = datetime(2026, 3, 27, 12, tzinfo=UTC)
MEANINGS = ("new", "open", "waiting_for_client", "on_hold", "solved", "closed")
TWO_HOURS = Targets(urgencies=(Promised(aim=120, answer=1440, solution=4800),) * 5)


@st.composite
def targets(draw: st.DrawFn) -> Targets:
    minutes = st.none() | st.integers(1, 3000)
    rules = [
        Rule(count=draw(st.sampled_from(("opening_hours", "all_hours"))), warn_minutes=draw(st.integers(0, 90)))
        for _ in PROMISES
    ]
    promised = st.builds(Promised, aim=minutes, answer=minutes, solution=minutes)
    return Targets(urgencies=tuple(draw(promised) for _ in range(5)), aim=rules[0], answer=rules[1], solution=rules[2])


happenings = st.tuples(
    st.integers(0, 60 * 30), st.sampled_from(MEANINGS), st.integers(0, 4), st.booleans(), st.sampled_from(CALENDARS)
)


@settings(max_examples=1000 if LONG else 80, deadline=None)
@given(targets(), st.lists(happenings, min_size=1, max_size=12))
def test_a_clock_has_used_what_passed_while_the_ticket_waited_for_the_staff(
    promised: Targets, story: list[tuple[int, str, int, bool, tuple[UUID | None, Calendar]]]
) -> None:
    at, clocks, hours = START, NONE, CALENDARS[0]
    used = dict.fromkeys(PROMISES, timedelta())
    meaning, answered, exists = "new", False, dict.fromkeys(PROMISES, False)
    for minutes, to_meaning, urgency, answers, to_hours in story:
        later = at + timedelta(minutes=minutes)
        for promise in PROMISES:
            over = meaning in ("solved", "closed") if promise == "solution" else answered
            if exists[promise] and not over and meaning in ("new", "open"):
                counted = promised.rule(promise).count == "opening_hours"
                used[promise] += hours[1].time_between(at, later) if counted else later - at
        at, meaning, answered, then, hours = later, to_meaning, answered or answers, hours, to_hours
        standing = Standing(meaning=meaning, urgency=urgency, answered=answered, waiting_since=None)
        clocks = run_clocks(clocks, standing, promised, at, then=then[1], now=hours[1], calendar=hours[0], zone="UTC")
        assert read_clocks(msgspec.json.encode(clocks)) == clocks
        for promise in PROMISES:
            clock = clocks.of(promise)
            if not clock:
                exists[promise], used[promise] = False, timedelta()
                continue
            exists[promise] = True
            over = meaning == "closed" or (meaning == "solved" if promise == "solution" else answered)
            running = meaning in ("new", "open") and not over
            assert (clock.ended_at is not None) == over
            assert (clock.due_at is not None) == running == (clock.since is not None)
            if not running:
                assert abs(timedelta(seconds=clock.used) - used[promise]) < timedelta(seconds=1)
                continue
            left = timedelta(minutes=clock.minutes) - used[promise]
            assert clock.due_at
            if left > timedelta():
                due = hours[1].add_time(at, left) if clock.count == "opening_hours" else at + left
                assert abs(clock.due_at - due) < timedelta(seconds=1) or (
                    due - clock.due_at >= timedelta() and left < timedelta(seconds=1)
                )
                assert clock.warn_at
                assert clock.warn_at <= clock.due_at
            else:
                assert clock.due_at <= at
        waits = [n for n, action, _ in timers_of(clocks) if action == "breach"]
        assert waits == [n for n, promise in enumerate(PROMISES) if (one := clocks.of(promise)) and one.due_at]


def run(clocks: Clocks, meaning: str, at: datetime, *, answered: bool = False, promised: Targets = TWO_HOURS,
        waiting_since: datetime | None = None) -> Clocks:  # fmt: skip
    standing = Standing(meaning=meaning, urgency=3, answered=answered, waiting_since=waiting_since)
    return run_clocks(clocks, standing, promised, at, then=OFFICE, now=OFFICE, calendar=CALENDARS[1][0], zone="UTC")


def test_a_promise_of_two_hours_on_friday_afternoon_is_due_on_monday_morning() -> None:
    friday = datetime(2026, 3, 27, 15, tzinfo=UTC)  # 16:00 in Amsterdam, and the clock is put forward on Sunday
    aim = run(NONE, "new", friday).of("aim")
    assert aim
    assert aim.due_at == datetime(2026, 3, 30, 8, tzinfo=UTC)
    assert aim.warn_at == datetime(2026, 3, 30, 7, 30, tzinfo=UTC)


def test_waiting_for_the_client_stops_the_clock_and_going_on_leaves_what_was_left() -> None:
    noon = datetime(2026, 3, 25, 11, tzinfo=UTC)
    paused = run(run(NONE, "new", noon), "waiting_for_client", noon + timedelta(hours=1))
    assert [each.due_at for each in paused.clocks] == [None, None, None]
    again = run(paused, "open", noon + timedelta(hours=24)).of("aim")
    assert again
    assert again.due_at == noon + timedelta(hours=25)


def test_what_is_told_once_is_told_again_only_where_there_is_time_again() -> None:
    noon = datetime(2026, 3, 25, 11, tzinfo=UTC)
    warned = note(run(NONE, "new", noon), "aim", warned_at=noon + timedelta(minutes=90))
    assert warned.breach_at == noon + timedelta(hours=2)
    assert (0, "warn") not in [(n, action) for n, action, _ in timers_of(warned)]
    longer = Targets(urgencies=(Promised(aim=600),) * 5)
    moved = run(warned, "open", noon + timedelta(minutes=100), promised=longer)
    assert moved.breach_at is None
    assert (0, "warn") in [(n, action) for n, action, _ in timers_of(moved)]


def test_a_missed_promise_stays_missed_however_the_ticket_goes_on() -> None:
    noon = datetime(2026, 3, 25, 11, tzinfo=UTC)
    due = noon + timedelta(hours=2)
    missed = note(run(NONE, "new", noon), "aim", warned_at=due, missed_at=due)
    paused = run(missed, "on_hold", due + timedelta(hours=1))
    assert paused.breach_at is None
    again = run(paused, "open", due + timedelta(hours=20))
    assert again.breach_at == due
    assert all(n for n, _, _ in timers_of(again))
    done = run(again, "open", due + timedelta(hours=21), answered=True).of("aim")
    assert done
    assert done.missed_at == due
    assert done.ended_at


def test_a_promise_that_is_made_later_counts_from_the_message_that_waits() -> None:
    noon = datetime(2026, 3, 25, 11, tzinfo=UTC)
    aim = run(NONE, "open", noon + timedelta(minutes=30), waiting_since=noon).of("aim")
    assert aim
    assert aim.due_at == noon + timedelta(hours=2)
    assert run(NONE, "open", noon, answered=True).of("aim") is None
    assert run(NONE, "closed", noon) == NONE


def test_solving_ends_the_solution_and_reopening_goes_on_with_what_was_left() -> None:
    noon = datetime(2026, 3, 25, 11, tzinfo=UTC)
    solved = run(run(NONE, "new", noon), "solved", noon + timedelta(hours=3), answered=True)
    clock = solved.of("solution")
    assert clock
    assert clock.ended_at
    assert clock.used == 3 * 3600
    again = run(solved, "open", noon + timedelta(hours=24), answered=True).of("solution")
    assert again
    assert again.ended_at is None
    assert again.due_at == OFFICE.add(noon + timedelta(hours=24), 80 - 3)


def test_a_promise_that_is_made_too_late_was_due_when_it_would_have_been() -> None:
    noon = datetime(2026, 3, 25, 11, tzinfo=UTC)
    aim = run(NONE, "open", noon + timedelta(hours=4), waiting_since=noon).of("aim")
    assert aim
    assert aim.due_at == noon + timedelta(hours=2)
