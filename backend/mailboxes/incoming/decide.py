"""What a mail is for: a reply on its ticket, a new ticket, or neither.

A reply names its ticket (see `threading`) *and* its sender belongs to that. A stranger's mail on an open ticket is held beside
it. Anything else opens a new ticket (FIELD.md B1, C5, E2). A mail proves at most that its sender was authenticated: level email.
"""

from html import escape
from typing import Final
from uuid import UUID

from backend.actor import Actor, system
from backend.attachments.receive import keep_mail_parts
from backend.database import Row, row, value
from backend.errors import Refusal
from backend.mailboxes.addresses import read_address
from backend.mailboxes.incoming.copies import add_copies
from backend.mailboxes.incoming.forwards import open_for_sender
from backend.mailboxes.incoming.hold import hold
from backend.mailboxes.incoming.outcome import Decided
from backend.mailboxes.incoming.recipients import Mailbox
from backend.mailboxes.incoming.said import body_of, subject_of
from backend.mailboxes.incoming.threading import Place, named_ticket, place_of
from backend.mailboxes.masked import masked_mail
from backend.mailboxes.reading.parts import Forwarded
from backend.mailboxes.reading.read_mail import ReadMail
from backend.mailboxes.senders import actor_of_address
from backend.tenants.queries import get_company
from backend.tickets.lifecycle.refuse_message import tell_of_refusal
from backend.tickets.open import open_from_mail
from backend.tickets.outsiders import write_for_outsider
from backend.tickets.reply import reply
from backend.tickets.thanks.take import judged

MOST_LOGO: Final = 16_000
"""Bytes of a picture that may be a logo; what people paste to show something is larger."""


async def decide(mailbox: Mailbox, mail: ReadMail, stored: Row, *, authenticated: bool) -> Decided:
    """Write what the mail says. Its digest is the key, so that it is written once.

    Raises:
        Refusal: nothing can be made of it; it belongs where people see it.
    """
    company = await get_company()
    key = f"mail:{stored['digest'].hex()}"
    file_key: str = stored["file_key"]
    if mail.kind == "bounce":
        return Decided(outcome="refused", reason="bounce")
    if mail.mark == company.slug or await _is_own(mail.sender, company.mail_domain):
        return Decided(outcome="refused", reason="loop")
    if not mail.sender:
        return Decided(outcome="unreadable", reason="no_sender")
    actor = await actor_of_address(mailbox.tenant_id, mail.sender)
    named = await named_ticket(mailbox, mail, actor)
    place = await place_of(named, actor, authenticated=authenticated) if named is not None else None
    if named is not None and place is not None:
        if place.belongs is not None and mail.kind == "machine":
            return Decided(outcome="refused", reason="automatic answer")
        if place.belongs == "copy":
            return await _from_copy(actor, place.ticket, mail, key, file_key, company.language)
        if place.belongs is not None:
            answered = await _reply(actor, place, mail, key, file_key, company.language, authenticated)
            if answered is not None:
                if place.belongs == "client":
                    await add_copies(actor, answered, mail, mailbox)
                return answered
        elif place.ticket["meaning"] != "closed":
            return await hold(mailbox, mail, stored, named, place.ticket, company.language, authenticated=authenticated)
    if actor.kind == "member" and mail.forwarded is not None and await _passed_on(mail.forwarded, company.mail_domain):
        return await open_for_sender(actor, mailbox, mail, mail.forwarded, stored, company.language)
    masked = await masked_mail(
        subject_of(mail, company.language), body_of(mail, mail.text, company.language), language=company.language,
        file_key=file_key,
    )  # fmt: skip
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
        attachments=await keep_mail_parts(actor, mail.attachments),
    )
    decided = Decided(outcome="opened", number=opened.number, ticket_id=opened.id, message_id=opened.message_id)
    if mail.kind == "person":
        await add_copies(actor, decided, mail, mailbox)
    return decided


async def _reply(
    actor: Actor, place: Place, mail: ReadMail, key: str, file_key: str, language: str, authenticated: bool
) -> Decided | None:
    """The mail as a message on its ticket; None where the ticket is not the sender's to see after all."""
    number: int = place.ticket["number"]
    # What the staff answers is mailed on to the client, so the notice that it quotes is left out.
    text = mail.new_text if place.belongs == "staff" else mail.text
    masked = await masked_mail(
        "", body_of(mail, text, language), language=language, file_key=file_key, unshown=(mail.subject, mail.text)
    )
    try:
        replied = await reply(
            actor,
            number,
            masked.body,
            secrets=masked.secrets,
            send_anyway=True,
            channel="email",
            idempotency_key=key,
            mail_message_id=mail.message_id,
            authenticated=authenticated,
            judgement=await judged(mail.text, attachments=_attached(mail) + mail.cut),
            attachments=await keep_mail_parts(actor, mail.attachments),
        )
    except Refusal as refusal:
        if refusal.code == "not_found":
            return None
        if refusal.code == "message_refused":
            await tell_of_refusal(actor, number, mail.message_id)
            return Decided(outcome="refused", reason=refusal.code)
        raise
    ticket_id: UUID = await value("select id from tickets where number = $1", replied.number)
    return Decided(outcome="replied", number=replied.number, ticket_id=ticket_id, message_id=replied.message_id)


def _attached(mail: ReadMail) -> int:
    """How many files say something: a small picture that the HTML shows in place is the logo of a signature."""
    shown = mail.html or ""
    return sum(
        not (each.inline and each.size <= MOST_LOGO and f'data-cid="{escape(each.content_id)}"' in shown)
        for each in mail.attachments
    )


async def _from_copy(actor: Actor, ticket: Row, mail: ReadMail, key: str, file_key: str, language: str) -> Decided:
    """What somebody writes who gets copies: a message of theirs, which proves nothing of the client."""
    masked = await masked_mail(
        "", body_of(mail, mail.text, language), language=language, file_key=file_key, unshown=(mail.subject, mail.text)
    )
    by = system(actor.tenant_id, language, "mail")
    written = await write_for_outsider(
        by, ticket["number"], masked.body, author_id=actor.account, secrets=masked.secrets, idempotency_key=key,
        mail_message_id=mail.message_id, attachments=await keep_mail_parts(by, mail.attachments),
    )  # fmt: skip
    return Decided(outcome="replied", number=written.number, ticket_id=written.ticket_id, message_id=written.message_id)


async def _passed_on(forwarded: Forwarded, mail_domain: str) -> bool:
    """Whether what was passed on was written by somebody for whom a ticket can be opened."""
    return bool(forwarded.sender) and not await _is_own(forwarded.sender, mail_domain)


async def _is_own(sender: str, mail_domain: str) -> bool:
    """Whether one of the company's own mailboxes is said to have written: answering it would go round for ever."""
    address = read_address(sender)
    if address is None or address.domain != mail_domain:
        return False
    return await row("select 1 from departments where mailbox = $1", address.mailbox) is not None
