"""What a ticket does by itself when its time has come (FIELD.md B6, B7)."""

from uuid import UUID

from backend.actor import system
from backend.clock import now
from backend.database import row, rows, transaction, value
from backend.events import record
from backend.tickets.change import lock_ticket_by_id, write_changes
from backend.tickets.events import ReminderSent, StatusChanged
from backend.tickets.lifecycle.decide import TimerDue, decide
from backend.tickets.sealing import destroy_secrets


async def fire_timers(tenant_id: UUID, ticket_id: UUID) -> int:
    """Do what is due on a ticket, in order, under its lock. Returns how many timers fired.

    Whoever comes second finds nothing due, so that each timer acts exactly once, however often it is woken. When the
    clock jumped, several steps are due at once: each acts, the earliest first, until the status changes, which
    cancels the rest.
    """
    language = await value("select language from tenants")
    actor = system(tenant_id, language, "a timer is due")
    fired = 0
    async with transaction():
        ticket = await lock_ticket_by_id(actor, ticket_id)
        while True:
            at = now()
            timer = await row(
                "select id, step, secret_id from timers where ticket_id = $1 and done_at is null and cancelled_at is null and due_at <= $2 "
                "order by due_at, step limit 1",
                ticket_id,
                at,
            )
            if timer is None:
                return fired
            await rows("update timers set done_at = $3 where tenant_id = $1 and id = $2", tenant_id, timer["id"], at)
            fired += 1
            if timer["secret_id"] is not None:
                await destroy_secrets(
                    actor, ticket_id=ticket.id, number=ticket.number, because="expired", at=at, only=timer["secret_id"]
                )
                continue
            changes = decide(ticket.state, TimerDue(timer["step"]), ticket.policy, at)
            before = ticket.status
            if changes.reminder is not None:
                await record(actor, ReminderSent(ticket_id=ticket.id, number=ticket.number, template=changes.reminder))
            if changes.timers is not None:
                ticket = await write_changes(actor, ticket, changes, at)
            if ticket.status != before:
                await record(
                    actor,
                    StatusChanged(
                        ticket_id=ticket.id, number=ticket.number, old_status=before, status=ticket.status,
                        meaning=ticket.meaning, by_timer=True, tag=changes.tag, tell_client=True,
                    ),
                )  # fmt: skip
