"""A mail is put into the queue as a row, in the transaction of the effect that asks for it. The words come when it is sent."""

from uuid import UUID

from backend.clock import real_now
from backend.database import row, value
from backend.events import StoredEvent
from backend.ids import new_id
from backend.mailboxes.outgoing.templates import NAMES


async def queue_mail(
    event: StoredEvent,
    *,
    template: str,
    recipient: str,
    account_id: UUID | None = None,
    language: str,
    ticket_id: UUID | None = None,
    ticket_message_id: UUID | None = None,
    link_id: UUID | None = None,
    session_id: UUID | None = None,
    access_code_id: UUID | None = None,
    keep_link_id: UUID | None = None,
    close_link_id: UUID | None = None,
) -> UUID | None:
    """Queue a mail, once for each event and recipient. Returns its id, or None where it was queued before.

    Its Message-ID is settled here, so that a mail which is sent again after a crash is the same mail.

    Raises:
        KeyError: there is no such template.
    """
    if template not in NAMES:
        raise KeyError(template)
    mail_id = new_id()
    head = await row("select mail_domain, (select number from tickets where id = $1) as number from tenants", ticket_id)
    if head is None:
        raise RuntimeError("A mail belongs to a tenant, and none is bound.")
    mark = "m" if head["number"] is None else f"t{head['number']}"
    queued: UUID | None = await value(
        """
        with queued as (
            insert into outgoing_mails (tenant_id, id, event_id, recipient, account_id, ticket_id, link_id,
                                        ticket_message_id, template, language, mail_message_id, created_at,
                                        session_id, access_code_id, keep_link_id, close_link_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            on conflict (tenant_id, event_id, recipient) do nothing
            returning id
        )
        select id from queued, lateral (select pg_notify('deliveries', '')) as woken
        """,
        event.tenant_id,
        mail_id,
        event.id,
        recipient,
        account_id,
        ticket_id,
        link_id,
        ticket_message_id,
        template,
        language,
        f"<{mark}.{mail_id.hex}@{head['mail_domain']}>",
        real_now(),
        session_id,
        access_code_id,
        keep_link_id,
        close_link_id,
    )
    return queued
