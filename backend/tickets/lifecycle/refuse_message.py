"""A client's mail that its ticket takes no more: they hear why, and the ticket's history tells it."""

from backend.actor import Actor
from backend.database import transaction
from backend.events import record
from backend.tickets.change import lock_ticket
from backend.tickets.lifecycle.events import MessageRefused


async def tell_of_refusal(actor: Actor, number: int, mail_message_id: str | None) -> None:
    """Note the mail that was not taken, and mail its sender an explanation.

    Raises:
        Refusal: the ticket is not there, or not the actor's to see.
    """
    async with transaction():
        ticket = await lock_ticket(actor, number)
        await record(
            actor,
            MessageRefused(
                ticket_id=ticket.id, number=number, account_id=actor.account, mail_message_id=mail_message_id
            ),
        )
