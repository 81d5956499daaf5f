"""Reads of secrets: what everybody who sees the ticket may know of them, never what is sealed."""

from collections.abc import Sequence
from uuid import UUID

from backend.actor import Actor
from backend.database import Row, row, rows, value


async def secrets_of_tickets(ticket_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """The secrets of tickets that the caller may see, in order; `is_here` is false where the key is gone (a restore)."""
    found = await rows(
        """
        select s.id, s.ticket_id, s.message_id, s.question_id, s.label, s.source, s.state, s.side,
               s.asked_by, s.asked_at, a.name as asked_by_name, s.sent_by, s.sent_at, b.name as sent_by_name,
               b.kind as sent_by_kind, s.viewed_by, s.viewed_at, v.name as viewed_by_name, s.views,
               s.destroyed_at, s.destroyed_because, k.id is not null as is_here,
               (select min(x.due_at) from timers x where x.tenant_id = s.tenant_id and x.ticket_id = s.ticket_id
                   and x.secret_id = s.id and x.done_at is null and x.cancelled_at is null) as expires_at
          from secrets s
          left join secret_keys k on k.tenant_id = s.tenant_id and k.id = s.id
          left join accounts a on a.tenant_id = s.tenant_id and a.id = s.asked_by
          left join accounts b on b.tenant_id = s.tenant_id and b.id = s.sent_by
          left join accounts v on v.tenant_id = s.tenant_id and v.id = s.viewed_by
         where s.ticket_id = any($1) order by s.id
        """,
        list(ticket_ids),
    )
    by_ticket: dict[UUID, list[Row]] = {each: [] for each in ticket_ids}
    for secret in found:
        by_ticket[secret["ticket_id"]].append(secret)
    return by_ticket


async def get_secret(secret_id: UUID) -> Row | None:
    """A secret of the bound tenant: what it is, not what it says."""
    return await row("select id, ticket_id, label, state, side, source, sent_by from secrets where id = $1", secret_id)


async def departments_of(actor: Actor) -> frozenset[UUID]:
    """The departments in which the actor works."""
    found = await rows("select department_id from department_members where account_id = $1", actor.account_id)
    return frozenset(each["department_id"] for each in found)


async def works_on(actor: Actor, department_id: UUID) -> bool:
    """Whether the actor is one of the staff of a ticket's department, or leads.

    To have been given the ticket is not enough, since anybody on the staff may take one. The system and programs are nobody: what is sealed is for people.
    """
    if actor.kind != "member" or actor.account_id is None or not actor.is_staff:
        return False
    if actor.role in ("lead", "admin", "owner"):
        return True
    return (
        await value(
            "select exists (select from department_members where account_id = $1 and department_id = $2)",
            actor.account_id,
            department_id,
        )
        is True
    )


async def secret_days() -> int:
    """After how many days the bound tenant's secrets are destroyed, whatever their tickets do."""
    days: int = await value("select secret_days from tenants")
    return days
