"""Who is in: hours and absences of the staff."""

from datetime import UTC, datetime
from enum import Enum
from typing import Self

import strawberry
from strawberry import ID

from backend.graphql.types.common import Node
from backend.tenants.presence import queries


@strawberry.enum(description="Whether a member is in; LEFT is somebody whose access has ended.")
class PresenceState(Enum):
    IN = "in"
    AWAY = "away"
    OFF_SHIFT = "off_shift"
    LEFT = "left"


@strawberry.type(description="When a member is away; without an end, until they are back.")
class Absence(Node):
    from_at: datetime
    until_at: datetime | None
    reason: str


@strawberry.type(
    name="Shift",
    description="Hours on a weekday (0 is Monday) in minutes since midnight; an end not after the begin is on the next day.",
)
class ShiftType:
    weekday: int
    begins: int
    ends: int


@strawberry.type(description="A member's hours and absences. Without shifts they are always in.")
class Presence:
    state: PresenceState
    until: datetime | None = strawberry.field(description="When they are back, where that is known.")
    reason: str
    time_zone: str | None = strawberry.field(description="The zone of their hours; null: the company's.")
    capacity: int | None = strawberry.field(description="The most open tickets that rules give them; null: any number.")
    open_tickets: int
    shifts: list[ShiftType]
    absences: list[Absence] = strawberry.field(description="Those that are not over, soonest first.")

    @classmethod
    def of(cls, found: queries.Presence) -> Self:
        return cls(
            state=PresenceState(found.state),
            until=found.until,
            reason=found.reason,
            time_zone=found.time_zone,
            capacity=found.capacity,
            open_tickets=found.load,
            shifts=[ShiftType(weekday=each.weekday, begins=each.begins, ends=each.ends) for each in found.shifts],
            absences=[
                Absence(
                    id=ID(str(each["id"])), from_at=each["from_at"], until_at=each["until_at"], reason=each["reason"]
                )
                for each in found.absences
            ],
        )


def moment_of(given: datetime) -> datetime:
    """A moment as it was given; without a zone it is in UTC."""
    return given if given.tzinfo is not None else given.replace(tzinfo=UTC)
