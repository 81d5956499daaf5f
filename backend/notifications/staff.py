"""What the staff hears by mail: everyone in the department, so that whoever is there can take it up (FIELD.md A3)."""

from typing import Final
from uuid import UUID

from backend.events import StoredEvent
from backend.mailboxes.outgoing.queue import queue_mail
from backend.notifications.readers import first_asked, mailed_before, members_of, who_can_act

MOST_NOTICES: Final = 30
"""Tickets an hour of which the staff is told by mail where one address opens them by mail."""

_TEMPLATES: Final = {"TicketOpened": "staff_opened", "ClientReplied": "staff_replied"}


async def staff_notice(event: StoredEvent) -> None:
    """A ticket or message came in: to the department's members, never to the one who wrote it.

    A member's address may be another desk's mailbox, or a machine that answers. So nobody is told of a mail which says
    that nobody wrote it, and of those that do not say so only so often; on the desk all of them are seen.
    """
    if event.type == "TicketOpened" and await _could_go_round(event):
        return
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


async def breach_warning(event: StoredEvent) -> None:
    """A promise will be missed soon: to whoever has the ticket, else to those of its department (FIELD.md D3)."""
    for member in await who_can_act(event.ticket_id):
        await queue_mail(
            event,
            template="staff_breach_near",
            recipient=member.email,
            account_id=member.account_id,
            language=member.language,
            ticket_id=event.ticket_id,
        )


async def _could_go_round(event: StoredEvent) -> bool:
    if event.data["channel"] != "email":
        return False
    return event.data.get("automatic", False) or await mailed_before(event.ticket_id) >= MOST_NOTICES


async def split_notice(event: StoredEvent) -> None:
    """A part of a ticket came into another department than the one that knows of it."""
    if event.data["side"] == "from" or event.data["from_department_id"] == event.data["to_department_id"]:
        return
    for member in await members_of(UUID(event.data["to_department_id"]), but_not=event.actor_id):
        await queue_mail(
            event,
            template="staff_opened",
            recipient=member.email,
            account_id=member.account_id,
            language=member.language,
            ticket_id=event.ticket_id,
            ticket_message_id=await first_asked(event.ticket_id),
        )
