"""Reads of proofs and locks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.actor import Actor
from backend.clock import real_now
from backend.database import rows
from backend.verification.attestations import Attestation
from backend.verification.levels import Tried
from backend.verification.tries import counted_tries


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLock:
    """A method that takes no more tries from a client for now."""

    method: Tried
    tries: int
    locked_until: datetime


async def list_locks(actor: Actor, client_id: UUID) -> list[ProofLock]:
    """The locks of a client, for staff and the client's own contacts; others see none."""
    if not actor.is_staff and (actor.kind != "contact" or actor.client_id != client_id):
        return []
    return [
        ProofLock(method=tries.method, tries=tries.count, locked_until=tries.locked_until)
        for tries in (await counted_tries(client_id, real_now())).values()
        if tries.locked
    ]


async def get_attestations(ids: Sequence[UUID]) -> dict[UUID, Attestation]:
    """Attestations of the bound tenant by id, in one statement; the caller has found what they are on to be visible."""
    found = await rows(
        """select p.id, q.account_id, p.client_id, p.method, p.level, p.at, coalesce(q.address, '') as address, p.scope,
                  p.ticket_id, p.message_id, p.expires_at, p.recorded_by, coalesce(a.name, '') as by
             from attestations p
             left join attestation_persons q on q.tenant_id = p.tenant_id and q.id = p.id
             left join accounts a on a.tenant_id = q.tenant_id and a.id = q.account_id
            where p.id = any($1::uuid[])""",
        list(ids),
    )
    return {each["id"]: Attestation(**dict(each)) for each in found}
