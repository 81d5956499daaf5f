"""Business time: a company's opening hours as a pure value, and arithmetic on instants within them.

Open is what the clock on the wall says: an instant is open when its local time lies in a span of its day. So a night
that loses or repeats an hour has an hour of opening less or more, as it has for those who sit there, and hours are always
real hours that pass. A span that runs past midnight belongs to the day on which it begins: a holiday takes the whole of
it, and the holiday after it does not cut it short.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from backend.public_holidays import public_holidays

Span: TypeAlias = tuple[int, int]
"""Minutes since the midnight with which its day begins, the end exclusive and after 1440 where it runs past midnight."""
Interval: TypeAlias = tuple[datetime, datetime]

DAY: Final = 1440
FAR: Final = timedelta(days=366 * 20)
"""How far ahead is looked. What would lie further is taken to lie there."""

_FARTHEST_OFFSET: Final = timedelta(hours=24)
_PROBE: Final = timedelta(days=1)
_PIECE: Final = timedelta(days=40)
_ALL_DAY: Final[tuple[Span, ...]] = ((0, DAY),)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When people are there. `weekly` holds the spans of the weekdays, Monday first; `days` replaces those of single days,
    with no spans where the company is closed. `country` and `subdivision` say which public holidays are kept; a day of
    its own hours is not a holiday.

    Raises:
        ValueError: the zone or the country does not exist, a span is none, overlaps another, or the week has none.
    """

    zone: str = "UTC"
    weekly: tuple[tuple[Span, ...], ...] = (_ALL_DAY,) * 7
    country: str | None = None
    subdivision: str | None = None
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError) as unknown:
            raise ValueError(f"There is no time zone {self.zone}.") from unknown
        if len(self.weekly) != 7 or not any(self.weekly):
            raise ValueError("A week has seven days and is open at some time.")
        for spans in (*self.weekly, *self.days.values()):
            require_spans(spans)
        if self.country is not None:
            public_holidays(self.country, self.subdivision, 2026)
        elif self.subdivision is not None:
            raise ValueError("A subdivision belongs to a country.")

    @property
    def always_open(self) -> bool:
        """Whether hours of opening are simply hours."""
        return self.country is None and not self.days and all(spans == _ALL_DAY for spans in self.weekly)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on a local day."""
        if day in self.days:
            return self.days[day]
        return () if self.holiday(day) is not None else self.weekly[day.weekday()]

    def holiday(self, day: date, language: str | None = None) -> str | None:
        """The name of the public holiday that is kept on a day."""
        if self.country is None:
            return None
        return public_holidays(self.country, self.subdivision, day.year, language).get(day)

    def is_open(self, at: datetime) -> bool:
        """Whether the clock on the wall shows an hour of opening."""
        start, end = next(self.openings(at))
        return start <= at < end

    def next_opening(self, at: datetime) -> datetime:
        """The moment itself when it is open, else the next that is."""
        start, _ = next(self.openings(at))
        return max(at, start)

    def closing(self, at: datetime) -> datetime | None:
        """Until when it stays open; None where it is closed now, or open for longer than anybody looks ahead."""
        closes = at
        for start, end in self.openings(at):
            if start > closes:
                break
            closes = end
        return closes if at < closes < at + FAR else None

    def add(self, at: datetime, hours: float) -> datetime:
        """The first moment at which so many hours of opening have passed since `at`.

        What ends with a day's opening is due when it closes, not when it opens again.
        """
        return self.add_time(at, timedelta(hours=hours))

    def add_time(self, at: datetime, left: timedelta) -> datetime:
        """As `add`, for a duration."""
        if left <= timedelta():
            return at
        if self.always_open:
            return min(at + left, at + FAR)
        for start, end in self.openings(at):
            here = max(start, at)
            if here + left <= end:
                return min(here + left, at + FAR)
            left -= end - here
            if end >= at + FAR:
                break
        return at + FAR

    def between(self, start: datetime, end: datetime) -> float:
        """For how many hours it is open from one moment to another; none where the second is not later."""
        return self.time_between(start, end) / timedelta(hours=1)

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        """As `between`, as a duration."""
        if end <= start:
            return timedelta()
        if self.always_open:
            return end - start
        total = timedelta()
        for opens, closes in self.openings(start):
            if opens >= end:
                break
            total += min(closes, end) - max(opens, start)
            if closes >= end:
                break
        return total

    def openings(self, at: datetime) -> Iterator[Interval]:
        """The stretches of opening that end after `at`, in order, as instants in UTC that do not overlap. They touch only
        where one is so long that it comes in pieces.

        Never empty: the last begins at the end of what is looked at, where nothing opens before that.
        """
        at = at.astimezone(UTC)
        limit = at + FAR
        day = at.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=2)
        current: Interval | None = None
        waiting: list[Interval] = []
        while True:
            for span in self.spans(day):
                waiting.extend(_instants(self.zone, day, span))
            day += timedelta(days=1)
            # Whatever a later day brings begins after this: until then nothing is handed out.
            settled = datetime.combine(day, time(), UTC) - _FARTHEST_OFFSET
            waiting.sort()
            while waiting and waiting[0][0] < settled:
                found = waiting.pop(0)
                if current is not None and found[0] <= current[1]:
                    current = current[0], max(current[1], found[1])
                    continue
                if current is not None and current[1] > at:
                    yield current
                current = found
            if current is not None and at < current[1] < settled:
                yield current
                current = None
            elif current is not None and current[0] + _PIECE < settled and at < settled <= current[1]:
                yield current[0], settled
                current = (settled, current[1]) if settled < current[1] else None
            if settled > limit:
                yield current if current is not None and current[1] > at else (limit, limit + timedelta(days=1))
                return


def require_spans(spans: tuple[Span, ...]) -> None:
    """Raises: ValueError where a day's spans are not in order, overlap, are empty or run into the day after next."""
    last = 0
    for start, end in spans:
        if not (last <= start < DAY and start < end <= start + DAY):
            raise ValueError("Opening hours are in order, do not overlap and last a day at most.")
        last = end


