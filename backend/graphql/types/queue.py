"""The queue as the desk counts it."""

from collections.abc import Sequence

import strawberry
from strawberry import ID

from backend.database import Row
from backend.graphql.types.enums import QueueView


@strawberry.type(description="How many tickets are in a view of the queue.")
class ViewCount:
    department_id: ID | None
    view: QueueView
    mine: bool
    unassigned: bool
    count: int


def counts_of(rows: Sequence[Row]) -> list[ViewCount]:
    """A count for each department and view, and for what of it is the reader's or nobody's; none that is zero."""
    return [
        ViewCount(
            department_id=ID(str(each["department_id"])), view=QueueView(each["view"]), mine=mine,
            unassigned=unassigned, count=each[count],
        )
        for each in rows
        for mine, unassigned, count in ((False, False, "count"), (True, False, "mine"), (False, True, "unassigned"))
        if each[count]
    ]  # fmt: skip
