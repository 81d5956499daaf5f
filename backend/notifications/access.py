"""Mails about an account itself: links that work once, and word of what was changed."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.accounts.access_codes import first_access_code
from backend.accounts.links import create_link
from backend.accounts.mailed_links import make_asked_link
from backend.actor import system
from backend.events import StoredEvent
from backend.mailboxes.outgoing.queue import queue_mail
from backend.notifications.readers import Reader, account


async def invitation(event: StoredEvent) -> None:
    """Someone was asked to join the staff and chooses a password."""
    await _send_link(event, "invitation")


async def proof_lock_mail(event: StoredEvent) -> None:
    """Too many tries to prove an account: the person who made them can lift the lock."""
    await _send_link(event, "proof_lock")


async def mailed_link(event: StoredEvent) -> None:
    """Somebody asked for a link under an address. Only here is it looked up whether anybody has it."""
    purpose = event.data["purpose"]
    made = await make_asked_link(system(event.tenant_id, "", "a link was asked for"), event.data["email"], purpose)
    reader = await account(made.account_id) if made else None
    if made is None or reader is None:
        return
    await queue_mail(
        event,
        template="access_code" if purpose == "guest_access" else purpose,
        recipient=reader.email,
        account_id=reader.account_id,
        language=reader.language,
        link_id=made.link_id,
        access_code_id=made.access_code_id,
    )


async def security_notice(event: StoredEvent) -> None:
    """A way of signing in was changed: the owner of the account hears of it, whoever did it."""
    await _tell_owner(event, "security_notice")


async def new_browser_mail(event: StoredEvent) -> None:
    """Somebody signed in from a browser that is new to the account."""
    await _tell_owner(event, "new_browser", UUID(event.data["session_id"]))


@dataclass(frozen=True, slots=True)
class Access:
    """What a mail to a guest brings: a link that works once, and the access code where the guest has none yet."""

    link_id: UUID | None
    access_code_id: UUID | None


NO_ACCESS: Final = Access(None, None)


async def guest_access(tenant_id: UUID, reader: Reader, ticket_id: UUID | None) -> Access:
    """How a guest gets to see the request that the mail is about; nothing for who signs in."""
    if reader.kind != "guest":
        return NO_ACCESS
    maker = system(tenant_id, reader.language, "a receipt")
    link_id = await create_link(maker, "guest_access", reader.account_id, ticket_id=ticket_id)
    return Access(link_id, await first_access_code(tenant_id, reader.account_id))


async def _tell_owner(event: StoredEvent, template: str, session_id: UUID | None = None) -> None:
    reader = await account(UUID(event.data["account_id"]))
    if reader is not None:
        await queue_mail(
            event,
            template=template,
            recipient=reader.email,
            account_id=reader.account_id,
            language=reader.language,
            session_id=session_id,
        )


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
