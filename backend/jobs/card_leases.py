"""Claims on what Stripe told of, and on accounts whose customers are to be read; see `leases`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from backend.database import system_rows
from backend.jobs.claims import FREE, LEASED
from backend.jobs.leases import FREE_AGAIN, Lease


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits to be worked off."""

    tenant_id: UUID
    id: UUID


# Only constants are put into the statements below.
CLAIM_WEBHOOKS: Final = f"""
with free as materialized (
    select tenant_id, id from webhook_events
     where done_at is null and {FREE}
     order by coalesce(leased_until, '-infinity'), id limit $1 for update skip locked
)
update webhook_events w set {LEASED} from free f
 where w.tenant_id = f.tenant_id and w.id = f.id
returning w.tenant_id, w.id
"""  # noqa: S608

# Leases and daily readings are real time.
CLAIM_SYNCS: Final = f"""
with due as materialized (
    select tenant_id, id from stripe_connections
     where sync_due_at <= statement_timestamp() and {FREE}
     order by sync_due_at limit $1 for update skip locked
)
update stripe_connections s set {LEASED} from due d
 where s.tenant_id = d.tenant_id and s.id = d.id
returning s.tenant_id, s.id
"""  # noqa: S608


async def claim_webhooks(most: int, lease: Lease, *, fairly: bool = False) -> list[Waiting]:
    """Lease what Stripe told of. These are too few for turns: `fairly` changes nothing."""
    return await _claim(CLAIM_WEBHOOKS, most, lease)


async def claim_syncs(most: int, lease: Lease, *, fairly: bool = False) -> list[Waiting]:
    """Lease accounts whose next page of customers is to be read; as `claim_webhooks`."""
    return await _claim(CLAIM_SYNCS, most, lease)


async def give_back_webhooks(claimed: Sequence[Waiting], lease: Lease) -> None:
    """Nobody could be woken for these: they are free again soon, and the try does not count."""
    await _give_back("webhook_events", claimed, lease)


async def give_back_syncs(claimed: Sequence[Waiting], lease: Lease) -> None:
    """As `give_back_webhooks`."""
    await _give_back("stripe_connections", claimed, lease)


async def _claim(statement: str, most: int, lease: Lease) -> list[Waiting]:
    found: list[Any] = await system_rows(statement, most, lease.first, lease.most)
    return [Waiting(**row) for row in found]


async def _give_back(table: str, claimed: Sequence[Waiting], lease: Lease) -> None:
    await system_rows(
        f"""
        update {table} w set {FREE_AGAIN}
          from unnest($2::uuid[], $3::uuid[]) as t (tenant_id, id)
         where w.tenant_id = t.tenant_id and w.id = t.id
        """,  # noqa: S608
        lease.back,
        [one.tenant_id for one in claimed],
        [one.id for one in claimed],
    )
