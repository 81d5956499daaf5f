"""Hours or targets changed: what is promised to open tickets follows, a batch at a time."""

from typing import Final
from uuid import UUID

from backend.actor import system
from backend.clock import now
from backend.database import rows
from backend.events import StoredEvent, record
from backend.tenants.queries import get_language
from backend.tickets.change import lock_ticket_by_id, write_place
from backend.tickets.promises.events import PromisesMoved

BATCH: Final = 200


async def move_promises(event: StoredEvent, *, batch: int = BATCH) -> None:
    """Set the clocks of the next open tickets by the hours and targets that hold now. Safe to repeat."""
    department = event.data["department_id"]
    department_id = UUID(department) if department else None
    actor = system(event.tenant_id, await get_language(), "hours or promises changed")
    after = event.data.get("after")
    found = await rows(
        "select id from tickets where meaning <> 'closed' and ($1::uuid is null or department_id = $1) "
        "and ($2::uuid is null or id > $2) order by id limit $3",
        department_id,
        UUID(after) if after else None,
        batch,
    )
    for each in found:
        await write_place(actor, await lock_ticket_by_id(actor, each["id"]), now())
    if len(found) == batch:
        await record(actor, PromisesMoved(department_id=department_id, after=found[-1]["id"]))
