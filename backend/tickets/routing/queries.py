"""Reads of how tickets came to whom they are with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from backend.actor import Actor
from backend.clock import now
from backend.database import rows
from backend.tickets.routing.take_over import AWAY, FINISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """How a ticket came to its assignee: the latest event's data, where there is one.

    `owner` is from whom it was taken over; `owner_away` and `assignee_away` say who is away now.
    """

    event: tuple[str, dict[str, Any]] | None
    assignee_id: UUID
    assignee_name: str
    assignee_away: bool
    owner_id: UUID | None
    owner_name: str | None
    owner_away: bool
    previous_name: str | None


async def assignments_of(ticket_ids: Sequence[UUID]) -> dict[UUID, Assignment]:
    """Those of tickets that are somebody's, in one statement."""
    found = await rows(
        f"""
        select t.id, t.assignee_id, a.name as assignee_name, {AWAY.format(of="a", at="$2")} as assignee_away,
               t.taken_over_from, o.name as owner_name, coalesce({AWAY.format(of="o", at="$2")}, false) as owner_away,
               e.type, e.data::text as data, p.name as previous_name
          from tickets t
          join accounts a on a.tenant_id = t.tenant_id and a.id = t.assignee_id
          left join accounts o on o.tenant_id = t.tenant_id and o.id = t.taken_over_from
          left join lateral (
              select e.type, e.data from events e where e.tenant_id = t.tenant_id and e.ticket_id = t.id
                 and e.type in ('TicketAssigned', 'TicketTakenOver', 'TicketHandedBack')
               order by e.at desc, e.id desc limit 1) e on true
          left join accounts p on p.tenant_id = t.tenant_id and p.id = (e.data ->> 'previous_id')::uuid
         where t.id = any($1)
        """,  # noqa: S608 (ours)
        list(ticket_ids),
        now(),
    )
    return {
        each["id"]: Assignment(
            event=(each["type"], msgspec.json.decode(each["data"])) if each["type"] else None,
            assignee_id=each["assignee_id"], assignee_name=each["assignee_name"], assignee_away=each["assignee_away"],
            owner_id=each["taken_over_from"], owner_name=each["owner_name"], owner_away=each["owner_away"],
            previous_name=each["previous_name"],
        )
        for each in found
    }  # fmt: skip


def can_take_over(actor: Actor, assignment: Assignment | None, meaning: str) -> bool:
    """Whether `take_over` would let the actor; for a ticket that the actor sees as one of the staff."""
    return (
        assignment is not None
        and assignment.assignee_away
        and assignment.assignee_id != actor.account_id
        and meaning not in FINISHED
    )


def can_hand_back(assignment: Assignment | None, meaning: str) -> bool:
    """Whether `hand_back` would let anybody of the staff."""
    return (
        assignment is not None
        and assignment.owner_id is not None
        and not assignment.owner_away
        and meaning not in FINISHED
    )
