"""Record on a ticket what somebody proved by voice: the digits of the support PIN that they read out."""

from dataclasses import replace

from backend.accounts.secret import Secret
from backend.actor import Actor, require_staff
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import lock_ticket
from backend.tickets.events import PinRecorded
from backend.tickets.queries import get_ticket
from backend.tickets.tables import Ticket
from backend.verification.attestations import Attestation, attest
from backend.verification.levels import reaches
from backend.verification.support_pin import Heard, hear_pin


async def record_pin(actor: Actor, number: int, digits: Secret) -> None:
    """Keep for good on the ticket that a caller read out the right digits, and who on the staff heard them.

    Raises:
        Refusal: not on the staff, not there, of no client; `pin_refused` or `pin_locked`.
    """
    require_staff(actor)
    member_id = actor.account
    found = await get_ticket(actor, number)
    if found is None:
        raise Refusal("not_found", "number")
    client_id = found["client_id"]
    if client_id is None:
        raise Refusal("no_client", "number")

    async def keep(heard: Heard) -> Attestation:
        ticket = await lock_ticket(actor, number)
        if ticket.client_id != client_id:
            raise Refusal("not_found", "number")
        # The network address is the colleague's, and says nothing of who called.
        made = await attest(
            replace(actor, address=""), account_id=heard.account_id, by=heard.name, client_id=client_id, method="pin",
            level=heard.level, ticket_id=ticket.id, recorded_by=member_id,
        )  # fmt: skip
        if not reaches(ticket.level, made.level):
            await Ticket.update({Ticket.level: made.level, Ticket.attestation_id: made.id}).where(
                Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket.id
            )
        await record(
            actor, PinRecorded(ticket_id=ticket.id, number=number, account_id=heard.account_id, level=made.level)
        )
        return made

    await hear_pin(actor, client_id, digits, ticket_id=found["id"], keep=keep)
