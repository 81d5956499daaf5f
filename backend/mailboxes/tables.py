"""Tables of mailboxes; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, BigInt, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class OutgoingMail(Table, db=DB, tablename="outgoing_mails"):
    """A mail to send, once for each event and recipient."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    event_id = UUID(default=None, null=False)
    recipient = Text(default=None, null=False)
    account_id = UUID(default=None, null=True)
    ticket_id = UUID(default=None, null=True)
    link_id = UUID(default=None, null=True)
    ticket_message_id = UUID(default=None, null=True)
    template = Text(default=None, null=False)
    language = Text(default=None, null=False)
    mail_message_id = Text(default=None, null=False)
    state = Text(default=None, null=False)
    attempts = Integer(default=None, null=False)
    leased_until = Timestamptz(default=None, null=True)
    sending_until = Timestamptz(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    sent_at = Timestamptz(default=None, null=True)
    last_error = Text(default=None, null=True)
    session_id = UUID(default=None, null=True)
    access_code_id = UUID(default=None, null=True)
    keep_link_id = UUID(default=None, null=True)
    close_link_id = UUID(default=None, null=True)


class IncomingMail(Table, db=DB, tablename="incoming_mails"):
    """A mail that came in, and what became of it."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    received_at = Timestamptz(default=None, null=False)
    sender = Text(default=None, null=False)
    recipient = Text(default=None, null=False)
    file_key = Text(default=None, null=False)
    digest = Bytea(default=None, null=False)
    mail_message_id = Text(default=None, null=True)
    size = BigInt(default=None, null=False)
    peer = Text(default=None, null=False)
    helo = Text(default=None, null=False)
    authserv_id = Text(default=None, null=False)
    attempts = Integer(default=None, null=False)
    tries = Integer(default=None, null=False)
    leased_until = Timestamptz(default=None, null=True)
    subject = Text(default=None, null=False)
    spf = Text(default=None, null=True)
    dkim = Text(default=None, null=True)
    dmarc = Text(default=None, null=True)
    arc = Text(default=None, null=True)
    outcome = Text(default=None, null=False)
    reason = Text(default=None, null=True)
    ticket_id = UUID(default=None, null=True)
    message_id = UUID(default=None, null=True)


class HeldMail(Table, db=DB, tablename="held_mails"):
    """A stranger's mail that stands beside an open ticket."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    ticket_id = UUID(default=None, null=False)
    at = Timestamptz(default=None, null=False)
    email = Text(default=None, null=False)
    name = Text(default=None, null=False)
    subject = Text(default=None, null=False)
    body = Text(default=None, null=False)
    named_by = Text(default=None, null=False)
    authenticated = Boolean(default=None, null=False)
    state = Text(default=None, null=False)
    decided_at = Timestamptz(default=None, null=True)
    decided_by = UUID(default=None, null=True)


class TicketCopy(Table, db=DB, tablename="ticket_copies"):
    """Somebody who gets copies of a ticket's answers."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    ticket_id = UUID(default=None, null=False)
    account_id = UUID(default=None, null=False)
    since = Timestamptz(default=None, null=False)
    removed_at = Timestamptz(default=None, null=True)


class MailTemplate(Table, db=DB, tablename="mail_templates"):
    """A mail in the tenant's own words."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    name = Text(default=None, null=False)
    language = Text(default=None, null=False)
    subject = Text(default=None, null=False)
    body = Text(default=None, null=False)
