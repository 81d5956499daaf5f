"""Keep what was learnt, and read it: each process reads a company's version once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from backend.clock import real_now
from backend.database import rows, system_rows, value
from backend.intake.suggestions.model import NOTHING, Learnt

FRESH: Final = timedelta(days=1)
_known: dict[UUID, tuple[datetime, Learnt]] = {}


async def keep_learnt(tenant_id: UUID, learnt: Learnt, tickets: int) -> None:
    """Keep what so many tickets of the bound tenant taught, instead of what was known before."""
    await rows(
        """insert into suggestion_models (tenant_id, id, trained_at, tickets, learnt) values ($1, 'tickets', $2, $3, $4::jsonb)
           on conflict (tenant_id, id) do update
              set trained_at = excluded.trained_at, tickets = excluded.tickets, learnt = excluded.learnt""",
        tenant_id,
        real_now(),
        tickets,
        msgspec.json.encode(learnt).decode(),
    )


async def get_learnt(tenant_id: UUID) -> Learnt:
    """What the bound tenant's tickets have taught so far."""
    trained_at = await value("select trained_at from suggestion_models")
    if trained_at is None:
        return NOTHING
    known = _known.get(tenant_id)
    if known is None or known[0] != trained_at:
        stored = await value("select learnt::text from suggestion_models")
        if len(_known) >= 512:
            _known.clear()
        known = _known[tenant_id] = (trained_at, msgspec.json.decode(stored, type=Learnt))
    return known[1]


async def due_to_learn(most: int) -> Sequence[UUID]:
    """Companies whose tickets were not learnt from for a day, the longest ago first."""
    found = await system_rows(
        """select t.id from tenants t left join suggestion_models m on m.tenant_id = t.id
            where m.trained_at is null or m.trained_at < $1 order by m.trained_at nulls first limit $2""",
        real_now() - FRESH,
        most,
    )
    return [each["id"] for each in found]
