"""End a ticket now instead of waiting until it ends by itself."""

from backend.actor import Actor
from backend.clock import now
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import LockedTicket, lock_ticket, write_changes
from backend.tickets.events import StatusChanged
from backend.tickets.held_back import require_proof_for_status
from backend.tickets.lifecycle.decide import ClosedNow, StatusNotOffered, decide
from backend.tickets.lifecycle.offered import who


async def close_now(actor: Actor, number: int, *, without_proof: str | None = None) -> None:
    """Take the closing status that the ladder ends with, or the policy's first. Whoever is not told by doing it is mailed.

    `without_proof` is why a lead goes on where the status is held back for want of proof.

    Raises:
        Refusal: not there, not the actor's to see, closed already, not theirs to close, or held back.
    """
    async with transaction():
        await close_locked_now(actor, await lock_ticket(actor, number), without_proof=without_proof)


async def close_locked_now(actor: Actor, ticket: LockedTicket, *, without_proof: str | None = None) -> None:
    """As `close_now`, under the lock that the caller holds."""
    at = now()
    try:
        changes = decide(ticket.state, ClosedNow(who(actor)), ticket.policy, at, ticket.calendar)
    except StatusNotOffered:
        raise Refusal("status_not_offered", "number") from None
    if actor.is_staff:
        await require_proof_for_status(actor, ticket, "set_status", changes.status.key, without_proof)
    await write_changes(actor, ticket, changes, at)
    await record(
        actor,
        StatusChanged(
            ticket_id=ticket.id, number=ticket.number, old_status=ticket.status, status=changes.status.key,
            meaning=changes.status.meaning, tell_client=True,
        ),
    )  # fmt: skip
