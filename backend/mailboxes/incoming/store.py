"""The first half of taking a mail: the mail as it came in the store of files, and a row that says that it waits.

When this has returned nothing is lost any more. Nobody has read a word of it yet.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from backend import files
from backend.clock import now
from backend.database import bind, row, rows
from backend.ids import new_id
from backend.log import get_log
from backend.mailboxes.incoming.recipients import Mailbox
from backend.mailboxes.reading.headers import clean

AT_ONCE: Final = timedelta(seconds=60)
"""For how long the relay leaves a mail alone that is processed by whoever stored it."""
_log = get_log(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who brought a mail. `authserv_id` is the name of a relay to believe, or empty: see `authentication`."""

    peer: str = ""
    helo: str = ""
    authserv_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The row of a stored mail; `fresh` says that it still waits to be processed."""

    id: UUID
    fresh: bool


async def store_mail(
    mailbox: Mailbox, sender: str, raw: bytes, *, origin: Origin, leased: timedelta | None = None
) -> Stored:
    """Store a mail for one recipient, once however often it comes. It is committed when this returns.

    Raises:
        Exception: something is away (database, files); nothing is lost when the mail is sent again.
    """
    digest = hashlib.sha256(raw).digest()
    key = f"{mailbox.tenant_id}/mail/{digest.hex()}"
    with bind(mailbox.tenant_id):
        again = await row(
            "select id, outcome from incoming_mails where recipient = $1 and digest = $2", mailbox.address, digest
        )
        if again is not None and again["outcome"] != "received":
            # Its file may be sealed by now, and must not come back as it was.
            return Stored(id=again["id"], fresh=False)
        await files.put(key, raw)
        await rows(
            """
            with stored as (
                insert into incoming_mails (tenant_id, id, received_at, sender, recipient, file_key, digest, outcome, size, peer,
                                            helo, authserv_id, leased_until)
                values ($1, $2, $3, $4, $5, $6, $7, 'received', $8, $9, $10, $11, clock_timestamp() + $12::interval)
                on conflict (tenant_id, recipient, digest) do nothing returning id
            )
            select pg_notify('mail_in', '') from stored
            """,
            mailbox.tenant_id,
            new_id(),
            now(),
            clean(sender)[:320],
            mailbox.address,
            key,
            digest,
            len(raw),
            origin.peer[:80],
            clean(origin.helo)[:255],
            origin.authserv_id,
            leased,
        )
        found = await row(
            "select id, outcome from incoming_mails where recipient = $1 and digest = $2", mailbox.address, digest
        )
    if found is None:
        raise RuntimeError("A mail that was stored is gone.")
    _log.info("mail_stored", tenant=str(mailbox.tenant_id), mail=str(found["id"]), size=len(raw))
    return Stored(id=found["id"], fresh=found["outcome"] == "received")
