"""Move the business clock ahead, to watch a week of timers in seconds; development only."""

import asyncio
import re
from argparse import ArgumentParser, Namespace
from datetime import datetime, timedelta

from backend.clock import advance
from backend.database import close_database, open_database
from backend.operator.embedded import completed
from backend.operator.trouble import CannotDo, plain_database_trouble
from backend.settings import Settings

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_DURATION = re.compile(r"(?:\d+[wdhms])+")
_LONGEST = timedelta(days=3660)


def add_arguments(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="advance")
    ahead = verbs.add_parser("advance", help="move it ahead by a duration")
    ahead.add_argument("duration", help="for example 24h, 90m, 5d or 1d12h")


def run(settings: Settings, arguments: Namespace) -> int:
    if settings.production:
        raise CannotDo("In production business time is real time: the clock cannot be moved.")
    by = read_duration(arguments.duration)
    settings = completed(settings)
    with plain_database_trouble(settings.system_database_url):
        moment = asyncio.run(_advance(settings, by))
    print(f"Business time is now {moment:%Y-%m-%d %H:%M:%S} UTC.")
    return 0


def read_duration(text: str) -> timedelta:
    """A duration like 24h or 1d12h.

    Raises:
        CannotDo: it is not one, or longer than ten years.
    """
    if not _DURATION.fullmatch(text):
        raise CannotDo(f"{text!r} is not a duration: give for example 24h, 90m, 5d or 1d12h.")
    try:
        by = sum((timedelta(**{_UNITS[unit]: int(n)}) for n, unit in re.findall(r"(\d+)([wdhms])", text)), timedelta())
    except OverflowError:
        by = timedelta.max
    if by > _LONGEST:
        raise CannotDo("The clock moves by ten years at most.")
    return by


async def _advance(settings: Settings, by: timedelta) -> datetime:
    await open_database(settings.database_url, system_url=settings.system_database_url, pool=1)
    try:
        return await advance(by)
    finally:
        await close_database()
