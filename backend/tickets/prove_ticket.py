"""Prove, about a ticket that exists, that the account is the client's: its level is raised in place."""

from backend.actor import Actor
from backend.database import transaction
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import lock_ticket
from backend.tickets.events import LevelRaised
from backend.tickets.queries import get_ticket
from backend.tickets.tables import Ticket
from backend.verification.attestations import attest_ticket
from backend.verification.checks import Proof
from backend.verification.levels import reaches
from backend.verification.prove import prove


async def prove_ticket(actor: Actor, number: int, proof: Proof) -> None:
    """Raise the level of a ticket of the actor's client by what is typed now.

    Raises:
        Refusal: the ticket is not there or not of the actor's client, or the proof is refused or locked.
    """
    found = await get_ticket(actor, number)
    if found is None or actor.client_id is None or found["client_id"] != actor.client_id:
        raise Refusal("not_found", "number")
    attestation = await prove(actor, proof, ticket_id=found["id"])
    async with transaction():
        ticket = await lock_ticket(actor, number)
        if reaches(ticket.level, attestation.level):
            return
        copy = await attest_ticket(actor, attestation, ticket_id=ticket.id)
        await Ticket.update({Ticket.level: attestation.level, Ticket.attestation_id: copy.id}).where(
            Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket.id
        )
        await record(
            actor,
            LevelRaised(ticket_id=ticket.id, number=number, level=attestation.level, method=attestation.method),
        )
