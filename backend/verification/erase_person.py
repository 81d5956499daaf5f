"""Erase who gave proofs, as data protection demands: the proofs stay, and name nobody."""

from datetime import timedelta
from uuid import UUID

from backend.actor import Actor
from backend.clock import real_now
from backend.database import system_connection, transaction
from backend.events import record
from backend.verification.events import PersonErased


async def erase_person(actor: Actor, account_id: UUID) -> int:
    """Remove the personal rows of an account's proofs with their salts; returns how many there were.

    The chain still verifies: what it holds of a person is a commitment that nobody can open without the salt. Tries of
    more than a day ago go, too; younger ones still count. The caller is bound to the actor's tenant and opens no
    transaction. First the event, then the rows: an erasure that broke off is said, and done by doing it again.

    Raises:
        RuntimeError: the process has no connection as the system role; the application has no right to this.
    """
    async with system_connection() as connection:
        found = await connection.fetch(
            "select id from attestation_persons where tenant_id = $1 and account_id = $2", actor.tenant_id, account_id
        )
        ids = [each["id"] for each in found]
        async with transaction():
            await record(actor, PersonErased(attestation_ids=ids))
        async with connection.transaction():
            await connection.execute(
                "delete from attestation_persons where tenant_id = $1 and id = any($2::uuid[])", actor.tenant_id, ids
            )
            await connection.execute(
                "delete from proof_attempts where tenant_id = $1 and account_id = $2 and at < $3",
                actor.tenant_id,
                account_id,
                real_now() - timedelta(days=1),
            )
    return len(ids)
