"""Arithmetic in opening hours, held to a slow oracle that looks at the clock on the wall minute by minute."""

import os
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.business_time import ALWAYS, FAR, Calendar, Span
from backend.public_holidays import countries, public_holidays, subdivisions

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
MINUTE = timedelta(minutes=1)
ZONES = (
    "UTC", "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo",
    "America/Santiago", "America/St_Johns", "Africa/Casablanca", "Pacific/Apia", "Pacific/Kiritimati",
)  # fmt: skip
MOVES = (
    datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC), datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, tzinfo=UTC),
    datetime(2026, 4, 23, 22, tzinfo=UTC), datetime(2026, 10, 29, 21, tzinfo=UTC), datetime(2026, 4, 5, 3, tzinfo=UTC),
    datetime(2026, 9, 6, 4, tzinfo=UTC), datetime(2026, 2, 15, 2, tzinfo=UTC), datetime(2011, 12, 30, 10, tzinfo=UTC),
    datetime(2026, 12, 25, tzinfo=UTC), datetime(2024, 2, 28, 23, tzinfo=UTC),
)  # fmt: skip
"""Moments around which a clock of one of the zones is moved, a day is skipped, or holidays lie."""


@st.composite
def day_spans(draw: st.DrawFn) -> tuple[Span, ...]:
    spans: list[Span] = []
    least = 0
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(least, min(least + 900, 1439)))
        end = draw(st.integers(start + 1, start + 1440))
        spans.append((start, end))
        least = end
        if least > 1439:
            break
    return tuple(spans)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    weekly = draw(st.lists(day_spans(), min_size=7, max_size=7).filter(any))
    country, subdivision = draw(st.sampled_from([(None, None), ("NL", None), ("DE", "BY"), ("US", "CA"), ("WS", None)]))
    days = draw(st.dictionaries(st.dates(date(2026, 3, 27), date(2026, 3, 31)), day_spans(), max_size=3))
    return Calendar(draw(st.sampled_from(ZONES)), tuple(weekly), country, subdivision, days)


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    moved = draw(st.sampled_from(MOVES))
    return moved + timedelta(minutes=draw(st.integers(-2 * 1440, 2 * 1440)))


def wall_says_open(calendar: Calendar, at: datetime) -> bool:
    """The oracle: what somebody says who looks at the clock and at the list on the door."""
    local = at.astimezone(ZoneInfo(calendar.zone))
    for back in (0, 1):
        day = local.date() - timedelta(days=back)
        if day in calendar.days:
            spans = calendar.days[day]
        elif calendar.country and day in public_holidays(calendar.country, calendar.subdivision, day.year):
            spans = ()
        else:
            spans = calendar.weekly[day.weekday()]
        minute = local.hour * 60 + local.minute + back * 1440
        if any(start <= minute < end for start, end in spans):
            return True
    return False


@settings(max_examples=1500 if LONG else 60, deadline=None)
@given(calendars(), moments(), st.integers(0, 3 * 1440))
def test_what_lies_between_two_moments_is_what_the_clock_on_the_wall_shows(
    calendar: Calendar, a: datetime, minutes: int
) -> None:
    open_minutes = sum(wall_says_open(calendar, a + n * MINUTE) for n in range(minutes))
    assert calendar.time_between(a, a + minutes * MINUTE) == open_minutes * MINUTE
    assert calendar.is_open(a) == wall_says_open(calendar, a)


@settings(max_examples=1500 if LONG else 60, deadline=None)
@given(calendars(), moments(), st.integers(1, 1500))
def test_hours_are_added_as_if_each_open_minute_was_counted(calendar: Calendar, a: datetime, minutes: int) -> None:
    at, left = a, minutes
    for _ in range(6 * 1440):
        if wall_says_open(calendar, at):
            left -= 1
            if left == 0:
                break
        at += MINUTE
    else:
        return
    assert calendar.add(a, minutes / 60) == at + MINUTE


@settings(max_examples=1500 if LONG else 60, deadline=None)
@given(calendars(), moments())
def test_the_next_opening_is_the_first_open_minute(calendar: Calendar, a: datetime) -> None:
    first = next((a + n * MINUTE for n in range(6 * 1440) if wall_says_open(calendar, a + n * MINUTE)), None)
    if first is not None:
        assert calendar.next_opening(a) == first
        closing = calendar.closing(first)
        assert closing is None or (not wall_says_open(calendar, closing) and wall_says_open(calendar, closing - MINUTE))


@settings(max_examples=500 if LONG else 60, deadline=None)
@given(calendars(), moments(), st.floats(0.001, 400), st.floats(0.001, 400))
@example(ALWAYS, MOVES[0], 1.0, 2.0)
def test_adding_and_counting_are_each_others_inverse_and_time_never_runs_back(
    calendar: Calendar, a: datetime, first: float, second: float
) -> None:
    end = calendar.add(a, first)
    assert end > a
    if end < a + FAR:
        assert calendar.time_between(a, end) == timedelta(hours=first)
        later = calendar.add(end, second)
        if later < a + FAR:
            assert abs(calendar.add(a, first + second) - later) <= timedelta(microseconds=2)
            assert calendar.time_between(a, later) == calendar.time_between(a, end) + calendar.time_between(end, later)
    assert calendar.time_between(end, a) == timedelta()


