"""Keep the clocks of a ticket's promises with what happens to it: computed under its lock, stored on it, woken by timers."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from backend.actor import Actor
from backend.database import rows
from backend.ids import new_id
from backend.tenants.calendars import Terms, calendar_of_version
from backend.tenants.targets import targets_of_version
from backend.tickets.promises.clocks import NONE, Clocks, Standing, read_clocks, run_clocks, timers_of
from backend.tickets.tables import Ticket, Timer


async def clocks_after(
    actor: Actor, stored: str | bytes | None, standing: Standing, terms: Terms, at: datetime
) -> Clocks | None:
    """The clocks as they run from now on; None where nothing changes. `terms` are those that hold now."""
    if stored is None and terms.targets_version is None:
        return None
    before = read_clocks(stored)
    then = Terms(time_zone=before.zone, calendar_version=before.calendar, targets_version=None)
    after = run_clocks(
        before,
        standing,
        await targets_of_version(actor.tenant_id, terms.targets_version),
        at,
        then=await calendar_of_version(actor.tenant_id, then),
        now=await calendar_of_version(actor.tenant_id, terms),
        calendar=terms.calendar_version,
        zone=terms.time_zone,
    )
    return None if after == before else after


async def begin_promises(actor: Actor, ticket_id: UUID, standing: Standing, terms: Terms, at: datetime) -> None:
    """Start the clocks of a ticket that was just written; inside the caller's transaction. `terms` are its department's."""
    clocks = await clocks_after(actor, None, standing, terms, at)
    if clocks is None:
        return
    await Ticket.update(columns_of(clocks)).where(Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket_id)
    await set_promise_timers(actor, ticket_id, clocks, at)


def columns_of(clocks: Clocks) -> dict[Any, Any]:
    """The ticket's columns that hold these clocks."""
    stored = None if clocks == NONE else msgspec.json.encode(clocks).decode()
    return {"clocks": stored, "breach_at": clocks.breach_at}


async def set_promise_timers(actor: Actor, ticket_id: UUID, clocks: Clocks, at: datetime) -> None:
    """Cancel what is pending about the promises to a ticket and start what they need now."""
    await rows(
        "update timers set cancelled_at = $3 where tenant_id = $1 and ticket_id = $2 and done_at is null "
        "and cancelled_at is null and action in ('warn', 'breach')",
        actor.tenant_id,
        ticket_id,
        at,
    )
    if wanted := timers_of(clocks):
        await Timer.insert(
            *(
                Timer(
                    tenant_id=actor.tenant_id, id=new_id(), ticket_id=ticket_id, step=number, action=action,
                    due_at=due_at, attempts=0,
                )
                for number, action, due_at in wanted
            )
        )  # fmt: skip
