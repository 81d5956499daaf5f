"""What the staff hears by mail: everyone in the department, so that whoever is there can take it up (FIELD.md A3)."""

from typing import Final
from uuid import UUID

from backend.events import StoredEvent
from backend.mailboxes.queue import queue_mail
from backend.notifications.readers import members_of

_TEMPLATES: Final = {"TicketOpened": "staff_opened", "ClientReplied": "staff_replied"}


async def staff_notice(event: StoredEvent) -> None:
    """A ticket or message came in: to the department's members, never to the one who wrote it."""
    for member in await members_of(UUID(event.data["department_id"]), but_not=event.actor_id):
        await queue_mail(
            event,
            template=_TEMPLATES[event.type],
            recipient=member.email,
            account_id=member.account_id,
            language=member.language,
            ticket_id=event.ticket_id,
            ticket_message_id=UUID(event.data["message_id"]),
        )
