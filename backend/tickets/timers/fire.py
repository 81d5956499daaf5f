"""What tickets do by themselves when their time has come (FIELD.md B6, B7)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from backend.actor import Actor, system
from backend.clock import now
from backend.database import Row, rows, transaction, value
from backend.events import Event, record_all
from backend.log import get_log
from backend.tickets.change import LockedTicket, lock_tickets, write_changes
from backend.tickets.events import ReminderSent, StatusChanged, TicketTagged
from backend.tickets.lifecycle.decide import TimerDue, decide
from backend.tickets.promises.fall_due import fall_due
from backend.tickets.sealing import destroy_secrets
from backend.tickets.waiting.leave import leave_when_due

# The first timer of each ticket that is due; taken here and now, for the ticket is locked.
_TAKE_NEXT: Final = """
with next as (
    select distinct on (ticket_id) id from timers
     where ticket_id = any($2) and done_at is null and cancelled_at is null and due_at <= $3
     order by ticket_id, due_at, step
)
update timers t set done_at = $3 from next
 where t.tenant_id = $1 and t.id = next.id
returning t.ticket_id, t.step, t.action, t.secret_id, t.reply_id
"""

_log = get_log(__name__)


async def fire_timers(tenant_id: UUID, ticket_ids: Sequence[UUID]) -> int:
    """Do what is due on these tickets, on each in order and under its lock. Returns how many timers fired.

    Whoever comes second finds nothing due, so that each timer acts exactly once, however often it is woken. When the
    clock jumped, several steps of a ticket are due at once: each acts, the earliest first, until the status changes,
    which cancels the rest.

    Several tickets are one transaction, which costs a fraction of one for each. It waits for nobody: tickets that are
    locked are left for later. Where anything in it fails, each ticket is tried alone, so that one holds up no other.

    Raises:
        ExceptionGroup: it failed on some of the tickets; the others are done.
    """
    actor = system(tenant_id, await value("select language from tenants"), "a timer is due")
    left = list(ticket_ids)
    fired = 0
    if len(left) > 1:
        try:
            fired, done = await _fire(actor, left, wait=False)
            left = [each for each in left if each not in done]
        except Exception as error:  # noqa: BLE001 - whatever it was is met again below, and raised.
            _log.warning("timers_one_by_one", tickets=len(left), error=type(error).__name__)
    failed: list[Exception] = []
    for each in left:
        try:
            fired += (await _fire(actor, [each], wait=True))[0]
        except Exception as error:  # noqa: BLE001 - raised together, when the others have had their turn.
            failed.append(error)
    if failed:
        raise ExceptionGroup("Timers could not fire.", failed)
    return fired


async def _fire(actor: Actor, ticket_ids: Sequence[UUID], *, wait: bool) -> tuple[int, set[UUID]]:
    """Returns how many timers fired, and on which tickets nothing is due any more."""
    fired = 0
    async with transaction():
        tickets = await lock_tickets(actor, ticket_ids, wait=wait)
        while True:
            at = now()
            taken = await rows(_TAKE_NEXT, actor.tenant_id, list(tickets), at)
            if not taken:
                return fired, set(tickets)
            fired += len(taken)
            happened: list[Event] = []
            for timer in taken:
                ticket = tickets[timer["ticket_id"]]
                tickets[ticket.id], events = await _act(actor, ticket, timer, at)
                happened += events
            await record_all(actor, happened)


async def _act(actor: Actor, ticket: LockedTicket, timer: Row, at: datetime) -> tuple[LockedTicket, list[Event]]:
    """Do what one timer is for. Returns the ticket as it is then, and what is to be recorded of it."""
    if timer["secret_id"] is not None:
        await destroy_secrets(
            actor, ticket_id=ticket.id, number=ticket.number, because="expired", at=at, only=timer["secret_id"]
        )
        return ticket, []
    if timer["reply_id"] is not None:
        await leave_when_due(actor, ticket, timer["reply_id"], at)
        return (await lock_tickets(actor, [ticket.id], wait=True))[ticket.id], []
    if timer["action"] in ("warn", "breach"):
        return await fall_due(actor, ticket, timer["step"], timer["action"], at)
    changes = decide(ticket.state, TimerDue(timer["step"]), ticket.policy, at, ticket.calendar)
    before = ticket.status
    events: list[Event] = []
    if changes.reminder is not None:
        events.append(ReminderSent(ticket_id=ticket.id, number=ticket.number, template=changes.reminder))
    if changes.timers is not None or changes.tag is not None:
        ticket = await write_changes(actor, ticket, changes, at)
    if changes.tag is not None and ticket.status == before:
        events.append(TicketTagged(ticket_id=ticket.id, number=ticket.number, tag=changes.tag))
    if ticket.status != before:
        events.append(
            StatusChanged(
                ticket_id=ticket.id, number=ticket.number, old_status=before, status=ticket.status,
                meaning=ticket.meaning, by_timer=True, tag=changes.tag, tell_client=True,
            )
        )  # fmt: skip
    return ticket, events
