"""Weekly hours as a value: is somebody in at a moment, and when are they next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = 1440
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours on a weekday (0 is Monday) in minutes since midnight; an end not after the begin is on the next day."""

    weekday: int
    begins: int
    ends: int


def is_in(shifts: Sequence[Shift], zone: str, at: datetime) -> bool:
    """Whether a moment lies in these hours as the clocks of the zone show it. Whoever has no hours is always in."""
    if not shifts:
        return True
    local = at.astimezone(ZoneInfo(zone))
    weekday, minute = local.weekday(), local.hour * 60 + local.minute
    for each in shifts:
        through_midnight = each.ends <= each.begins
        if each.weekday == weekday and each.begins <= minute and (through_midnight or minute < each.ends):
            return True
        if through_midnight and (each.weekday + 1) % 7 == weekday and minute < each.ends:
            return True
    return False


def next_in(shifts: Sequence[Shift], zone: str, at: datetime) -> datetime | None:
    """When somebody who is not in is in next; None where they are in now."""
    if is_in(shifts, zone, at):
        return None
    place = ZoneInfo(zone)
    today = at.astimezone(place).replace(hour=0, minute=0, second=0, microsecond=0)
    begins = []
    for ahead in range(9):
        day = today + timedelta(days=ahead)
        for each in shifts:
            if each.weekday == day.weekday():
                # In UTC: a local time that the clocks leave out in spring is the one an hour later.
                begin = day.replace(hour=each.begins // 60, minute=each.begins % 60).astimezone(UTC)
                if begin > at:
                    begins.append(begin)
    return min(begins, default=None)
