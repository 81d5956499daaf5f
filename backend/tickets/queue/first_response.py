"""How long people wait for a first answer: one row for each ticket, written with the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.actor import Actor
from backend.database import rows
from backend.tickets.change import LockedTicket

RECENT: Final = timedelta(days=30)
ENOUGH: Final = 20
"""Fewer answers than these say nothing of the next one, and nothing is said."""
MOST: Final = 500
"""The latest answers are looked at: a busy department is known by its last days."""


@dataclass(frozen=True, slots=True)
class Usual:
    """How long the first answer takes, in opening hours: in half of all cases at most `usual`, in four of five `most`."""

    usual: timedelta
    most: timedelta


async def note_first_response(actor: Actor, ticket: LockedTicket, at: datetime) -> None:
    """Keep how long the client waited, in the transaction of a person's first answer; later ones are not counted."""
    if ticket.first_responded_at is not None or ticket.waiting_since is None:
        return
    await rows(
        "insert into first_responses (tenant_id, id, department_id, urgency, answered_at, seconds) "
        "values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        actor.tenant_id,
        ticket.id,
        ticket.department_id,
        ticket.urgency,
        at,
        int(ticket.calendar.time_between(ticket.waiting_since, at).total_seconds()),
    )


async def usual_answers(departments: Sequence[UUID], at: datetime) -> dict[tuple[UUID, int | None], Usual]:
    """How long the first answer takes by department and urgency, and (urgency None) by department.

    There is nothing for those that had fewer than ENOUGH answers in RECENT. One statement, whose cost is bounded.
    """
    found = await rows(
        f"""select r.department_id, r.urgency, percentile_disc(array[0.5, 0.8]) within group (order by r.seconds) as seconds
              from unnest($1::uuid[]) d (id)
             cross join lateral (select department_id, urgency, seconds from first_responses
                                  where department_id = d.id and answered_at > $2
                                  order by answered_at desc limit {MOST:d}) r
             group by grouping sets ((r.department_id, r.urgency), (r.department_id)) having count(*) >= {ENOUGH:d}""",  # noqa: S608 (ours)
        list(departments),
        at - RECENT,
    )
    return {
        (each["department_id"], each["urgency"]): Usual(*(timedelta(seconds=part) for part in each["seconds"]))
        for each in found
    }
