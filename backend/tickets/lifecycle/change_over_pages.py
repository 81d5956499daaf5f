"""Reads of a change-over: how many tickets change and how, and each of them, for the admin who decides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from backend.actor import Actor, require_admin
from backend.database import Row, row, rows
from backend.errors import Refusal

MOST_ON_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOverState:
    """How a change-over stands. `closing` counts the tickets that end by themselves on another day than before."""

    id: UUID
    policy_id: UUID
    version: int
    planned_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    by: str
    tickets: int
    done: int
    changed: int
    closing: int
    closing_from: datetime | None
    closing_to: datetime | None
    no_longer: int
    newly: int
    restatused: int


async def get_change_over(actor: Actor, change_over_id: UUID | None = None) -> ChangeOverState | None:
    """A change-over, or the latest that there is.

    Raises:
        Refusal: not an admin, or none of that id is here.
    """
    require_admin(actor)
    found = await row(
        """
        select c.id, c.policy_id, p.version, c.planned_at, c.began_at, c.ended_at, a.name as by, n.*
          from change_overs c
          join lifecycle_policies p on p.tenant_id = c.tenant_id and p.id = c.policy_id
          join accounts a on a.tenant_id = c.tenant_id and a.id = c.by_id
          cross join lateral (
              select count(*) as tickets, count(*) filter (where outcome = 'done') as done,
                     count(*) filter (where outcome = 'changed') as changed,
                     count(*) filter (where closes_at <> to_closes_at) as closing,
                     min(to_closes_at) filter (where closes_at <> to_closes_at) as closing_from,
                     max(to_closes_at) filter (where closes_at <> to_closes_at) as closing_to,
                     count(*) filter (where closes_at is not null and to_closes_at is null) as no_longer,
                     count(*) filter (where closes_at is null and to_closes_at is not null) as newly,
                     count(*) filter (where status <> to_status) as restatused
                from change_over_tickets where change_over_id = c.id) n
         where c.id = $1 or $1::uuid is null
         order by c.planned_at desc, c.id desc limit 1
        """,
        change_over_id,
    )
    if found is None:
        if change_over_id is not None:
            raise Refusal("not_found", "id")
        return None
    return ChangeOverState(**dict(found))


async def change_over_tickets(actor: Actor, change_over_id: UUID, *, first: int, skip: int) -> list[Row]:
    """A page of the tickets of a change-over, in the order of their numbers, and one more where there are more.

    Raises:
        Refusal: not an admin.
    """
    require_admin(actor)
    return await rows(
        """
        select x.number, t.subject, x.status, x.to_status, x.closes_at, x.to_closes_at, x.outcome, t.policy_id
          from change_over_tickets x join tickets t on t.tenant_id = x.tenant_id and t.id = x.ticket_id
         where x.change_over_id = $1 order by x.number limit $2 offset $3
        """,
        change_over_id,
        max(1, min(first, MOST_ON_A_PAGE)) + 1,
        skip,
    )


async def statuses_to_map(actor: Actor) -> list[Row]:
    """The statuses of open tickets on older versions, with how many there are: what a plan must know to follow them.

    Raises:
        Refusal: not an admin.
    """
    require_admin(actor)
    return await rows(
        "select policy_id, status, count(*) as tickets from tickets where meaning = any($1) "
        "and policy_id <> (select policy_id from tenants) group by policy_id, status order by status, policy_id",
        ["new", "open", "waiting_for_client", "on_hold", "solved"],
    )
