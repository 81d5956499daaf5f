"""The second half of taking a mail: a stored mail is read, and becomes a message, a ticket, or a line in a list.

Whoever is killed in between leaves the row as it was, and the next one does it again: the digest of the mail is the key of
what it writes, so that happens once.
"""

import asyncio
from contextlib import suppress
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
from obstore.exceptions import BaseError

from backend import files
from backend.database import Row, row, rows
from backend.errors import Refusal
from backend.log import get_log
from backend.mailboxes.authentication import is_authenticated
from backend.mailboxes.incoming.decide import decide
from backend.mailboxes.incoming.outcome import Decided, Outcome
from backend.mailboxes.incoming.reader import CannotRead, read_within_limits
from backend.mailboxes.incoming.recipients import NoSuchMailbox, find_mailbox
from backend.mailboxes.tables import IncomingMail
from backend.redis import REDIS_LOST
from backend.secrets.guard import mask
from backend.wrapping import KeysAway

MOST_TRIES: Final = 5
"""Tries that may end without a word, by the end of their process, before a mail is put aside."""

AWAY: Final[tuple[type[Exception], ...]] = (
    *REDIS_LOST, OSError, TimeoutError, BaseError, asyncpg.InterfaceError, asyncpg.InternalClientError, asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError, asyncpg.InsufficientResourcesError, asyncpg.TransactionRollbackError,
    KeysAway,
)  # fmt: skip
"""What is raised where something is away that will be back. The mail waits for it, and says nothing of itself."""

_log = get_log(__name__)


async def process_mail(tenant_id: UUID, mail_id: UUID) -> Outcome:
    """Make of a stored mail of the bound tenant what it says. One that was processed already is `repeated`.

    Raises:
        Exception: something is away; the mail waits, and is tried again.
    """
    mail = await row(
        "update incoming_mails set tries = tries + 1 where id = $1 and outcome = 'received' "
        "returning id, file_key, digest, sender, recipient, authserv_id, tries",
        mail_id,
    )
    if mail is None:
        return Outcome(outcome="repeated", mail_id=mail_id)
    detail = None
    try:
        decided, said = await _decided(mail)
    except CannotRead as trouble:
        decided, said, detail = Decided(outcome="unreadable", reason=trouble.trouble), {}, trouble.detail
    except AWAY:
        with suppress(*AWAY):
            await rows("update incoming_mails set tries = tries - 1 where id = $1 and tries > 0", mail_id)
        raise
    except Exception as error:  # noqa: BLE001 - it is put aside where people see it, and those behind it go on.
        detail = uuid4().hex[:12]
        _log.error("mail_not_processed", tenant=str(tenant_id), mail=str(mail_id), error_id=detail, exc_info=error)
        decided, said = Decided(outcome="unreadable", reason="surprise"), {}
    await IncomingMail.update(
        {
            IncomingMail.outcome: decided.outcome,
            IncomingMail.reason: decided.reason,
            IncomingMail.ticket_id: decided.ticket_id,
            IncomingMail.message_id: decided.message_id,
            **said,
        }
    ).where(IncomingMail.tenant_id == tenant_id, IncomingMail.id == mail_id, IncomingMail.outcome == "received")
    _log.info(
        "mail_in",
        tenant=str(tenant_id),
        mail=str(mail_id),
        outcome=decided.outcome,
        reason=decided.reason,
        detail=detail,
    )
    return Outcome(outcome=decided.outcome, number=decided.number, reason=decided.reason, mail_id=mail_id)


async def _decided(mail: Row) -> tuple[Decided, dict[Any, Any]]:
    if mail["tries"] > MOST_TRIES:
        return Decided(outcome="unreadable", reason="ends_the_reader"), {}
    if (elsewhere := await _decided_for_another_mailbox(mail)) is not None:
        return elsewhere, {}
    try:
        mailbox = await find_mailbox(mail["recipient"])
    except NoSuchMailbox:
        return Decided(outcome="unreadable", reason="no_mailbox"), {}
    raw = await files.get(mail["file_key"])
    read = await read_within_limits(raw, mail["sender"])
    authenticated = await asyncio.to_thread(is_authenticated, raw, read.sender, mail["authserv_id"])
    said: dict[Any, Any] = {IncomingMail.mail_message_id: read.message_id}
    try:
        decided = await decide(mailbox, read, mail, authenticated=authenticated)
    except Refusal as refusal:
        decided = Decided(outcome="unreadable", reason=refusal.code)
    subject = await mask(read.subject)
    said[IncomingMail.subject] = subject.text
    if decided.outcome == "refused" and (subject.found or (await mask(read.text)).found):
        await files.delete(mail["file_key"])  # No ticket, so nobody could seal or open it.
    return decided, said


async def _decided_for_another_mailbox(mail: Row) -> Decided | None:
    """The same mail came for a second mailbox of the company, and the first one has its ticket."""
    found = await row(
        "select m.ticket_id, m.message_id, t.number from incoming_mails m join tickets t on t.tenant_id = m.tenant_id "
        "and t.id = m.ticket_id where m.digest = $1 and m.id <> $2 and m.outcome in ('opened', 'replied') limit 1",
        mail["digest"],
        mail["id"],
    )
    if found is None:
        return None
    return Decided(
        outcome="repeated", reason="second mailbox", number=found["number"], ticket_id=found["ticket_id"],
        message_id=found["message_id"],
    )  # fmt: skip
