"""Give tickets for which no rule found anybody to whoever has become available: come back, on shift, or with room again
(FIELD.md B4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.actor import Actor, system
from backend.clock import now
from backend.database import bind, row, rows, system_rows, transaction, value
from backend.tickets.routing.route import route_again

MOST_AT_ONCE: Final = 20
"""Tickets of one department and category in one round."""
AGAIN: Final = timedelta(minutes=1)
_SEEKING: Final = "sought_as is not null and assignee_id is null and meaning in ('new', 'open')"


@dataclass(frozen=True, slots=True)
class Line:
    """Tickets of one department and category stand in one line, for whom the same people are next available."""

    department_id: UUID
    category: str


async def seek() -> int:
    """Seek somebody for the tickets of all companies that wait for one, some at a time. Returns how many were given."""
    waiting: dict[UUID, list[Line]] = {}
    for each in await system_rows(
        f"select distinct tenant_id, department_id, category from tickets where {_SEEKING} order by tenant_id"  # noqa: S608
    ):
        waiting.setdefault(each["tenant_id"], []).append(Line(each["department_id"], each["category"]))
    given = 0
    for tenant_id, lines in waiting.items():
        with bind(tenant_id):
            actor = system(tenant_id, await value("select language from tenants"), "somebody has become available")
            for line in lines:
                given += await _seek_in(actor, line)
    return given


async def _seek_in(actor: Actor, line: Line) -> int:
    """In fair order. A rule that asks for somebody of the ticket's own is asked for each, once a minute; where all that
    it asks for is the next available, the first for whom there is none says it for the line."""
    given, at = 0, now()
    for each in await rows(
        f"""select id from tickets where {_SEEKING} and department_id = $1 and category = $2
               and coalesce(sought_at, '-infinity') <= $3 order by queue_rank, queue_since, id limit {MOST_AT_ONCE}""",  # noqa: S608
        line.department_id,
        line.category,
        at - AGAIN,
    ):
        found = await _seek_for(actor, each["id"], at)
        if found == "nobody":
            break
        given += found == "given"
    return given


async def _seek_for(actor: Actor, ticket_id: UUID, at: datetime) -> str:
    async with transaction():
        # Nobody may have taken it meanwhile; two who seek wait for each other, so that the first in line stays the first.
        ticket = await row(
            f"select number, sought_as from tickets where id = $1 and {_SEEKING} for no key update",  # noqa: S608
            ticket_id,
        )
        if ticket is None:
            return "gone"
        turn = await route_again(actor, ticket_id, ticket["number"], ticket["sought_as"])
        if turn is None:
            return "given"
        if turn.steps == ["next_available"]:
            return "nobody"
        await rows("update tickets set sought_at = $3 where tenant_id = $1 and id = $2", actor.tenant_id, ticket_id, at)
        return "later"
