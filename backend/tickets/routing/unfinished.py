"""What lies undone with people who are away, and what was taken over from people who are back (FIELD.md A3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import Row, rows
from backend.tickets.queries import tickets_of_ids
from backend.tickets.routing.take_over import AWAY, UNFINISHED

MOST_SHOWN: Final = 100
_COLUMNS: Final = {"away": "assignee_id", "back": "taken_over_from"}


@dataclass(frozen=True, slots=True)
class Work:
    """Somebody's tickets: how many, and the first of them in fair order."""

    account_id: UUID
    count: int
    tickets: Sequence[Row]


async def unfinished_work(actor: Actor, whose: Literal["away", "back"]) -> list[Work]:
    """Unfinished tickets by the colleague who is `away`, or from whom they were taken over and who is `back`.

    The first 100 tickets are shown, everybody's in fair order; the counts are whole.

    Raises:
        Refusal: not on the staff.
    """
    require_staff(actor)
    column = _COLUMNS[whose]
    found = await rows(
        f"""
        with people as (
            select a.id from accounts a
             where a.kind = 'member' and {"" if whose == "away" else "not"} {AWAY.format(of="a", at="$1")}
        )
        select p.id as account_id, w.count, w.ids
          from people p cross join lateral (
              select count(*) as count, (array_agg(t.id order by t.queue_rank, t.queue_since, t.id))[1:{MOST_SHOWN}] as ids
                from tickets t where t.{column} = p.id and {UNFINISHED}) w
         where w.count > 0
        """,  # noqa: S608 (ours)
        now(),
    )
    shown: list[UUID] = []
    for each in found:
        shown += each["ids"][: MOST_SHOWN - len(shown)]
    tickets = await tickets_of_ids(actor, shown)
    return [
        Work(each["account_id"], each["count"], [tickets[id_] for id_ in each["ids"] if id_ in tickets])
        for each in found
    ]


async def count_unfinished(actor: Actor) -> int:
    """How many unfinished tickets lie with people who are away.

    Raises:
        Refusal: not on the staff.
    """
    require_staff(actor)
    found = await rows(
        f"select count(*) as count from accounts a join tickets t on t.tenant_id = a.tenant_id and t.assignee_id = a.id "  # noqa: S608 (ours)
        f"where a.kind = 'member' and {AWAY.format(of='a', at='$1')} and {UNFINISHED}",
        now(),
    )
    count: int = found[0]["count"]
    return count
