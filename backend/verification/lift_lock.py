"""Lift a lock on proofs by the mailed link."""

from uuid import UUID

from backend.accounts.links import use_link
from backend.actor import Actor
from backend.clock import real_now
from backend.database import transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.verification.events import ProofLockLifted
from backend.verification.tables import ProofLift
from backend.verification.tries import MOST_LIFTS, lifts_of_day, lock_client


async def lift_lock(visitor: Actor, token: str) -> None:
    """Start the count of tries anew. Whoever holds the link acts as the contact to whom it was mailed.

    Raises:
        Refusal: the link was used, has expired, or is not for this; or the lifts of a day are used up.
    """
    async with transaction():
        link = await use_link(visitor.tenant_id, token, "lift_lock", real_now())
        if link.client_id is None or link.method is None:
            raise Refusal("link_expired", "token")
        if not await _is_contact(link.account_id, link.client_id):
            raise Refusal("link_expired", "token")
        await lock_client(link.client_id)
        if await lifts_of_day(link.client_id, link.method, real_now()) >= MOST_LIFTS:
            raise Refusal("lifts_spent", "token")
        await ProofLift.insert(
            ProofLift(
                tenant_id=visitor.tenant_id,
                id=new_id(),
                client_id=link.client_id,
                method=link.method,
                at=real_now(),
                account_id=link.account_id,
            )
        )
        holder = Actor(
            tenant_id=visitor.tenant_id, kind="contact", language=visitor.language, account_id=link.account_id,
            client_id=link.client_id, address=visitor.address,
        )  # fmt: skip
        await record(holder, ProofLockLifted(ticket_id=link.ticket_id, client_id=link.client_id, method=link.method))


async def _is_contact(account_id: UUID, client_id: UUID) -> bool:
    """Whether they are a contact of the client still; who has left it lifts nothing."""
    found: bool = await value(
        """select exists (select from contacts c
             join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
            where c.account_id = $1 and c.client_id = $2 and a.disabled_at is null)""",
        account_id,
        client_id,
    )
    return found
