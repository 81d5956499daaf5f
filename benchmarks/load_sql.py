"""The statements that fill one batch of tenants (temporary table `batch`: tenant_id, tickets, clients).

Everything follows from a ticket's number within its tenant, n: the first 65 % are closed long ago; of the rest three
sevenths wait for an answer, two wait for the client, one is on hold, one is solved. Half of all go to Support.
"""

from typing import Final

PEOPLE: Final = (
    # Five departments beside the Support that each company starts with, two kinds of request in each.
    """
    insert into departments (tenant_id, id, name, description, position, audience, proof_level, mailbox)
    select b.tenant_id, uuidv7(), d.name, d.name || ' of this company', d.position, d.audience, d.proof_level, d.mailbox
      from batch b, (values ('Pre-sales', 2, 'everyone', 'none', 'sales'), ('Billing', 3, 'clients', 'signed_in', 'billing'),
                            ('Migrations', 4, 'clients', 'none', 'migrations'), ('Abuse', 5, 'everyone', 'none', 'abuse'),
                            ('Cancellations', 6, 'approvers', 'password', 'cancellations')
                    ) d (name, position, audience, proof_level, mailbox)
    """,
    """
    insert into kinds (tenant_id, id, department_id, name, position)
    select d.tenant_id, uuidv7(), d.id, k.name, k.position
      from departments d join batch b using (tenant_id), (values ('Question', 1), ('Work request', 2)) k (name, position)
    """,
    # Eight on the staff; the first is the owner.
    """
    create temp table staff on commit drop as
    select b.tenant_id, uuidv7() as account_id, i, t.slug from batch b join tenants t on t.id = b.tenant_id, generate_series(1, 8) i
    """,
    """
    insert into accounts (tenant_id, id, kind, email, name, password_hash, created_at)
    select tenant_id, account_id, 'member', 'agent' || i || '@' || slug || '.example', 'Agent ' || i, $1, now() - interval '2 years'
      from staff
    """,
    """
    insert into members (tenant_id, id, account_id, role)
    select tenant_id, uuidv7(), account_id, case i when 1 then 'owner' when 2 then 'admin' when 3 then 'lead' else 'agent' end from staff
    """,
    # Each works in two departments.
    """
    insert into department_members (tenant_id, id, department_id, account_id)
    select s.tenant_id, uuidv7(), d.id, s.account_id
      from staff s join departments d on d.tenant_id = s.tenant_id and d.position in (1 + s.i % 6, 1 + (s.i + 3) % 6)
    """,
    # Each client with an owner; every third has a second contact. Half have a card on file.
    """
    create temp table people on commit drop as
    select b.tenant_id, uuidv7() as client_id, i, uuidv7() as owner_id, case when i % 3 = 0 then uuidv7() end as second_id
      from batch b, generate_series(1, b.clients) i
    """,
    """
    insert into clients (tenant_id, id, number, name, created_at)
    select tenant_id, client_id, 4000 + i, 'Client ' || i, now() - interval '2 years' from people
    """,
    """
    insert into accounts (tenant_id, id, kind, email, name, password_hash, created_at)
    select tenant_id, owner_id, 'contact', 'owner@client' || i || '.example', 'Owner of client ' || i, $1, now() - interval '2 years'
      from people
    union all
    select tenant_id, second_id, 'contact', 'second@client' || i || '.example', 'Second of client ' || i, $1, now() - interval '2 years'
      from people where second_id is not null
    """,
    """
    insert into contacts (tenant_id, id, account_id, client_id, role)
    select tenant_id, uuidv7(), owner_id, client_id, 'owner' from people
    union all
    select tenant_id, uuidv7(), second_id, client_id, 'member' from people where second_id is not null
    """,
    """
    insert into services (tenant_id, id, client_id, name, plan, server)
    select tenant_id, uuidv7(), client_id, 'client' || i || '-' || j || '.example', 'Business', 'web' || i % 40 || '.example'
      from people, generate_series(1, 2) j
    """,
    """
    insert into card_facts (tenant_id, id, client_id, digits_hmac, is_default, updated_at)
    select tenant_id, uuidv7(), client_id, sha256(client_id::text::bytea), true, now() from people where i % 2 = 0
    """,
    """
    update counters c set last_number = case c.id when 'client' then 4000 + b.clients else 1000 + b.tickets end
      from batch b where b.tenant_id = c.tenant_id
    """,
)

