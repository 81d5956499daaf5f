"""A member passes a mail on to a department: the ticket is that of whoever wrote it, and says who passed it on."""

from backend.actor import Actor, system
from backend.attachments.receive import keep_mail_parts
from backend.database import Row, row, transaction
from backend.events import record
from backend.mailboxes.incoming.outcome import Decided
from backend.mailboxes.incoming.recipients import Mailbox
from backend.mailboxes.incoming.said import body_of, subject_of
from backend.mailboxes.masked import masked_mail
from backend.mailboxes.reading.parts import Forwarded
from backend.mailboxes.reading.read_mail import ReadMail
from backend.mailboxes.senders import actor_of_address
from backend.tickets.mail_history import OpenedForSender
from backend.tickets.open import open_from_mail


async def open_for_sender(
    member: Actor, mailbox: Mailbox, mail: ReadMail, forwarded: Forwarded, stored: Row, language: str
) -> Decided:
    """Open a ticket of the original sender with the whole mail as it was passed on. It proves nothing of them."""
    sender = await actor_of_address(mailbox.tenant_id, forwarded.sender)
    masked = await masked_mail(
        forwarded.subject or subject_of(mail, language), body_of(mail, mail.text, language), language=language,
        file_key=stored["file_key"], unshown=(mail.subject,),
    )  # fmt: skip
    opened = await open_from_mail(
        sender,
        department_id=mailbox.department_id,
        subject=masked.subject[:200],
        body=masked.body,
        secrets=masked.secrets,
        name=forwarded.name,
        email=forwarded.sender,
        mail_message_id=mail.message_id,
        answer_by_mail=mail.kind == "person" and not mail.mark,
        automatic=mail.automatic,
        idempotency_key=f"mail:{stored['digest'].hex()}",
        attachments=await keep_mail_parts(sender, mail.attachments),
    )
    async with transaction():
        # The lock keeps a second try waiting, which finds what the first one noted.
        await row("select 1 from tickets where id = $1 for no key update", opened.id)
        if await row("select 1 from events where ticket_id = $1 and type = 'OpenedForSender'", opened.id) is None:
            told = OpenedForSender(ticket_id=opened.id, number=opened.number, forwarded_by=member.name)
            await record(system(mailbox.tenant_id, language, "mail"), told)
    return Decided(outcome="opened", number=opened.number, ticket_id=opened.id, message_id=opened.message_id)
