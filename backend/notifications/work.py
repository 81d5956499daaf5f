"""Word to both when tickets change hands because somebody is away, and when they go back (FIELD.md A3)."""

from typing import Final
from uuid import UUID

from backend.events import StoredEvent
from backend.mailboxes.outgoing.queue import queue_mail
from backend.notifications.readers import account

_TEMPLATES: Final = {"WorkTakenOver": "work_taken_over", "WorkHandedBack": "work_handed_back"}


async def work_mail(event: StoredEvent) -> None:
    """One mail each, however many tickets it were."""
    for name in ("from_id", "to_id"):
        reader = await account(UUID(event.data[name]))
        if reader is not None:
            await queue_mail(
                event,
                template=_TEMPLATES[event.type],
                recipient=reader.email,
                account_id=reader.account_id,
                language=reader.language,
            )
