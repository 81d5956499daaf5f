"""Mail in: kept first, then read, then a reply on a ticket, a new ticket, or neither.

A reply needs the ticket's signed address *and* a sender who belongs to the ticket. Anything else opens a new ticket
(FIELD.md B1, C5, E2). A mail proves at most that its sender was authenticated: level email. The same mail twice is one message: its digest is the key of what it writes.
"""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from backend import files
from backend.actor import Actor
from backend.clock import now
from backend.database import bind, row, rows, value
from backend.errors import Refusal
from backend.ids import new_id
from backend.log import get_log
from backend.mailboxes.addresses import ReplyTag, holds, read_address, read_tag
from backend.mailboxes.authentication import is_authenticated
from backend.mailboxes.masked import masked_mail
from backend.mailboxes.queries import ticket_answered
from backend.mailboxes.reading.read_mail import ReadMail, clean, read_mail
from backend.mailboxes.senders import actor_of_address
from backend.mailboxes.tables import IncomingMail
from backend.secrets.guard import mask
from backend.tenants.queries import get_company, tenant_of_mail_domain
from backend.tickets.lifecycle.refuse_message import tell_of_refusal
from backend.tickets.open import open_from_mail
from backend.tickets.reply import reply
from backend.tickets.thanks.take import judged

WORDS: Final = {
    "en": {
        "no_subject": "(no subject)",
        "no_text": "(This mail has no text that can be shown. The original is kept.)",
        "cut": "(The mail goes on. The original is kept.)",
        "attachments": "(Attached, and kept with the original: {names})",
    },
    "nl": {
        "no_subject": "(geen onderwerp)",
        "no_text": "(Deze e-mail heeft geen tekst die getoond kan worden. Het origineel is bewaard.)",
        "cut": "(De e-mail gaat verder. Het origineel is bewaard.)",
        "attachments": "(Bijgevoegd, en bewaard bij het origineel: {names})",
    },
}
_TAG_IN_TEXT = re.compile(r"\+([ts][0-9]{1,15})\.[a-z2-7]{16}@", re.IGNORECASE)
_log = get_log(__name__)


