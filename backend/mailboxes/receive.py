"""Take a mail at once: stored first, then processed by the same hand. For commands and tests; the listener leaves the second to the worker."""

from backend.database import bind
from backend.mailboxes.incoming.outcome import Outcome
from backend.mailboxes.incoming.process import process_mail
from backend.mailboxes.incoming.recipients import find_mailbox
from backend.mailboxes.incoming.store import AT_ONCE, Origin, store_mail


async def receive(recipient: str, sender: str, raw: bytes, *, authserv_id: str = "") -> Outcome:
    """Take a mail for one recipient. When this returns, what it says is committed.

    Raises:
        NoSuchMailbox: nobody here takes mail for the recipient.
        Exception: something is away (database, files). Where it was stored already the worker goes on with it.
    """
    mailbox = await find_mailbox(recipient)
    stored = await store_mail(mailbox, sender, raw, origin=Origin(authserv_id=authserv_id), leased=AT_ONCE)
    if not stored.fresh:
        return Outcome(outcome="repeated", mail_id=stored.id)
    with bind(mailbox.tenant_id):
        return await process_mail(mailbox.tenant_id, stored.id)
