"""Routes, projects, and how a ticket came to whom it is with."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Self

import strawberry
from strawberry import ID

from backend.actor import Actor
from backend.database import Row
from backend.graphql.types.common import Node
from backend.graphql.types.company import Member, Person
from backend.graphql.types.enums import CATEGORIES, AuthorSide, Category
from backend.tickets.routing.queries import Assignment
from backend.tickets.routing.words import routing_sentence

if TYPE_CHECKING:
    from backend.graphql.types.tickets import Ticket


@strawberry.enum(description="When rules choose who works on a ticket.")
class RouteMoment(Enum):
    OPENED = "opened"
    REPLIED = "replied"
    REPLIED_AWAY = "replied_away"
    TRANSFERRED = "transferred"
    CHANGED = "changed"


@strawberry.enum(description="A rule: whom to look for.")
class RouteStep(Enum):
    NEXT_AVAILABLE = "next_available"
    ANSWERED_FIRST = "answered_first"
    PROJECT_LEAD = "project_lead"
    USUAL_AGENT = "usual_agent"


@strawberry.enum(description="A project runs, rests, or is done.")
class ProjectState(Enum):
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    DONE = "done"


@strawberry.type(
    description="For which tickets, and when, whom to look for; the first that fits a ticket applies. "
    "Null fits all departments, or all categories."
)
class Route(Node):
    department_id: ID | None
    category: Category | None
    moments: list[RouteMoment]
    steps: list[RouteStep]
    off_shift: bool = strawberry.field(description="Who is named by a rule gets it outside their hours too.")

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(
            id=ID(str(row["id"])),
            department_id=ID(str(row["department_id"])) if row["department_id"] else None,
            category=CATEGORIES[row["category"]] if row["category"] else None,
            moments=[RouteMoment(each) for each in row["moments"]],
            steps=[RouteStep(each) for each in row["steps"]],
            off_shift=row["off_shift"],
        )


@strawberry.type(description="Work for a client under a name, with someone of the staff who leads it.")
class Project(Node):
    name: str
    state: ProjectState
    client_id: ID
    client_number: int
    client_name: str
    lead: Person | None

    @classmethod
    def of(cls, row: Row, actor: Actor) -> Self:
        lead = None
        if row["lead_id"] is not None:
            email = row["lead_email"] if actor.is_staff else None
            lead = Person(id=ID(str(row["lead_id"])), name=row["lead_name"], email=email, side=AuthorSide.STAFF)
        return cls(
            id=ID(str(row["id"])),
            name=row["name"],
            state=ProjectState(row["state"]),
            client_id=ID(str(row["client_id"])),
            client_number=row["client_number"],
            client_name=row["client_name"],
            lead=lead,
        )


@strawberry.type(name="Assignment", description="How a ticket came to whom it is with.")
class AssignmentType:
    sentence: str = strawberry.field(description="In the reader's language: assigned to whom, because of what.")
    by_rule: bool
    assignee_away: bool
    taken_over_from: Person | None = strawberry.field(description="Whose it was, and gets it back when they return.")

    @classmethod
    def of(cls, found: Assignment, language: str) -> Self:
        names = {str(found.assignee_id): found.assignee_name}
        type_, data = found.event or ("TicketAssigned", {"assignee_id": str(found.assignee_id)})
        if found.previous_name and data.get("previous_id"):
            names[data["previous_id"]] = found.previous_name
        owner = None
        if found.owner_id is not None:
            owner = Person(id=ID(str(found.owner_id)), name=found.owner_name or "", email=None, side=AuthorSide.STAFF)
        return cls(
            sentence=routing_sentence(type_, data, language=language, names=names),
            by_rule=data.get("because") is not None,
            assignee_away=found.assignee_away,
            taken_over_from=owner,
        )


@strawberry.type(description="Somebody's unfinished tickets: how many, and the first of them in fair order.")
class ColleagueWork:
    member: Member
    count: int
    tickets: list[Annotated["Ticket", strawberry.lazy("backend.graphql.types.tickets")]]


@strawberry.type(
    description="Work of colleagues who are away; and what was taken over from colleagues who are back, to hand back."
)
class UnfinishedWork:
    away: list[ColleagueWork]
    back: list[ColleagueWork]