class NoSuchMailbox(Exception):
    """Nobody here takes mail for that address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A department's mailbox, and the ticket that the address claims to answer."""

    tenant_id: UUID
    department_id: UUID
    address: str
    tag: ReplyTag | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a mail: `reason` says why it was refused, in a word for the log.

    `bounce` says that the sending server should hear of it: a person wrote, and nothing was made of it.
    """

    outcome: Literal["opened", "replied", "repeated", "refused", "unreadable"]
    number: int | None = None
    reason: str | None = None
    bounce: bool = False


async def find_mailbox(recipient: str) -> Mailbox:
    """The mailbox that an address belongs to; before any tenant is bound.

    An archived department takes answers on its tickets, and nothing new.

    Raises:
        NoSuchMailbox: the domain or the mailbox is not one of ours.
    """
    address = read_address(recipient)
    if address is None:
        raise NoSuchMailbox(recipient)
    tenant_id = await tenant_of_mail_domain(address.domain)
    if tenant_id is None:
        raise NoSuchMailbox(recipient)
    tag = read_tag(address.tag)
    with bind(tenant_id):
        department = await row("select id, archived_at from departments where mailbox = $1", address.mailbox)
    if department is None or (department["archived_at"] is not None and tag is None):
        raise NoSuchMailbox(recipient)
    return Mailbox(
        tenant_id=tenant_id,
        department_id=department["id"],
        address=f"{address.mailbox}{'+' + address.tag if address.tag else ''}@{address.domain}",
        tag=tag,
    )


async def receive(recipient: str, sender: str, raw: bytes, *, authserv_id: str = "") -> Outcome:
    """Take a mail for one recipient. When this returns, what it says is committed.

    `authserv_id` is the name of the relay that brought it, where that is one to believe: see `authentication`.

    Raises:
        NoSuchMailbox: nobody here takes mail for the recipient.
        Exception: something is away (database, files); nothing is lost when the mail is sent again.
    """
    mailbox = await find_mailbox(recipient)
    digest = hashlib.sha256(raw).digest()
    with bind(mailbox.tenant_id):
        mail_id, known = await _keep(mailbox, sender, raw, digest)
        if known != "received":
            return Outcome(outcome="repeated")
        mail = await asyncio.to_thread(read_mail, raw, sender)
        authenticated = await asyncio.to_thread(is_authenticated, raw, mail.sender, authserv_id)
        outcome, ticket_id, message_id = await _decide(mailbox, mail, digest, authenticated=authenticated)
        if ticket_id is None and (await mask(f"{mail.subject}\n{mail.text}")).found:
            await files.delete(_file_key(mailbox.tenant_id, digest))  # No ticket, so nobody could seal or open it.
        await IncomingMail.update(
            {
                IncomingMail.outcome: outcome.outcome,
                IncomingMail.reason: outcome.reason,
                IncomingMail.mail_message_id: mail.message_id,
                IncomingMail.ticket_id: ticket_id,
                IncomingMail.message_id: message_id,
            }
        ).where(IncomingMail.tenant_id == mailbox.tenant_id, IncomingMail.id == mail_id)
    _log.info(
        "mail_in", tenant=str(mailbox.tenant_id), mail=str(mail_id), outcome=outcome.outcome, reason=outcome.reason
    )
    return outcome


async def _keep(mailbox: Mailbox, sender: str, raw: bytes, digest: bytes) -> tuple[UUID, str]:
    """Store the mail as it came, before anybody reads it. Returns its id and what became of it so far."""
    key = _file_key(mailbox.tenant_id, digest)
    again = await row(
        "select id, outcome from incoming_mails where recipient = $1 and digest = $2", mailbox.address, digest
    )
    if again is not None and again["outcome"] != "received":
        return again["id"], again["outcome"]  # Its file may be sealed by now, and must not come back as it was.
    await files.put(key, raw)
    await rows(
        """insert into incoming_mails (tenant_id, id, received_at, sender, recipient, file_key, digest, outcome)
           values ($1, $2, $3, $4, $5, $6, $7, 'received') on conflict (tenant_id, recipient, digest) do nothing""",
        mailbox.tenant_id,
        new_id(),
        now(),
        clean(sender)[:320],
        mailbox.address,
        key,
        digest,
    )
    found = await row(
        "select id, outcome from incoming_mails where recipient = $1 and digest = $2", mailbox.address, digest
    )
    if found is None:
        raise RuntimeError("A mail that was kept is gone.")
    return found["id"], found["outcome"]


def _file_key(tenant_id: UUID, digest: bytes) -> str:
    return f"{tenant_id}/mail/{digest.hex()}"


async def _decide(
    mailbox: Mailbox, mail: ReadMail, digest: bytes, *, authenticated: bool
) -> tuple[Outcome, UUID | None, UUID | None]:
    company = await get_company()
    key = f"mail:{digest.hex()}"
    file_key = _file_key(mailbox.tenant_id, digest)
    if mail.kind == "bounce":
        return Outcome(outcome="refused", reason="bounce"), None, None
    if mail.mark == company.slug or await _is_own(mail.sender, company.mail_domain):
        return Outcome(outcome="refused", reason="loop"), None, None
    if not mail.sender:
        return Outcome(outcome="unreadable", reason="no sender", bounce=True), None, None
    actor = await actor_of_address(mailbox.tenant_id, mail.sender)
    if (
        mailbox.tag is not None
        and actor.account_id is not None
        and holds(mailbox.tag, actor.tenant_id, actor.account_id)
    ):
        if mail.kind == "machine":
            return Outcome(outcome="refused", reason="automatic answer"), None, None
        answered = await _reply(actor, mailbox.tag, mail, key, file_key, company.language, authenticated)
        if answered is not None:
            return answered
    masked = await masked_mail(
        mail.subject or WORDS[company.language]["no_subject"], _body(mail, mail.text, company.language),
        language=company.language, file_key=file_key,
    )  # fmt: skip
    try:
        opened = await open_from_mail(
            actor,
            department_id=mailbox.department_id,
            subject=masked.subject,
            body=masked.body,
            secrets=masked.secrets,
            name=mail.name,
            email=mail.sender,
            mail_message_id=mail.message_id,
            answer_by_mail=mail.kind == "person" and not mail.mark,
            automatic=mail.automatic,
            idempotency_key=key,
            authenticated=authenticated,
        )
    except Refusal as refusal:
        return Outcome(outcome="refused", reason=refusal.code, bounce=True), None, None
    return Outcome(outcome="opened", number=opened.number), opened.id, opened.message_id


async def _reply(
    actor: Actor, tag: ReplyTag, mail: ReadMail, key: str, file_key: str, language: str, authenticated: bool
) -> tuple[Outcome, UUID | None, UUID | None] | None:
    """The mail as a message on its ticket; None where the sender does not belong to it.

    On the client's reply address a member is nobody: see `addresses`.
    """
    if (tag.side == "staff") != (actor.kind == "member"):
        return None
    # What the staff answers is mailed on to the client, so the notice that it quotes is left out.
    text = mail.new_text if tag.side == "staff" else mail.text
    masked = await masked_mail(
        "", _body(mail, text, language), language=language, file_key=file_key, unshown=(mail.subject, mail.text)
    )
    try:
        replied = await reply(
            actor,
            await ticket_answered(tag.number, mail.answers),
            masked.body,
            secrets=masked.secrets,
            send_anyway=True,
            channel="email",
            idempotency_key=key,
            mail_message_id=mail.message_id,
            authenticated=authenticated,
            judgement=await judged(mail.text, attachments=len(mail.attachments) + mail.cut),
        )
    except Refusal as refusal:
        if refusal.code == "not_found":
            return None
        if refusal.code == "message_refused":
            await tell_of_refusal(actor, tag.number, mail.message_id)
            return Outcome(outcome="refused", reason=refusal.code), None, None
        return Outcome(outcome="refused", reason=refusal.code, bounce=True), None, None
    ticket_id: UUID = await value("select id from tickets where number = $1", replied.number)
    return Outcome(outcome="replied", number=replied.number), ticket_id, replied.message_id


async def _is_own(sender: str, mail_domain: str) -> bool:
    """Whether one of the company's own mailboxes is said to have written: answering it would go round for ever."""
    address = read_address(sender)
    if address is None or address.domain != mail_domain:
        return False
    return await row("select 1 from departments where mailbox = $1", address.mailbox) is not None


def _body(mail: ReadMail, text: str, language: str) -> str:
    """What is shown of the mail, with a word on what is not. The signatures of reply addresses are taken out."""
    words = WORDS[language]
    parts = [_TAG_IN_TEXT.sub(r"+\1@", text)] if text.strip() else []
    if mail.cut:
        parts.append(words["cut"])
    if mail.attachments:
        parts.append(words["attachments"].format(names=", ".join(part.name for part in mail.attachments)))
    return "\n\n".join(parts or [words["no_text"]])