@settings(max_examples=200 if LONG else 20, deadline=None)
@given(calendars(), moments())
def test_stretches_of_opening_are_in_order_and_apart(calendar: Calendar, a: datetime) -> None:
    last = a
    for start, end in islice(calendar.openings(a), 20):
        assert start < end
        assert end > a
        assert start >= last or last == a
        last = end


def hours(*weekday: tuple[int, int]) -> tuple[tuple[Span, ...], ...]:
    return (tuple((start * 60, end * 60) for start, end in weekday),) * 5 + ((), ())


OFFICE = Calendar("Europe/Amsterdam", hours((9, 17)), "NL")


def local(day: str, zone: str = "Europe/Amsterdam") -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("asked", "count", "due"),
    [
        ("2026-11-24 12:20", 2, "2026-11-24 14:20"),
        ("2026-11-24 16:00", 2, "2026-11-25 10:00"),
        ("2026-11-27 16:59", 1, "2026-11-30 09:59"),  # over a weekend
        ("2026-12-24 16:00", 2, "2026-12-28 10:00"),  # both days of Christmas, and Saturday is one of them
        ("2026-04-24 16:30", 1, "2026-04-28 09:30"),  # King's day on a Monday
        ("2026-03-27 16:00", 2, "2026-03-30 10:00"),  # the clock is put forward on Sunday
        ("2026-11-24 09:00", 8, "2026-11-24 17:00"),  # due when the day closes, not when the next begins
        ("2026-11-24 03:00", 8.5, "2026-11-25 09:30"),
    ],
)
def test_a_day_at_the_office(asked: str, count: float, due: str) -> None:
    assert OFFICE.add(local(asked), count) == local(due)


def test_a_night_shift_lasts_as_long_as_the_night_does() -> None:
    night = Calendar("Europe/Amsterdam", (((22 * 60, 30 * 60),),) * 7)
    spring, autumn, usual = local("2026-03-28 22:00"), local("2026-10-24 22:00"), local("2026-11-10 22:00")
    assert [night.between(each, each + timedelta(hours=12)) for each in (spring, autumn, usual)] == [7, 9, 8]


def test_a_holiday_takes_the_shift_that_begins_on_it_and_leaves_the_one_that_runs_into_it() -> None:
    night = Calendar("Europe/Amsterdam", (((22 * 60, 30 * 60),),) * 7, "NL")
    assert night.is_open(local("2026-04-27 03:00"))
    assert not night.is_open(local("2026-04-27 23:00"))
    assert not night.is_open(local("2026-04-28 03:00"))


def test_own_days_go_before_holidays_and_weekdays() -> None:
    king, monday, saturday = date(2026, 4, 27), date(2026, 5, 11), date(2026, 5, 16)
    own = Calendar(
        "Europe/Amsterdam", hours((9, 17)), "NL", None, {king: ((600, 720),), monday: (), saturday: ((600, 660),)}
    )
    assert own.add(local("2026-04-26 12:00"), 1) == local("2026-04-27 11:00")
    assert own.next_opening(local("2026-05-11 09:00")) == local("2026-05-12 09:00")
    assert own.next_opening(local("2026-05-15 17:00")) == local("2026-05-16 10:00")


def test_nobody_waits_for_ever_where_hours_are_few() -> None:
    rare = Calendar("UTC", (((0, 1),), (), (), (), (), (), ()))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert rare.add(at, 87_600) == at + FAR
    assert ALWAYS.add(at, 87_600) == at + timedelta(hours=87_600)
    assert ALWAYS.closing(at) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Europe/Nowhere"},
        {"weekly": ((),) * 7},
        {"weekly": (((540, 540),),) * 7},
        {"weekly": (((540, 600), (590, 700)),) * 7},
        {"weekly": (((540, 540 + 1441),),) * 7},
        {"weekly": (((0, 60),),) * 6},
        {"country": "XX"},
        {"country": "NL", "subdivision": "BY"},
        {"subdivision": "BY"},
    ],
)
def test_hours_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Calendar(**wrong)  # type: ignore[arg-type]


def test_holidays_are_named_in_the_readers_language() -> None:
    assert public_holidays("NL", None, 2026, "nl")[date(2026, 4, 27)] == "Koningsdag"
    assert public_holidays("NL", None, 2026, "en")[date(2026, 4, 27)] == "King's Day"
    assert OFFICE.holiday(date(2026, 12, 25), "nl") == "Eerste kerstdag"
    assert date(2026, 1, 6) in public_holidays("DE", "BY", 2026)
    assert date(2026, 1, 6) not in public_holidays("DE", "BE", 2026)
    assert "NL" in countries()
    assert subdivisions("DE")["BY"] == "Bayern"
