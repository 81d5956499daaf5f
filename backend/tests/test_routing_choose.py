"""Whom rules choose: never somebody who is not available, and among equals each in turn, whatever happens."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from backend.tenants.presence.shifts import Shift, is_in, next_in
from backend.tickets.routing.choose import STEPS, Choice, Person, Turn, choose

MONDAY = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
IDS = [UUID(int=number) for number in range(1, 7)]


def a_person(number: int, **known: object) -> Person:
    return Person(**{"id": UUID(int=number), "load": 0, **known})  # type: ignore[arg-type]


def a_turn(*steps: str, people: list[Person], **known: object) -> Turn:
    return Turn(**{"steps": list(steps), "people": people, "zone": "UTC", **known})  # type: ignore[arg-type]


shifts = st.none() | st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).filter(lambda each: each[1] != each[2]),
    min_size=1, max_size=4,
)  # fmt: skip
people = st.lists(
    st.builds(
        Person, id=st.sampled_from(IDS), load=st.integers(0, 4), turn=st.integers(0, 9), away=st.booleans(), shifts=shifts,
        capacity=st.none() | st.integers(0, 4), zone=st.sampled_from([None, "Asia/Tokyo", "America/Chicago"]),
    ),
    max_size=6, unique_by=lambda each: each.id,
)  # fmt: skip
turns = st.builds(
    Turn, steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=4, unique=True), people=people,
    zone=st.sampled_from(["UTC", "Europe/Amsterdam"]), off_shift=st.booleans(), first=st.none() | st.sampled_from(IDS),
    usual=st.none() | st.sampled_from(IDS), lead=st.none() | st.sampled_from(IDS),
)  # fmt: skip
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (a zone is given)


@given(turns, moments)
def test_nobody_is_chosen_who_is_not_available_and_nobody_better_is_passed_over(turn: Turn, at: datetime) -> None:
    chosen = choose(turn, at)
    able = [each for each in turn.people if not each.away and (each.capacity is None or each.load < each.capacity)]
    in_now = [each for each in able if is_in([Shift(*s) for s in each.shifts or ()], each.zone or turn.zone, at)]
    named = {"answered_first": turn.first, "project_lead": turn.lead, "usual_agent": turn.usual}
    for step in turn.steps:
        fit = in_now if step == "next_available" or not turn.off_shift else able
        if step != "next_available":
            fit = [each for each in fit if each.id == named[step]]
        if fit:
            best = min((each.load, each.turn) for each in fit)
            assert chosen is not None
            assert chosen.because == step
            assert chosen.person in fit
            assert step != "next_available" or (chosen.person.load, chosen.person.turn) == best
            return
    assert chosen is None


@given(st.integers(2, 6), st.data())
def test_turns_go_round_while_people_come_and_go(size: int, data: st.DataObject) -> None:
    """Everybody solves at once what they get, so that all are equal and turns alone decide: nobody who stayed all the
    while has had two more than another who stayed."""
    turn_of, had = dict.fromkeys(range(1, size + 1), 0), dict.fromkeys(range(1, size + 1), 0)
    stays = data.draw(st.sets(st.integers(1, size), min_size=1))
    for number in range(1, 25):
        away = data.draw(st.sets(st.integers(1, size))) - stays
        staff = [a_person(each, turn=turn_of[each], away=each in away) for each in turn_of]
        chosen = choose(a_turn("next_available", people=staff), MONDAY)
        assert isinstance(chosen, Choice)
        turn_of[chosen.person.id.int] = number
        had[chosen.person.id.int] += 1
    counts = [had[each] for each in stays]
    assert max(counts) - min(counts) <= 1


@given(st.integers(1, 5), st.lists(st.integers(0, 40), max_size=40))
def test_open_tickets_are_shared_evenly_up_to_everybody_s_capacity(size: int, solved: list[int]) -> None:
    loads = dict.fromkeys(range(1, size + 1), 0)
    turn_of = dict.fromkeys(loads, 0)
    for number in range(1, 3 * size + 2):
        staff = [a_person(each, load=loads[each], turn=turn_of[each], capacity=3) for each in loads]
        chosen = choose(a_turn("next_available", people=staff), MONDAY)
        if number > 3 * size:
            assert chosen is None
            return
        assert chosen is not None
        loads[chosen.person.id.int] += 1
        turn_of[chosen.person.id.int] = number
        assert max(loads.values()) - min(loads.values()) <= 1


def test_hours_are_those_that_the_clock_on_the_wall_shows_also_when_it_changes() -> None:
    nine_to_five = [Shift(6, 540, 1020)]  # Sundays
    before, after = datetime(2026, 3, 22, 7, 30, tzinfo=UTC), datetime(2026, 3, 29, 7, 30, tzinfo=UTC)
    assert not is_in(nine_to_five, "Europe/Amsterdam", before)  # 8:30
    assert is_in(nine_to_five, "Europe/Amsterdam", after)  # 9:30, since the night before lasted an hour less
    assert next_in(nine_to_five, "Europe/Amsterdam", before) == datetime(2026, 3, 22, 8, tzinfo=UTC)
    assert next_in(nine_to_five, "Europe/Amsterdam", after) is None
    assert next_in(nine_to_five, "Europe/Amsterdam", after + timedelta(hours=8)) == datetime(2026, 4, 5, 7, tzinfo=UTC)


def test_a_shift_through_midnight_goes_on_the_next_morning() -> None:
    night = [Shift(6, 1320, 360)]  # Sunday 22:00 to Monday 6:00
    assert is_in(night, "UTC", datetime(2026, 1, 4, 23, tzinfo=UTC))
    assert is_in(night, "UTC", datetime(2026, 1, 5, 5, 59, tzinfo=UTC))
    assert not is_in(night, "UTC", datetime(2026, 1, 5, 6, tzinfo=UTC))
    assert not is_in(night, "UTC", datetime(2026, 1, 4, 5, tzinfo=UTC))
