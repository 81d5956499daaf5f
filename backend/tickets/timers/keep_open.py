"""Keep a ticket open that would close by itself: the client is not done yet."""

from backend.actor import Actor
from backend.clock import now
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import LockedTicket, lock_ticket, write_changes
from backend.tickets.lifecycle import decide as lifecycle
from backend.tickets.timers.events import KeptOpen


async def keep_open(actor: Actor, number: int) -> None:
    """Begin the ladder of the ticket's status again; its place in the queue and its status stay.

    Raises:
        Refusal: not there, not the actor's to see, or it does not end by itself.
    """
    async with transaction():
        await keep_locked_open(actor, await lock_ticket(actor, number))


async def keep_locked_open(actor: Actor, ticket: LockedTicket) -> None:
    """As `keep_open`, under the lock that the caller holds."""
    at = now()
    try:
        changes = lifecycle.decide(ticket.state, lifecycle.KeptOpen(), ticket.policy, at, ticket.calendar)
    except lifecycle.StatusNotOffered:
        raise Refusal("nothing_pending", "number") from None
    await write_changes(actor, ticket, changes, at)
    closes_at = max(
        (each.due_at for each in changes.timers or () if each.action == "set_status" and each.due_at), default=None
    )
    await record(actor, KeptOpen(ticket_id=ticket.id, number=ticket.number, closes_at=closes_at))
