"""A try to prove, from the moment in which it is taken to what is told of it: the same for every method.

A try is committed under the client's lock before its secret is looked at. The fifth wrong one of a day locks the method,
which is told once: in the history, and by mail to a contact of the client, with a link that lifts the lock.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.accounts.links import create_link
from backend.actor import Actor
from backend.clock import real_now
from backend.database import transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.verification.events import ProofLocked, ProofRefused
from backend.verification.levels import Tried
from backend.verification.tries import MOST_TRIES, Tries, counted_tries, insert_try, lock_client

_COMPARING: Final = timedelta(minutes=1)


async def take_try(
    actor: Actor, client_id: UUID, method: Tried, *, ticket_id: UUID | None, told: UUID
) -> tuple[UUID, int]:
    """Commit a try under the client's lock. Returns its id and how many count with it.

    `told` is the contact to whom a lock is mailed.

    Raises:
        Refusal: `proof_locked`, those of the day are used up.
    """
    async with transaction():
        if not await lock_client(client_id):
            raise Refusal("not_found")
        at = real_now()
        before = (await counted_tries(client_id, at)).get(method)
        locked = before is not None and before.locked
        if not locked:
            return await insert_try(actor, client_id, method, at), (before.count if before else 0) + 1
        if before is not None and await _lock_went_unsaid(client_id, before, at):
            await _record_lock(actor, client_id, before, ticket_id, told)
    raise Refusal("proof_locked", "proof")


async def record_refusal(
    actor: Actor, client_id: UUID, method: Tried, *, ticket_id: UUID | None, told: UUID, ordinal: int
) -> None:
    """Tell of a try that did not pass, and of the lock that it may have brought; under the client's lock."""
    tries = (await counted_tries(client_id, real_now())).get(method)
    await record(
        actor,
        ProofRefused(ticket_id=ticket_id, client_id=client_id, method=method, tries=tries.count if tries else 0),
    )
    # Of the tries that end side by side the last one that was taken tells of the lock, so that it is told once.
    if tries is not None and tries.locked and ordinal == MOST_TRIES:
        await _record_lock(actor, client_id, tries, ticket_id, told)


async def _record_lock(actor: Actor, client_id: UUID, tries: Tries, ticket_id: UUID | None, told: UUID) -> None:
    link_id = await create_link(actor, "lift_lock", told, client_id=client_id, ticket_id=ticket_id, method=tries.method)
    await record(
        actor,
        ProofLocked(
            ticket_id=ticket_id, client_id=client_id, account_id=told, method=tries.method, link_id=link_id,
            locked_until=tries.locked_until,
        ),
    )  # fmt: skip


async def _lock_went_unsaid(client_id: UUID, tries: Tries, at: datetime) -> bool:
    """Whether the process that took the last try died before it told of the lock."""
    if at - tries.last_at < _COMPARING:
        return False
    return not await value(
        "select exists (select from one_time_links where client_id = $1 and method = $2 and purpose = 'lift_lock' "
        "and created_at >= $3)",
        client_id,
        tries.method,
        tries.last_at,
    )
