"""Does what the worker does with mails that the listener stored."""

from uuid import UUID

from backend.clock import now
from backend.database import bind, rows, system_rows
from backend.ids import new_id
from backend.mailboxes.incoming.outcome import Outcome
from backend.mailboxes.incoming.process import process_mail
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
