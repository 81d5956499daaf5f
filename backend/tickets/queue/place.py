"""The place of a ticket in its department's queue, and when it will probably be answered: what its client is told.

The place is counted in the very order in which the agents see the queue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.actor import Actor
from backend.business_time import Calendar
from backend.clock import now
from backend.database import rows
from backend.tenants.calendars import TERMS, Terms, calendar_of_version
from backend.tickets.queue.first_response import Usual, usual_answers

MOST_AHEAD: Final = 500
"""So many are counted, so that the cost has a bound; who stands behind them is told that there are more."""
_PLACES: Final = """
    select t.id, t.department_id, d.name as department, t.urgency, t.waiting_since, {terms},
           (select count(*) from (
               select from tickets o
                where o.department_id = t.department_id and o.meaning in ('new', 'open') and o.queue_rank < 100
                  and (o.queue_rank, o.queue_since, o.id) < (t.queue_rank, t.queue_since, t.id)
                limit {most:d}) before) as ahead
      from tickets t join departments d on d.tenant_id = t.tenant_id and d.id = t.department_id
     where t.id = any($1) and t.meaning in ('new', 'open') and t.waiting_since is not null
"""
_STEP: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """So many stand before the ticket in its department; `is_more` where even more do.

    `expected_at` is when half of those who waited as long had their answer, `latest_at` four of five; they are None
    where too little is known. `opens_at` is None while the department is open.
    """

    department: str
    ahead: int
    is_more: bool
    usual: Usual | None
    expected_at: datetime | None
    latest_at: datetime | None
    opens_at: datetime | None


async def places(actor: Actor, ticket_ids: Sequence[UUID]) -> dict[UUID, Place]:
    """The places of those of these tickets whose clients wait for an answer. Whether the actor may see them is checked
    by the caller. Two statements for a page, beside the hours of a department when they are first read."""
    at = now()
    found = await rows(
        _PLACES.format(terms=TERMS.format(department="t.department_id"), most=MOST_AHEAD), list(ticket_ids)
    )
    if not found:
        return {}
    known = await usual_answers(list({each["department_id"] for each in found}), at)
    made = {}
    for each in found:
        terms = Terms(**{name: each[name] for name in Terms.__dataclass_fields__})
        calendar = await calendar_of_version(actor.tenant_id, terms)
        usual = known.get((each["department_id"], each["urgency"])) or known.get((each["department_id"], None))
        made[each["id"]] = place(
            calendar, usual, at, department=each["department"], ahead=each["ahead"], waiting_since=each["waiting_since"]
        )
    return made


def place(
    calendar: Calendar, usual: Usual | None, at: datetime, *, department: str, ahead: int, waiting_since: datetime
) -> Place:
    """What is told of a place at that moment: the usual wait is counted in the department's hours, from the first
    message that was not answered."""
    opening = calendar.next_opening(at)
    return Place(
        department=department,
        ahead=ahead,
        is_more=ahead >= MOST_AHEAD,
        usual=usual,
        expected_at=_rounded(calendar.add_time(waiting_since, usual.usual)) if usual else None,
        latest_at=_rounded(calendar.add_time(waiting_since, usual.most)) if usual else None,
        opens_at=opening if opening > at else None,
    )


def _rounded(at: datetime) -> datetime:
    """The next five minutes: nobody can know it better."""
    past = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return at + (_STEP - past) if past else at