def _instants(zone: str, day: date, span: Span) -> list[Interval]:
    """When the clock on the wall shows a time of the span: one stretch, but where the clock is moved."""
    start = datetime.combine(day, time()) + timedelta(minutes=span[0])
    end = datetime.combine(day, time()) + timedelta(minutes=span[1])
    pieces = _offsets(zone, day)
    if len(pieces) == 1:
        offset = pieces[0][2]
        return [((start - offset).replace(tzinfo=UTC), (end - offset).replace(tzinfo=UTC))]
    found = []
    for begins, ends, offset in pieces:
        here = max(begins, (start - offset).replace(tzinfo=UTC)), min(ends, (end - offset).replace(tzinfo=UTC))
        if here[0] < here[1]:
            found.append(here)
    return found


@lru_cache(maxsize=65_536)
def _offsets(zone: str, day: date) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """The stretches of time around a local day and the next within which the zone keeps one distance from UTC."""
    info = ZoneInfo(zone)

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(info).utcoffset() or timedelta()

    begins = datetime.combine(day, time(), UTC) - _FARTHEST_OFFSET
    last = begins + 2 * _FARTHEST_OFFSET + timedelta(days=2)
    pieces = []
    moment, here = begins, offset(begins)
    while moment < last:
        probe = moment + _PROBE
        if offset(probe) != here:
            before, after = moment, probe
            while after - before > timedelta(seconds=1):
                middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
                before, after = (middle, after) if offset(middle) == here else (before, middle)
            pieces.append((begins, after, here))
            begins, here = after, offset(after)
            moment = after
        else:
            moment = probe
    pieces.append((begins, moment, here))
    return tuple(pieces)


ALWAYS: Final = Calendar()
"""Open day and night: what holds where nobody has set hours."""
