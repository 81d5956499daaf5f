"""Who gets copies of a ticket's answers: whoever a mail of the client's side was to as well, from then on.

They get what is written from then on and nothing of before, they see nothing on the portal, and no other ticket.
"""

from typing import Final
from uuid import UUID

from backend.accounts.guests import account_of_address
from backend.actor import Actor, require_staff, system
from backend.clock import now
from backend.database import Row, row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.mailboxes.addresses import read_address
from backend.mailboxes.incoming.outcome import Decided
from backend.mailboxes.incoming.recipients import Mailbox
from backend.mailboxes.reading.read_mail import ReadMail
from backend.tenants.queries import get_company, tenant_of_mail_domain
from backend.tickets.mail_history import CopyAdded, CopyRemoved

MOST_COPIES: Final = 20
"""People on one ticket; a mail to a crowd is no list of people who want to hear of it."""


async def add_copies(actor: Actor, decided: Decided, mail: ReadMail, mailbox: Mailbox) -> None:
    """Note whom else a mail of the client's side was to. Mailboxes of any company here and the staff get no copies."""
    others = {each.address: each.name for each in (*mail.to, *mail.cc) if each.address and each.address != mail.sender}
    if decided.ticket_id is None or not 0 < len(others) <= MOST_COPIES:
        return
    company = await get_company()
    by = system(mailbox.tenant_id, company.language, "mail")
    async with transaction():
        ticket = await row(
            "select number, client_id, requester_id from tickets where id = $1 for no key update", decided.ticket_id
        )
        if ticket is None:
            return
        for address, name in others.items():
            parts = read_address(address)
            if parts is not None and await tenant_of_mail_domain(parts.domain) is not None:
                continue
            known = await row("select id, kind, disabled_at from accounts where email = $1", address)
            if known is not None and (
                known["kind"] == "member" or known["disabled_at"] is not None or known["id"] == ticket["requester_id"]
            ):
                continue
            account_id = await account_of_address(by, email=address, name=name)
            made = await rows(
                """insert into ticket_copies (tenant_id, id, ticket_id, account_id, since)
                   select $1, $5, $2, $3, $4
                    where (select count(*) from ticket_copies where ticket_id = $2 and removed_at is null) < $6
                   on conflict do nothing returning id""",
                mailbox.tenant_id, decided.ticket_id, account_id, now(), new_id(), MOST_COPIES,
            )  # fmt: skip
            if made:
                await record(by, CopyAdded(ticket_id=decided.ticket_id, number=ticket["number"], copied=address))


async def copies_of(actor: Actor, ticket_ids: list[UUID]) -> list[Row]:
    """Who gets copies of these tickets' answers; for staff, none for others."""
    if not actor.is_staff:
        return []
    return await rows(
        """select c.id, c.ticket_id, a.email, a.name, c.since from ticket_copies c
             join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
            where c.ticket_id = any($1) and c.removed_at is null order by c.id""",
        ticket_ids,
    )


async def remove_copy(actor: Actor, copy_id: UUID) -> int:
    """Send somebody no more copies. Returns the ticket's number. Raises: Refusal: not on the staff, or not there."""
    require_staff(actor)
    async with transaction():
        found = await row(
            """update ticket_copies c set removed_at = $2 from tickets t, accounts a
                where c.id = $1 and c.removed_at is null and t.tenant_id = c.tenant_id and t.id = c.ticket_id
                  and a.tenant_id = c.tenant_id and a.id = c.account_id
               returning t.id, t.number, a.email""",
            copy_id,
            now(),
        )
        if found is None:
            raise Refusal("not_found", "id")
        await record(actor, CopyRemoved(ticket_id=found["id"], number=found["number"], copied=found["email"]))
    number: int = found["number"]
    return number
