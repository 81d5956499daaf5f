"""The queue as the desk counts it, and as the client stands in it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum
from typing import Self
from uuid import UUID

import strawberry
from strawberry import ID

from backend.clock import now
from backend.database import Row
from backend.graphql.types.enums import QueueView
from backend.tickets.lifecycle.progress import ProgressStep, step_name
from backend.tickets.queue.place import Place
from backend.tickets.queue.sentences import expectation_sentence, likely_at, place_sentence, usual_sentence


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


@strawberry.type(description="All counts of one department: a view that is not listed is empty.")
class DepartmentCounts:
    department_id: ID
    counts: list[ViewCount]


def counts_by_department(rows: Sequence[Row], departments: Iterable[UUID]) -> list[DepartmentCounts]:
    """The counts of each of the departments, also of those in which nothing is left."""
    return [
        DepartmentCounts(
            department_id=ID(str(department)),
            counts=counts_of([each for each in rows if each["department_id"] == department]),
        )
        for department in departments
    ]


@strawberry.type(
    description="Where the ticket stands in its department's queue, in the order in which the agents see it, and when an "
    "answer is to be expected by the latest answers there; those fields are null where too little is known."
)
class QueuePlace:
    ahead: int
    is_more: bool = strawberry.field(description="Even more are ahead than were counted.")
    usual_seconds: int | None = strawberry.field(
        description="Half of all first answers take at most so long, in opening hours."
    )
    most_seconds: int | None = strawberry.field(description="Four of five take at most so long.")
    expected_at: datetime | None
    latest_at: datetime | None
    opens_at: datetime | None = strawberry.field(description="When the department opens; null while it is open.")
    sentence: str = strawberry.field(description="How many are ahead, in the reader's language.")
    usual: str | None = strawberry.field(description="How long an answer usually takes, in the reader's language.")
    likely_at: datetime | None = strawberry.field(
        description="When the answer will probably be there; null where it takes longer than usual, or nothing is known."
    )
    expectation: str | None = strawberry.field(
        description="All of it in a sentence, in the reader's language and the company's time zone."
    )

    @classmethod
    def of(cls, place: Place, *, language: str, time_zone: str) -> Self:
        usual, at = place.usual, now()
        return cls(
            ahead=place.ahead,
            is_more=place.is_more,
            usual_seconds=int(usual.usual.total_seconds()) if usual else None,
            most_seconds=int(usual.most.total_seconds()) if usual else None,
            expected_at=place.expected_at,
            latest_at=place.latest_at,
            opens_at=place.opens_at,
            sentence=place_sentence(place, language),
            usual=usual_sentence(place, language),
            likely_at=likely_at(place, at),
            expectation=expectation_sentence(place, language=language, time_zone=time_zone, at=at),
        )


@strawberry.enum(description="Where a step of the line of progress stands.")
class StepState(Enum):
    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    SKIPPED = "skipped"


@strawberry.type(
    name="ProgressStep",
    description="A step of the line from received to closed, with when it was reached. The keys are received, looked_at, "
    "waiting_for_client, on_hold, solved and closed, as far as the company's lifecycle has them.",
)
class ProgressStepType:
    key: str
    name: str
    state: StepState
    at: datetime | None

    @classmethod
    def of(cls, step: ProgressStep, language: str) -> Self:
        return cls(key=step.key, name=step_name(step.key, language), state=StepState(step.state), at=step.at)
