"""A stranger's mail on an open ticket stands beside it, until somebody of the staff decides: it is theirs to trust, not ours."""

from backend.actor import system
from backend.clock import now
from backend.database import Row, rows, transaction
from backend.events import record
from backend.mailboxes.incoming.outcome import Decided
from backend.mailboxes.incoming.recipients import Mailbox
from backend.mailboxes.incoming.said import body_of, subject_of
from backend.mailboxes.incoming.threading import Named
from backend.mailboxes.reading.read_mail import ReadMail
from backend.secrets.guard import mask
from backend.tickets.mail_history import MailHeld


async def hold(
    mailbox: Mailbox, mail: ReadMail, stored: Row, named: Named, ticket: Row, language: str, *, authenticated: bool
) -> Decided:
    """Hold the mail beside the ticket, once. Nobody is answered, and nothing of the ticket changes."""
    subject = (await mask(subject_of(mail, language))).text
    body = (await mask(body_of(mail, mail.text, language))).text
    async with transaction():
        made = await rows(
            """insert into held_mails (tenant_id, id, ticket_id, at, email, name, subject, body, named_by, authenticated)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id""",
            mailbox.tenant_id,
            stored["id"],
            ticket["id"],
            now(),
            mail.sender,
            mail.name,
            subject,
            body,
            named.named_by,
            authenticated,
        )
        if made:
            held = MailHeld(
                ticket_id=ticket["id"], number=ticket["number"], mail_id=stored["id"], sender=mail.sender
            )  # fmt: skip
            await record(system(mailbox.tenant_id, language, "mail"), held)
    return Decided(outcome="held", reason=named.named_by, number=ticket["number"], ticket_id=ticket["id"])
