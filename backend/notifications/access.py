"""Mails about an account itself. Each leads to a link that works once."""

from uuid import UUID

from backend.events import StoredEvent
from backend.mailboxes.queue import queue_mail
from backend.notifications.readers import account


async def invitation(event: StoredEvent) -> None:
    """Someone was asked to join the staff and chooses a password."""
    await _send_link(event, "invitation")


async def proof_lock_mail(event: StoredEvent) -> None:
    """Too many tries to prove an account: the person who made them can lift the lock."""
    await _send_link(event, "proof_lock")


async def _send_link(event: StoredEvent, template: str) -> None:
    reader = await account(UUID(event.data["account_id"]))
    if reader is None:
        return
    await queue_mail(
        event,
        template=template,
        recipient=reader.email,
        account_id=reader.account_id,
        language=reader.language,
        link_id=UUID(event.data["link_id"]),
    )
