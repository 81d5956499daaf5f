"""Numbers per tenant: short, never given twice; gaps are allowed."""

from backend.actor import Actor
from backend.database import value


async def next_number(actor: Actor, counted: str) -> int:
    """The next number of `ticket` or `client`. Locks the counter until the transaction ends, so take it last."""
    number: int = await value(
        "update counters set last_number = last_number + 1 where tenant_id = $1 and id = $2 returning last_number",
        actor.tenant_id,
        counted,
    )
    return number
