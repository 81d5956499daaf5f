"""What happens when messages move between tickets. Each is recorded on both, so that either history leads to the other."""

from typing import Literal, TypeAlias, TypeVar
from uuid import UUID

from backend.events import LIVE, Event

Side: TypeAlias = Literal["from", "to"]
_Ticket = TypeVar("_Ticket")


def both_sides(from_: _Ticket, to: _Ticket) -> tuple[tuple[_Ticket, Side], tuple[_Ticket, Side]]:
    """Both tickets of a move, each with the side that it stands on."""
    return (from_, "from"), (to, "to")


class TicketSplit(Event, frozen=True, kw_only=True):
    """Messages of one ticket went into a new one (FIELD.md A8). `side` says on which of the two it is told."""

    consumers = (LIVE, "split_mail", "split_notice")
    number: int
    side: Side
    move_id: UUID
    from_number: int
    to_number: int
    messages: int
    from_department_id: UUID
    to_department_id: UUID


class TicketsMerged(Event, frozen=True, kw_only=True):
    """All messages of one ticket went into another, and it was closed."""

    consumers = (LIVE, "merged_mail")
    number: int
    side: Side
    move_id: UUID
    from_number: int
    to_number: int
    messages: int


class SplitUndone(Event, frozen=True, kw_only=True):
    """The messages of a split are back, and the number that it had made leads to them."""

    number: int
    side: Side
    from_number: int
    to_number: int


class MergeUndone(Event, frozen=True, kw_only=True):
    """The messages of a merge are back on the ticket that they came from, which goes on by itself."""

    number: int
    side: Side
    from_number: int
    to_number: int
