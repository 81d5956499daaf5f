"""Prove, about a ticket that exists, that the account is the client's: its level is raised in place."""

from uuid import UUID

from backend.actor import Actor
from backend.database import rows, value
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import lock_ticket
from backend.tickets.events import LevelRaised
from backend.verification.attestations import Attestation, insert_session_attestation
from backend.verification.checks import Proof
from backend.verification.levels import LEVEL_OF, StepUp, reaches
from backend.verification.prove import prove


async def prove_ticket(actor: Actor, number: int, proof: Proof) -> None:
    """Raise the level of a ticket of the actor's client by what is typed now; it holds in the session too.

    Raises:
        Refusal: the ticket is not there or not of the actor's client, or the proof is refused or locked.
    """
    ticket_id: UUID | None = await value(
        "select id from tickets where number = $1 and client_id = $2", number, actor.client_id
    )
    if ticket_id is None:
        raise Refusal("not_found", "number")

    async def keep(session_id: UUID, method: StepUp) -> Attestation:
        ticket = await lock_ticket(actor, number)
        if reaches(ticket.level, LEVEL_OF[method]):
            return (await insert_session_attestation(actor, session_id, method))[0]
        made, copy = await insert_session_attestation(actor, session_id, method, copy_to=ticket.id)
        assert copy is not None
        await rows(
            "update tickets set level = $3, attestation_id = $4 where tenant_id = $1 and id = $2",
            actor.tenant_id,
            ticket.id,
            copy.level,
            copy.id,
        )
        await record(actor, LevelRaised(ticket_id=ticket.id, number=number, level=copy.level, method=copy.method))
        return made

    await prove(actor, proof, ticket_id=ticket_id, keep=keep)