# $1: the number of a tenant's first ticket. Every value of a ticket that others depend on is drawn here, once.
DRAWN: Final = """
create temp table drawn on commit drop as
with companies as (
    select b.*, t.policy_id, t.slug,
           array(select d.id from departments d where d.tenant_id = b.tenant_id order by d.position) as departments,
           array(select s.account_id from staff s where s.tenant_id = b.tenant_id order by s.i) as members
      from batch b join tenants t on t.id = b.tenant_id
), placed as (
    select c.*, n, n::float8 / c.tickets as q,
           case when n::float8 / c.tickets < 0.65 then 'closed'
                else (array['open', 'open', 'open', 'pending', 'pending', 'on_hold', 'solved'])[1 + n % 7] end as status
      from companies c, generate_series(1, c.tickets) n
), timed as (
    select p.*, now() - case when status = 'closed' then interval '730 days' - interval '700 days' * (q / 0.65)
                             else interval '3 days' - interval '66 hours' * ((q - 0.65) / 0.35) end as opened_at
      from placed p
)
select p.tenant_id, p.n, $1 + p.n - 1 as number, p.policy_id, p.slug, p.status, p.opened_at,
       uuidv7(p.opened_at - clock_timestamp()) as id,
       uuidv7(p.opened_at - clock_timestamp()) as message1_id,
       uuidv7(p.opened_at - clock_timestamp() + interval '1 hour') as message2_id,
       uuidv7(p.opened_at - clock_timestamp() + interval '2 hours') as message3_id,
       case when p.n % 5 > 0 then uuidv7(p.opened_at - clock_timestamp()) end as attestation_id,
       p.opened_at + interval '1 hour' as at2,
       case when p.status in ('pending', 'solved') then now() - interval '1 minute' * (5 + p.n % 50)
            else p.opened_at + interval '2 hours' end as at3,
       case p.status when 'open' then 'open' when 'pending' then 'waiting_for_client' else p.status end as meaning,
       p.status <> 'open' as answered, -- by the third message; else by the second, or not at all
       p.status = 'open' and p.n % 2 = 0 as answered_before,
       case when p.n % 5 = 0 then 'email' else 'portal' end as channel,
       case when p.n % 5 = 0 then 'none' when p.n % 10 = 6 then 'password' when p.n % 10 = 3 then 'card' else 'signed_in' end as level,
       case when p.n % 11 = 0 then 1 when p.n % 6 = 0 then 2 else 3 end as urgency,
       case when p.n % 2 = 0 then p.departments[1] else p.departments[2 + (p.n / 2) % 5] end as department_id,
       p.members[1 + (p.n / 3) % 8] as member_id, p.members[1 + (p.n / 5) % 8] as noticed_id, 1 + (p.n / 5) % 8 as noticed,
       c.client_id, c.i as client, coalesce(case when p.n % 4 = 0 then c.second_id end, c.owner_id) as requester_id,
       case when p.n % 4 = 0 and c.second_id is not null then 'second' else 'owner' end || '@client' || c.i || '.example' as requester,
       uuidv7(p.opened_at - clock_timestamp()) as event1_id,
       uuidv7(p.opened_at - clock_timestamp() + interval '1 hour') as event2_id,
       uuidv7(p.opened_at - clock_timestamp() + interval '2 hours') as event3_id
  from timed p join people c on c.tenant_id = p.tenant_id and c.i = 1 + (p.n * 7) % p.clients
"""

# $1, $2, $3: one ticket in $1, the one at place $2, holds the word $3.
TEXTS: Final = """
create temp table texts on commit drop as
select d.tenant_id, d.id as ticket_id, m.id, m.place, m.at, m.staff,
       s.words as subject,
       m.opening || ' ' || a.words || ' ' || b.words || ' ' || c.words
       || case when m.place = 1 and d.n % $1 = $2 then ' It runs on ' || $3 || '.' else '' end as body
  from drawn d
 cross join lateral (values (d.message1_id, 1, d.opened_at, false, 'Hello, this is about client' || d.client || '.example.'),
                       (d.message2_id, 2, d.at2, d.answered_before, 'About the same.'),
                       (d.message3_id, 3, d.at3, d.answered, 'One thing more.')) m (id, place, at, staff, opening)
  join phrases a on a.id = (d.n * 3 + m.place * 977) % 4000
  join phrases b on b.id = (d.n * 5 + m.place * 613) % 4000
  join phrases c on c.id = (d.n * 7 + m.place * 331) % 4000
  join phrases s on s.id = d.n * 11 % 4000
"""

