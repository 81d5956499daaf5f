"""One timeline of a ticket: messages, notes and history in the order in which they happened (FIELD.md A5)."""

from typing import Final
from uuid import UUID

from backend.actor import Actor
from backend.attachments.queries import ATTACHED
from backend.database import Row, rows
from backend.tickets.mail_history import MAIL_HISTORY
from backend.tickets.moves.sentences import MOVES_HISTORY
from backend.tickets.pages import ACTIVITY_PLACE, Page, page_of, page_size, place_of
from backend.tickets.routing.words import ROUTING_HISTORY
from backend.tickets.thanks.sentences import THANKS_HISTORY
from backend.tickets.timers.words import OF_PROMISES, OF_TIMERS

CLIENT_HISTORY: Final = (
    "TicketTransferred",
    "StatusChanged",
    "ReminderSent",
    "FollowUpOpened",
    *MOVES_HISTORY,
    *THANKS_HISTORY,
    "SecretAsked",
    "SecretViewed",
    "SecretDestroyed",
    "MessageMasked",
    *OF_TIMERS,
)
"""What of the history the client's side sees."""
STAFF_HISTORY: Final = (
    *CLIENT_HISTORY,
    *ROUTING_HISTORY,
    "TicketTagged",
    "TookVersion",
    "MessageRefused",
    "PriorityChanged",
    "LevelRaised",
    "PinRecorded",
    "ProofAsked",
    "AccountNamed",
    "WentOnWithoutProof",
    "ProofLocked",
    "ProofLockLifted",
    "ProofRefused",
    "AttachmentInfected",
    *MAIL_HISTORY,
    *OF_PROMISES,
)


async def timeline(actor: Actor, ticket_id: UUID, *, first: int = 100, after: str | None = None) -> Page:
    """A page of a ticket's timeline, oldest first. The ticket itself is checked by the caller.

    A row is a message (`entry` 'message' or 'note') or a piece of history (`entry` 'history' with `type` and `data`).

    Raises:
        Refusal: a page or cursor that is not offered.
    """
    size = page_size(first)
    since = place_of(after, *ACTIVITY_PLACE) if after else (None, None)
    found = await rows(
        f"""
        select * from (
            (select m.id, m.at, m.kind as entry, m.side, m.channel, m.body, m.level, m.author_id, w.name as author_name,
                    w.email as author_email, null::text as type, null::text as data, g.id is not null as thanks,
                    m.attestation_id, p.method as proof_method, p.level as proof_level, p.at as proof_at,
                    coalesce(q.address, '') as proof_address, p.scope as proof_scope, p.expires_at as proof_expires_at,
                    case when q.account_id = w.id then w.name else '' end as proof_by, null::text as proof_recorded_by,
                    o.recipient as mail_recipient, o.state as mail_state, coalesce(o.sent_at, o.created_at) as mail_at,
                    o.last_error as mail_reason, {ATTACHED} as attachments
               from messages m
               join accounts w on w.tenant_id = m.tenant_id and w.id = m.author_id
               left join attestations p on p.tenant_id = m.tenant_id and p.id = m.attestation_id
               left join attestation_persons q on q.tenant_id = p.tenant_id and q.id = p.id
               left join thanks g on g.tenant_id = m.tenant_id and g.id = m.id and g.undone_at is null
               left join lateral (select * from outgoing_mails o where o.tenant_id = m.tenant_id
                                     and o.ticket_message_id = m.id and o.template in ('reply', 'receipt')
                                   order by o.id limit 1) o on true
              where m.ticket_id = $1 and ($2 or m.kind = 'message')
                and ($4::timestamptz is null or (m.at, m.id) > ($4, $5::uuid))
              order by m.at, m.id limit $3)
            union all
            (select e.id, e.at, 'history', e.actor_kind, null, null, null, e.actor_id, w.name, w.email, e.type, e.data::text, false,
                    null, null, null, null, null, null, null, null, null, null, null, null, null, null
               from events e left join accounts w on w.tenant_id = e.tenant_id and w.id = e.actor_id
              where e.ticket_id = $1 and e.type = any($6)
                and ($4::timestamptz is null or (e.at, e.id) > ($4, $5::uuid))
              order by e.at, e.id limit $3)
        ) both_kinds order by at, id limit $3
        """,  # noqa: S608 (ours)
        ticket_id,
        actor.is_staff,
        size,
        *since,
        list(STAFF_HISTORY if actor.is_staff else CLIENT_HISTORY),
    )
    return page_of(found, first, "at", "id")


async def get_message(message_id: UUID) -> Row:
    """One message as a row of the timeline; the caller has just written it."""
    found = await rows(
        f"""select m.id, m.at, m.kind as entry, m.side, m.channel, m.body, m.level, m.author_id, w.name as author_name,
                  w.email as author_email, m.attestation_id, p.method as proof_method, p.level as proof_level,
                  p.at as proof_at, coalesce(q.address, '') as proof_address, p.scope as proof_scope,
                  p.expires_at as proof_expires_at, case when q.account_id = w.id then w.name else '' end as proof_by,
                  null::text as proof_recorded_by, null::text as mail_recipient, g.id is not null as thanks,
                  {ATTACHED} as attachments
             from messages m join accounts w on w.tenant_id = m.tenant_id and w.id = m.author_id
             left join attestations p on p.tenant_id = m.tenant_id and p.id = m.attestation_id
             left join attestation_persons q on q.tenant_id = p.tenant_id and q.id = p.id
             left join thanks g on g.tenant_id = m.tenant_id and g.id = m.id and g.undone_at is null
            where m.id = $1""",  # noqa: S608 (ours)
        message_id,
    )
    return found[0]
