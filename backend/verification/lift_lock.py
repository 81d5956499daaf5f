"""Lift a lock on proofs by the mailed link."""

from backend.accounts.links import use_link
from backend.actor import Actor
from backend.clock import real_now
from backend.database import transaction
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