ROWS: Final = (
    """
    insert into tickets (tenant_id, id, number, department_id, kind_id, client_id, requester_id, assignee_id, policy_id, subject,
                         status, meaning, urgency, channel, level, required_level, attestation_id, tags, opened_at,
                         waiting_since, last_activity_at, first_responded_at, solved_at, closed_at)
    select d.tenant_id, d.id, d.number, d.department_id, k.id, d.client_id, d.requester_id,
           case when (d.answered or d.answered_before) and d.n % 3 > 0 then d.member_id end, d.policy_id, x.subject,
           d.status, d.meaning, d.urgency, d.channel, d.level, p.proof_level, d.attestation_id,
           case when d.status = 'closed' and d.n % 2 = 0 then array['No Response'] else '{}' end, d.opened_at,
           case when d.status = 'open' then case when d.answered_before then d.at3 else d.opened_at end end,
           case when d.status = 'closed' then d.at3 + interval '7 days' else d.at3 end,
           case when d.answered then d.at3 when d.answered_before then d.at2 end,
           case when d.status = 'solved' or (d.status = 'closed' and d.n % 2 = 1) then d.at3 end,
           case when d.status = 'closed' then d.at3 + interval '7 days' end
      from drawn d
      join texts x on x.id = d.message1_id
      join departments p on p.tenant_id = d.tenant_id and p.id = d.department_id
      left join kinds k on k.tenant_id = d.tenant_id and k.department_id = d.department_id and k.position = d.n % 3
                       and d.channel = 'portal'
     order by d.opened_at
    """,
    # What the database counts along where rows come one by one.
    """
    insert into queue_counts (tenant_id, department_id, view, assignee_id, tickets)
    select t.tenant_id, t.department_id, queue_view(t.meaning), t.assignee_id, count(*)
      from drawn d join tickets t on t.tenant_id = d.tenant_id and t.id = d.id
     where t.meaning <> 'closed' group by 1, 2, 3, 4
    """,
    """
    insert into first_responses (tenant_id, id, department_id, urgency, answered_at, seconds)
    select t.tenant_id, t.id, t.department_id, t.urgency, t.first_responded_at,
           extract(epoch from t.first_responded_at - t.opened_at)::integer
      from drawn d join tickets t on t.tenant_id = d.tenant_id and t.id = d.id where t.first_responded_at is not null
    """,
    """
    insert into messages (tenant_id, id, ticket_id, author_id, side, kind, channel, body, level, attestation_id, at)
    select x.tenant_id, x.id, x.ticket_id, case when x.staff then d.member_id else d.requester_id end,
           case when x.staff then 'staff' else 'client' end, 'message', case when x.staff then 'desk' else d.channel end,
           x.body, case when x.place = 1 then d.level else 'none' end, case when x.place = 1 then d.attestation_id end, x.at
      from texts x join drawn d on d.id = x.ticket_id
     order by x.at
    """,
    """
    insert into search_entries (tenant_id, id, ticket_id, internal, vector)
    select tenant_id, id, ticket_id, false,
           array_to_tsvector(array[tenant_lexeme(tenant_id)]) || to_tsvector('english', subject || E'\\n' || body)
      from texts order by at
    """,
    """
    create temp table proofs on commit drop as
    select d.tenant_id, coalesce(h.sequence, 0) + row_number() over (partition by d.tenant_id order by d.opened_at, d.n) as sequence,
           coalesce(h.link, decode(repeat('00', 32), 'hex')) as head, d.attestation_id, d.client_id, d.level, d.opened_at, d.id,
           d.message1_id, d.requester_id, '192.0.2.' || d.n % 250 as address, s.salt,
           attestation_commitment(s.salt, d.requester_id, '192.0.2.' || d.n % 250) as commitment
      from drawn d
      cross join lateral (select uuid_send(gen_random_uuid()) || uuid_send(d.attestation_id) as salt) s
      left join attestation_heads h on h.tenant_id = d.tenant_id
     where d.attestation_id is not null
    """,
    """
    insert into attestations (tenant_id, sequence, id, client_id, method, level, at, scope, ticket_id, message_id, commitment, link)
    select tenant_id, sequence, attestation_id, client_id, level, level, opened_at, 'ticket', id, message1_id, commitment,
           attestation_chain(head, attestation_core(tenant_id, sequence, attestation_id, client_id, level, level, opened_at, 'ticket',
                                                    null, id, message1_id, null, null, commitment))
               over (partition by tenant_id order by sequence)
      from proofs order by opened_at
    """,
    """
    insert into attestation_persons (tenant_id, id, account_id, address, salt)
    select tenant_id, attestation_id, requester_id, address, salt from proofs order by opened_at
    """,
    """
    insert into attestation_heads (tenant_id, id, sequence, link)
    select distinct on (a.tenant_id) a.tenant_id, 'attestations', a.sequence, a.link
      from attestations a join batch b on b.tenant_id = a.tenant_id order by a.tenant_id, a.sequence desc
    on conflict (tenant_id, id) do update set sequence = excluded.sequence, link = excluded.link
    """,
    """
    insert into timers (tenant_id, id, ticket_id, step, action, due_at, attempts)
    select d.tenant_id, uuidv7(), d.id, s.step, s.action, d.at3 + make_interval(hours => s.hours), 0
      from drawn d join (values ('pending', 0, 'remind', 24), ('pending', 1, 'remind', 120), ('pending', 2, 'set_status', 168),
                                ('solved', 0, 'set_status', 24)) s (status, step, action, hours) using (status)
    """,
    """
    create temp table happened on commit drop as
    select d.tenant_id, e.id, e.type, e.at, e.staff, d.id as ticket_id, e.consumers,
           case when e.staff then d.member_id else d.requester_id end as actor_id,
           jsonb_build_object('number', d.number, 'message_id', e.message_id) || e.further as data
      from drawn d,
           lateral (values
               (d.event1_id, 'TicketOpened', d.opened_at, false, d.message1_id, array['live', 'receipt', 'staff_notice'],
                jsonb_build_object('department_id', d.department_id, 'channel', d.channel, 'answer_by_mail', true)),
               (d.event2_id, case when d.answered_before then 'StaffReplied' else 'ClientReplied' end, d.at2, d.answered_before,
                d.message2_id, array['live', case when d.answered_before then 'reply_mail' else 'staff_notice' end],
                case when d.answered_before then jsonb_build_object('status', 'open', 'meaning', 'open')
                     else jsonb_build_object('department_id', d.department_id, 'channel', d.channel) end),
               (d.event3_id, case when d.answered then 'StaffReplied' else 'ClientReplied' end, d.at3, d.answered,
                d.message3_id, array['live', case when d.answered then 'reply_mail' else 'staff_notice' end],
                case when d.answered then jsonb_build_object('status', 'pending', 'meaning', 'waiting_for_client')
                     else jsonb_build_object('department_id', d.department_id, 'channel', d.channel) end)
           ) e (id, type, at, staff, message_id, consumers, further)
    union all
    select tenant_id, uuidv7(at3 - clock_timestamp() + interval '7 days'), 'StatusChanged', at3 + interval '7 days', null, id,
           array['live', 'status_mail'], null,
           jsonb_build_object('number', number, 'old_status', 'pending', 'status', 'closed', 'meaning', 'closed', 'by_timer', true,
                              'tag', case when n % 2 = 0 then 'No Response' end, 'tell_client', true)
      from drawn where status = 'closed'
    """,
    """
    insert into events (tenant_id, id, type, at, actor_kind, actor_id, ticket_id, data)
    select tenant_id, id, type, at, case when staff then 'member' when staff is null then 'system' else 'contact' end, actor_id,
           ticket_id, data
      from happened order by at
    """,
    """
    insert into deliveries (tenant_id, event_id, consumer, attempts, done_at)
    select h.tenant_id, h.id, c, 1, h.at + interval '1 second' from happened h, unnest(h.consumers) c order by h.at
    """,
    # The receipt, one notice to the staff, and the answers.
    """
    insert into outgoing_mails (tenant_id, id, event_id, recipient, account_id, ticket_id, ticket_message_id, template, language,
                                mail_message_id, state, attempts, created_at, sent_at)
    select d.tenant_id, m.id, m.event_id, m.recipient, m.account_id, d.id, m.message_id, m.template, 'en',
           '<t' || d.number || '.' || replace(m.id::text, '-', '') || '@' || d.slug || '.example>', 'sent', 1, m.at,
           m.at + interval '2 seconds'
      from drawn d,
           lateral (values
               (uuidv7(d.opened_at - clock_timestamp()), d.event1_id, d.requester, d.requester_id, d.message1_id, 'receipt', d.opened_at),
               (uuidv7(d.opened_at - clock_timestamp()), d.event1_id, 'agent' || d.noticed || '@' || d.slug || '.example', d.noticed_id,
                d.message1_id, 'staff_opened', d.opened_at),
               (case when d.answered_before then uuidv7(d.at2 - clock_timestamp()) end, d.event2_id, d.requester, d.requester_id,
                d.message2_id, 'reply', d.at2),
               (case when d.answered then uuidv7(d.at3 - clock_timestamp()) end, d.event3_id, d.requester, d.requester_id,
                d.message3_id, 'reply', d.at3)
           ) m (id, event_id, recipient, account_id, message_id, template, at)
     where m.id is not null
     order by m.at
    """,
)
