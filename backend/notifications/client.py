"""What the client's side hears by mail: receipt, answer, reminder, end, transfer. Each runs in the transaction that notes it."""

from typing import Final
from uuid import UUID

from backend.events import StoredEvent
from backend.mailboxes.outgoing.queue import queue_mail
from backend.notifications.access import NO_ACCESS, guest_access
from backend.notifications.readers import (
    Reader,
    account,
    also_asked,
    copied,
    first_asked,
    last_answer,
    mailed_before,
    requester_of,
    requester_of_number,
)
from backend.tickets.ask_for_proof import ask_in_receipt
from backend.tickets.timers.answer_links import NO_ANSWERS, answer_links

ANSWERED: Final = ("reminder_first", "reminder_second", "solved", "reply")
"""Mails that can be answered with one click, where the ticket would end by itself."""

MOST_RECEIPTS: Final = 20
"""Receipts an hour to one address for tickets that it opens by mail."""


async def receipt(event: StoredEvent) -> None:
    """The ticket is here: to the very address to which the answer will go (FIELD.md C8).

    Machines are never answered, and whoever answers each receipt with a new mail only so often (RFC 3834, 2): that is a
    machine that does not say so. A request that needs more than it proves gets the link to prove it (FIELD.md C2).
    """
    by_mail = event.data["channel"] == "email"
    if event.data["answer_by_mail"] and not (by_mail and await mailed_before(event.ticket_id) >= MOST_RECEIPTS):
        await _tell_requester(event, "receipt", UUID(event.data["message_id"]), link_id=await ask_in_receipt(event))


async def reply_mail(event: StoredEvent) -> None:
    """Someone of the staff answered (FIELD.md D9): to the requester, and to who asked in a ticket that was merged into it."""
    message_id = UUID(event.data["message_id"])
    await _tell_requester(event, "reply", message_id)
    for reader in (*await also_asked(event.ticket_id), *await copied(event.ticket_id)):
        await _tell(event, reader, "reply", message_id)


async def reminder_mail(event: StoredEvent) -> None:
    """The ticket waits for the client; the policy names the mail (FIELD.md B6)."""
    await _tell_requester(event, event.data["template"], await last_answer(event.ticket_id))


async def status_mail(event: StoredEvent) -> None:
    """The ticket was solved or closed, and no message tells of it (FIELD.md B6, B7)."""
    if not event.data["tell_client"]:
        return
    if event.data["meaning"] == "solved":
        await _tell_requester(event, "solved")
    elif event.data["meaning"] == "closed":
        await _tell_requester(event, "closed_no_response" if event.data["tag"] else "closed")


async def refusal_mail(event: StoredEvent) -> None:
    """A mail came to a ticket that takes no more; whoever wrote it hears why."""
    reader = await account(UUID(event.data["account_id"]))
    if reader is None:
        return
    await queue_mail(
        event,
        template="message_refused",
        recipient=reader.email,
        account_id=reader.account_id,
        language=reader.language,
        ticket_id=event.ticket_id,
    )


async def transfer_mail(event: StoredEvent) -> None:
    """Another department has the ticket now (FIELD.md A7)."""
    await _tell_requester(event, "transferred")


async def split_mail(event: StoredEvent) -> None:
    """A part of the request has a number of its own now (FIELD.md A8)."""
    if event.data["side"] == "to":
        await _tell_requester(event, "split", await first_asked(event.ticket_id))


async def merged_mail(event: StoredEvent) -> None:
    """The request goes on in another one: to who opened it. Both numbers work."""
    if event.data["side"] == "to":
        reader = await requester_of_number(event.data["from_number"])
        if reader is not None:
            await _tell(event, reader, "merged")


async def proof_asked_mail(event: StoredEvent) -> None:
    """The link to prove that the account is theirs, for a contact who was asked; the receipt may have brought it."""
    reader = await account(UUID(event.data["account_id"]))
    if reader is None or event.data["in_receipt"]:
        return
    await queue_mail(
        event,
        template="proof_asked",
        recipient=reader.email,
        account_id=reader.account_id,
        language=reader.language,
        ticket_id=event.ticket_id,
        link_id=UUID(event.data["link_id"]),
    )


async def _tell_requester(
    event: StoredEvent, template: str, message_id: UUID | None = None, *, link_id: UUID | None = None
) -> None:
    reader = await requester_of(event.ticket_id)
    if reader is None or (reader.account_id == event.actor_id and template not in ("receipt", "reply")):
        return
    access = await guest_access(event.tenant_id, reader, event.ticket_id) if template == "receipt" else NO_ACCESS
    await _tell(
        event, reader, template, message_id, link_id=link_id or access.link_id, access_code_id=access.access_code_id
    )


async def _tell(
    event: StoredEvent, reader: Reader, template: str, message_id: UUID | None = None, *, link_id: UUID | None = None,
    access_code_id: UUID | None = None,
) -> None:  # fmt: skip
    answers = (
        await answer_links(event.tenant_id, event.ticket_id, reader.account_id) if template in ANSWERED else NO_ANSWERS
    )
    await queue_mail(
        event,
        template=template,
        recipient=reader.email,
        account_id=reader.account_id,
        language=reader.language,
        ticket_id=event.ticket_id,
        ticket_message_id=message_id,
        link_id=link_id,
        access_code_id=access_code_id,
        keep_link_id=answers.keep_open,
        close_link_id=answers.close_now,
    )
