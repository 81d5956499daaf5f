"""How many tickets are in the views of the queue: sums of what the database counts along, never of the tickets."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from backend.actor import Actor, require_staff
from backend.database import Row, rows

_COUNTS: Final = """
    select department_id, view, sum(tickets) as count, coalesce(sum(tickets) filter (where assignee_id = $1), 0) as mine,
           coalesce(sum(tickets) filter (where assignee_id is null), 0) as unassigned
      from queue_counts where {where} group by department_id, view having sum(tickets) <> 0
"""
# Few are in danger at a time, and an index holds those alone.
_NEAR: Final = """
    select department_id, 'breach_near', count(*), count(*) filter (where assignee_id = $1),
           count(*) filter (where assignee_id is null)
      from tickets where breach_at is not null and {where} group by department_id
"""


async def view_counts(actor: Actor) -> Sequence[Row]:
    """How many tickets are in each department and view, and how many of those are the actor's or nobody's.

    Raises:
        Refusal: not on the staff.
    """
    require_staff(actor)
    return await rows(f"{_COUNTS.format(where='true')} union all {_NEAR.format(where='true')}", actor.account_id)


async def department_counts(actor: Actor, department_ids: Sequence[UUID]) -> Sequence[Row]:
    """As `view_counts`, of some departments."""
    require_staff(actor)
    where = "department_id = any($2)"
    return await rows(
        f"{_COUNTS.format(where=where)} union all {_NEAR.format(where=where)}", actor.account_id, list(department_ids)
    )


async def waiting_counts() -> dict[UUID, int]:
    """How many tickets wait in each department: as many as its queue shows."""
    found = await rows(
        "select department_id, sum(tickets) as waiting from queue_counts where view = 'waiting' group by department_id"
    )
    return {each["department_id"]: each["waiting"] for each in found}
