"""The client's side hears by mail that a secret is asked for: its name alone, and where to send it."""

from backend.events import StoredEvent
from backend.mailboxes.outgoing.queue import queue_mail
from backend.notifications.readers import requester_of


async def secret_asked_mail(event: StoredEvent) -> None:
    """Someone of the staff needs a secret (FIELD.md D7)."""
    reader = await requester_of(event.ticket_id)
    if reader is None or reader.account_id == event.actor_id:
        return
    await queue_mail(
        event,
        template="secret_asked",
        recipient=reader.email,
        account_id=reader.account_id,
        language=reader.language,
        ticket_id=event.ticket_id,
    )
