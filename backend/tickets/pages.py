"""Pages of a list: Relay cursors that name a place, not an offset, so that a page stays right while rows come and go."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeAlias
from uuid import UUID

import msgspec

from backend.database import Row
from backend.errors import Refusal

MOST_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with a cursor for each; `more` says whether the list goes on."""

    rows: Sequence[Row]
    cursors: Sequence[str]
    more: bool


def page_size(first: int) -> int:
    """The number of rows to read: one more than asked for, to know whether the list goes on.

    Raises:
        Refusal: fewer than one row or more than MOST_ROWS were asked for.
    """
    if not 1 <= first <= MOST_ROWS:
        raise Refusal("page_too_large", "first", most=MOST_ROWS)
    return first + 1


def page_of(found: Sequence[Row], first: int, *place: str) -> Page:
    """The page of the rows read; `place` names the columns that say where a row stands in the order."""
    kept = found[:first]
    return Page(kept, [cursor_of(*(each[column] for column in place)) for each in kept], len(found) > first)


def cursor_of(*place: Any) -> str:
    """An opaque cursor for a place in an order."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place_of(cursor: str, *types: Any) -> tuple[Any, ...]:
    """The place that a cursor names, with values of the given types.

    Raises:
        Refusal: the cursor was not made by `cursor_of` for that order.
    """
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        place: tuple[Any, ...] = msgspec.json.decode(raw, type=tuple[types])  # type: ignore[valid-type]
        return tuple(each.astimezone(UTC) if isinstance(each, datetime) else each for each in place)
    except (ValueError, OverflowError, msgspec.DecodeError, msgspec.ValidationError):
        raise Refusal("bad_cursor", "after") from None


# What the database could not take is no place: a moment without a zone, a rank beyond its column.
_Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
_Rank: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**15), lt=2**15)]
QUEUE_PLACE: Final = (_Rank, _Moment, UUID)
ACTIVITY_PLACE: Final = (_Moment, UUID)
