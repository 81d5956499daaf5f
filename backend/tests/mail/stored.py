"""Does what the worker does with mails that the listener stored."""

from uuid import UUID

from backend.accounts.guests import account_of_address
from backend.clock import now
from backend.database import bind, rows, system_rows, value
from backend.ids import new_id
from backend.mailboxes.incoming.outcome import Outcome
from backend.mailboxes.incoming.process import process_mail
from backend.mailboxes.incoming.recipients import find_mailbox
from backend.mailboxes.incoming.store import Origin, store_mail
from backend.tests.factories import TestTenant


async def process_stored() -> list[Outcome]:
    """Process every mail that waits, of all companies."""
    waiting = await system_rows("select tenant_id, id from incoming_mails where outcome = 'received' order by id")
    outcomes = []
    for each in waiting:
        with bind(each["tenant_id"]):
            outcomes.append(await process_mail(each["tenant_id"], each["id"]))
    return outcomes


async def an_unreadable_mail(tenant: TestTenant) -> UUID:
    """A line in the list of what could not be read, of the tenant that is bound."""
    mail_id = new_id()
    await rows(
        """insert into incoming_mails (tenant_id, id, received_at, sender, recipient, file_key, digest, outcome, reason, subject)
           values ($1, $2, $3, 'broken@client.example', $4, $5, $6, 'unreadable', 'reading_failed', 'The broken one')""",
        tenant.id, mail_id, now(), f"support@{tenant.mail_domain}", f"{tenant.id}/mail/{mail_id}", mail_id.bytes,
    )  # fmt: skip
    return mail_id


async def what_stands_beside(tenant: TestTenant, number: int) -> list[UUID]:
    """Somebody who gets copies, and three held mails, of a ticket of the tenant that is bound: their ids in this order."""
    ticket_id = await value("select id from tickets where number = $1", number)
    account = await account_of_address(tenant.actor, email="in-copy@client.example", name="In Copy")
    ids = [new_id()]
    await rows(
        "insert into ticket_copies (tenant_id, id, ticket_id, account_id, since) values ($1, $2, $3, $4, $5)",
        tenant.id, ids[0], ticket_id, account, now(),
    )  # fmt: skip
    for each in range(3):
        sender = f"stranger{each}@else.example"
        raw = (
            f"From: <{sender}>\r\nSubject: About that\r\nMessage-ID: <{new_id().hex}@x>\r\n\r\nIt is mine.\r\n".encode()
        )
        mailbox = await find_mailbox(f"support@{tenant.mail_domain}")
        stored = await store_mail(mailbox, sender, raw, origin=Origin())
        await rows("update incoming_mails set outcome = 'held', ticket_id = $2 where id = $1", stored.id, ticket_id)
        await rows(
            """insert into held_mails (tenant_id, id, ticket_id, at, email, name, subject, body, named_by, authenticated)
               values ($1, $2, $3, $4, $5, 'A Stranger', 'About that', 'It is mine.', 'subject', false)""",
            tenant.id, stored.id, ticket_id, now(), sender,
        )  # fmt: skip
        ids.append(stored.id)
    return ids
