"""Reads of mails: what one says, and where its thread is."""

import re
from uuid import UUID

from backend.database import Row, row, rows

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,240}>")


async def facts_of_mail(mail_id: UUID) -> Row | None:
    """All that a mail of the queue is made from, with its row locked; None where it is not queued, or someone sends it."""
    return await row(
        """
        select m.id, m.tenant_id, m.recipient, m.account_id, m.ticket_id, m.ticket_message_id, m.link_id, m.keep_link_id, m.close_link_id, m.template, m.language,
               m.mail_message_id, m.attempts, m.created_at,
               c.name as company, c.slug, c.mail_domain, c.primary_color, c.time_zone,
               (select h.host from host_names h order by not h.is_primary, h.host limit 1) as host,
               a.name, a.kind as account_kind, l.purpose as link_purpose, l.expires_at as link_until,
               r.name as requester, r.email as requester_email, r.id as requester_id,
               t.number, t.subject, t.meaning, t.level, t.required_level,
               coalesce(e.number, (v.data ->> 'from_number')::bigint) as earlier_number,
               coalesce(d.name, '') as department,
               coalesce(d.mailbox, (select f.mailbox from departments f
                                     order by f.archived_at is not null, f.position, f.id limit 1)) as mailbox,
               s.body as message, w.name as author,
               case when m.template = 'secret_asked' then v.data ->> 'label' end as secret,
               case when m.template = 'staff_breach_near' then (v.data->>'due_at')::timestamptz end as due_at,
               case when m.template = 'staff_breach_near' then v.data->>'promise' end as promise,
               v.data->>'what' as what, v.at as happened_at, n.address, n.user_agent, n.created_at as signed_in_at,
               case when m.template like 'work_%' then v.data ->> 'numbers' end as numbers, g.name as giver, y.name as taker,
               k.id as access_code_id, k.salt as access_code_salt,
               (select min(x.due_at) from timers x where x.ticket_id = t.id and x.action = 'set_status'
                   and x.done_at is null and x.cancelled_at is null) as closes_at
          from outgoing_mails m
          join tenants c on c.id = m.tenant_id
          join events v on v.tenant_id = m.tenant_id and v.id = m.event_id
          left join sessions n on n.tenant_id = m.tenant_id and n.id = m.session_id
          left join access_codes k on k.tenant_id = m.tenant_id and k.id = m.access_code_id
          left join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
          left join accounts g on g.tenant_id = m.tenant_id and g.id = (v.data ->> 'from_id')::uuid
          left join accounts y on y.tenant_id = m.tenant_id and y.id = (v.data ->> 'to_id')::uuid
          left join tickets t on t.tenant_id = m.tenant_id and t.id = m.ticket_id
          left join one_time_links l on l.tenant_id = m.tenant_id and l.id = m.link_id
          left join accounts r on r.tenant_id = t.tenant_id and r.id = t.requester_id
          left join tickets e on e.tenant_id = t.tenant_id and e.id = t.follow_up_of
          left join departments d on d.tenant_id = t.tenant_id and d.id = t.department_id
          left join messages s on s.tenant_id = m.tenant_id and s.id = m.ticket_message_id and s.kind = 'message'
          left join accounts w on w.tenant_id = s.tenant_id and w.id = s.author_id
         where m.id = $1 and m.state = 'queued' and coalesce(m.sending_until, '-infinity') <= clock_timestamp()
           for no key update of m skip locked
        """,
        mail_id,
    )


async def thread_of(ticket_id: UUID, recipient: str, mail_id: UUID) -> list[str]:
    """The Message-IDs of the ticket that the recipient may have, oldest first: mails that came in, and those to them."""
    found = await rows(
        """
        select mail_message_id from (
            select id, mail_message_id from messages
             where ticket_id = $1 and kind = 'message' and mail_message_id is not null
            union all
            select id, mail_message_id from outgoing_mails
             where ticket_id = $1 and recipient = $2 and id < $3
        ) as thread order by id
        """,
        ticket_id,
        recipient,
        mail_id,
    )
    return list(dict.fromkeys(each[0] for each in found if _MESSAGE_ID.fullmatch(each[0])))


async def receipt_of(ticket_id: UUID) -> Row | None:
    """How the receipt of a ticket fares: recipient, state, since when, and the server's words where it refused."""
    return await row(
        "select recipient, state, coalesce(sent_at, created_at) as at, last_error from outgoing_mails "
        "where ticket_id = $1 and template = 'receipt' order by id limit 1",
        ticket_id,
    )
