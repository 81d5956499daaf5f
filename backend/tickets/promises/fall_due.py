"""A promise is in danger, or was not kept: noted on the ticket, in its history, and told."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from backend.actor import Actor
from backend.events import Event
from backend.tenants.targets import PROMISES
from backend.tickets.change import LockedTicket
from backend.tickets.promises.clocks import note, read_clocks
from backend.tickets.promises.events import BreachNear, PromiseMissed
from backend.tickets.promises.keep import columns_of
from backend.tickets.tables import Ticket


async def fall_due(
    actor: Actor, ticket: LockedTicket, number: int, action: str, at: datetime
) -> tuple[LockedTicket, list[Event]]:
    """Do what a timer of a promise is for: `action` is warn or breach, `number` that of the promise.

    Returns the ticket as it is then, and what is to be recorded of it.
    """
    promise = PROMISES[number]
    clocks = read_clocks(ticket.clocks)
    clock = clocks.of(promise)
    if clock is None or clock.due_at is None:
        return ticket, []
    told: dict[str, Any] = {
        "ticket_id": ticket.id, "number": ticket.number, "promise": promise, "due_at": clock.due_at,
    }  # fmt: skip
    events: list[Event] = []
    if action == "breach":
        clocks = note(clocks, promise, missed_at=clock.due_at, warned_at=clock.warned_at or at)
        events.append(PromiseMissed(**told))
    else:
        clocks = note(clocks, promise, warned_at=at)
        if clock.due_at > at:  # Where the clock jumped, it is too late for a warning.
            events.append(BreachNear(**told))
    columns = columns_of(clocks)
    await Ticket.update(columns).where(Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket.id)
    return replace(ticket, clocks=columns["clocks"]), events
