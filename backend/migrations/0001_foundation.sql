-- The foundation: companies and the people, rules, tickets and effects that belong to them.
-- {owner}, {system} and {app} stand for the three roles of the database.

revoke all on schema public from public;
grant usage on schema public to {app}, {system};

-- The tenant that the connection is bound to. Without one it is null, and every row is out of sight.
create function current_tenant() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- Makes a table a tenant table: row security forced, the application sees the bound tenant alone,
-- owner and system see all by a policy of their own (nobody has BYPASSRLS).
create procedure isolate(target regclass, tenant_column name default 'tenant_id') language plpgsql as $$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy bound_tenant on %s for all to {app} using (%I = current_tenant()) '
                   'with check (%I = current_tenant())', target, tenant_column, tenant_column);
    execute format('create policy everything on %s for all to {owner}, {system} using (true) with check (true)', target);
    execute format('grant select, insert, update, delete on %s to {system}', target);
end $$;

-- ---------------------------------------------------------------- without a tenant
-- Business time is real time plus this offset; other than zero only in development and tests.
create table clock (
    id boolean primary key default true check (id),
    offset_ms bigint not null default 0
);
insert into clock default values;
grant select on clock to {app}, {system};
grant update on clock to {system};

-- ---------------------------------------------------------------- tenants
create table tenants (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
    name text not null check (length(name) between 1 and 200),
    language text not null check (language in ('en', 'nl')),
    time_zone text not null,
    mail_domain text not null unique check (mail_domain = lower(mail_domain)),
    primary_color text not null check (primary_color ~ '^#[0-9a-f]{6}$'),
    secondary_color text check (secondary_color ~ '^#[0-9a-f]{6}$'),
    font text not null default 'inter' check (font in ('inter', 'system', 'serif')),
    logo_key text,
    logo_type text check (logo_type in ('image/png', 'image/jpeg', 'image/webp')),
    priority_choice boolean not null default false,
    policy_id uuid,
    created_at timestamptz not null
);
call isolate('tenants', 'id');
grant select, update (name, language, time_zone, primary_color, secondary_color, font, logo_key, logo_type, priority_choice,
                      policy_id) on tenants to {app};

create table host_names (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    host text not null unique check (host = lower(host)),
    is_primary boolean not null default false,
    primary key (tenant_id, id)
);
call isolate('host_names');
grant select on host_names to {app};

-- The next number of each kind of thing that a tenant numbers; locked last in a transaction.
create table counters (
    tenant_id uuid not null references tenants (id),
    id text not null check (id in ('ticket', 'client')),
    last_number bigint not null,
    primary key (tenant_id, id)
);
call isolate('counters');
grant select, insert, update on counters to {app};

create table lifecycle_policies (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    name text not null check (length(name) between 1 and 100),
    version integer not null default 1,
    definition jsonb not null,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);
call isolate('lifecycle_policies');
grant select, insert on lifecycle_policies to {app};
alter table tenants add foreign key (id, policy_id) references lifecycle_policies (tenant_id, id);

create table departments (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    name text not null check (length(name) between 1 and 200),
    description text not null default '' check (length(description) <= 2000),
    position integer not null,
    audience text not null check (audience in ('everyone', 'clients', 'approvers')),
    proof_level text not null default 'none' check (proof_level in ('none', 'email', 'signed_in', 'card', 'password')),
    mailbox text not null check (mailbox ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    archived_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, mailbox)
);
create unique index departments_name on departments (tenant_id, name) where archived_at is null;
call isolate('departments');
grant select, insert, update on departments to {app};

create table mail_templates (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    name text not null,
    language text not null check (language in ('en', 'nl')),
    subject text not null check (length(subject) between 1 and 300),
    body text not null check (length(body) between 1 and 10000),
    primary key (tenant_id, id),
    unique (tenant_id, name, language)
);
call isolate('mail_templates');
grant select, insert, update, delete on mail_templates to {app};

-- ---------------------------------------------------------------- accounts: who signs in, and guests who wrote
create table accounts (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    kind text not null check (kind in ('member', 'contact', 'guest')),
    email text not null check (length(email) between 3 and 254 and email = lower(email)),
    name text not null check (length(name) between 1 and 200),
    language text check (language in ('en', 'nl')),
    password_hash text,
    disabled_at timestamptz,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, email)
);
call isolate('accounts');
grant select, insert, update on accounts to {app};

create table sessions (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    address text not null,
    user_agent text not null default '',
    primary key (tenant_id, id),
    unique (tenant_id, token_hash),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index sessions_account on sessions (tenant_id, account_id);
call isolate('sessions');
grant select, insert, update on sessions to {app};

create table members (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    role text not null check (role in ('agent', 'lead', 'admin', 'owner')),
    primary key (tenant_id, id),
    unique (tenant_id, account_id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
call isolate('members');
grant select, insert, update on members to {app};

create table department_members (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    department_id uuid not null,
    account_id uuid not null,
    primary key (tenant_id, id),
    unique (tenant_id, department_id, account_id),
    foreign key (tenant_id, department_id) references departments (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index department_members_account on department_members (tenant_id, account_id);
call isolate('department_members');
grant select, insert, update, delete on department_members to {app};

-- ---------------------------------------------------------------- clients
create table clients (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    number bigint not null,
    name text not null check (length(name) between 1 and 200),
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, number)
);
call isolate('clients');
-- The update is what lets the application lock the row; see verification.
grant select, insert, update on clients to {app};

create table contacts (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    client_id uuid not null,
    role text not null check (role in ('owner', 'may_approve', 'member')),
    primary key (tenant_id, id),
    unique (tenant_id, account_id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id),
    foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index contacts_client on contacts (tenant_id, client_id);
call isolate('contacts');
grant select, insert, update on contacts to {app};

create table services (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    client_id uuid not null,
    name text not null check (length(name) between 1 and 253),
    plan text not null default '',
    server text not null default '',
    primary key (tenant_id, id),
    foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index services_client on services (tenant_id, client_id);
call isolate('services');
grant select, insert, update, delete on services to {app};

-- The last four digits as a keyed hash; the key lies outside the database.
create table card_facts (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    client_id uuid not null,
    digits_hmac bytea not null check (length(digits_hmac) = 32),
    is_default boolean not null default true,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create unique index card_facts_default on card_facts (tenant_id, client_id) where is_default;
call isolate('card_facts');
grant select, insert, update, delete on card_facts to {app};

-- ---------------------------------------------------------------- intake
create table kinds (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    department_id uuid not null,
    name text not null check (length(name) between 1 and 200),
    description text not null default '' check (length(description) <= 2000),
    position integer not null,
    proof_level text not null default 'none' check (proof_level in ('none', 'email', 'signed_in', 'card', 'password')),
    archived_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, department_id) references departments (tenant_id, id)
);
create index kinds_department on kinds (tenant_id, department_id);
create unique index kinds_name on kinds (tenant_id, department_id, name) where archived_at is null;
call isolate('kinds');
grant select, insert, update on kinds to {app};

-- ---------------------------------------------------------------- tickets
create table tickets (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    number bigint not null,
    department_id uuid not null,
    kind_id uuid,
    client_id uuid,
    requester_id uuid not null,
    assignee_id uuid,
    policy_id uuid not null,
    follow_up_of uuid,
    subject text not null check (length(subject) between 1 and 200),
    status text not null check (length(status) between 1 and 40),
    meaning text not null check (meaning in ('new', 'open', 'waiting_for_client', 'on_hold', 'solved', 'closed')),
    urgency smallint not null default 3 check (urgency between 0 and 4), -- 0 critical ... 3 medium, 4 low
    channel text not null check (channel in ('portal', 'email', 'desk')),
    level text not null default 'none' check (level in ('none', 'email', 'signed_in', 'card', 'password', 'second_factor')),
    required_level text not null default 'none' check (required_level in ('none', 'email', 'signed_in', 'card', 'password', 'second_factor')),
    attestation_id uuid,
    tags text[] not null default '{}',
    opened_at timestamptz not null,
    waiting_since timestamptz,
    last_activity_at timestamptz not null,
    first_responded_at timestamptz,
    solved_at timestamptz,
    closed_at timestamptz,
    -- Fair order: those who wait before those who were answered, then urgency, portal before mail, longest wait first.
    queue_rank smallint not null generated always as (
        (case when waiting_since is null then 100 else 0 end) + urgency * 10 + (case channel when 'email' then 1 else 0 end)) stored,
    queue_since timestamptz not null generated always as (coalesce(waiting_since, last_activity_at)) stored,
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, department_id) references departments (tenant_id, id),
    foreign key (tenant_id, kind_id) references kinds (tenant_id, id),
    foreign key (tenant_id, client_id) references clients (tenant_id, id),
    foreign key (tenant_id, requester_id) references accounts (tenant_id, id),
    foreign key (tenant_id, assignee_id) references accounts (tenant_id, id),
    foreign key (tenant_id, policy_id) references lifecycle_policies (tenant_id, id),
    foreign key (tenant_id, follow_up_of) references tickets (tenant_id, id)
);
create index tickets_queue on tickets (tenant_id, department_id, queue_rank, queue_since, id) where meaning in ('new', 'open');
create index tickets_queue_all on tickets (tenant_id, queue_rank, queue_since, id) where meaning in ('new', 'open');
create index tickets_meaning on tickets (tenant_id, meaning, last_activity_at desc, id desc);
create index tickets_department on tickets (tenant_id, department_id, meaning, last_activity_at desc, id desc);
create index tickets_activity on tickets (tenant_id, last_activity_at desc, id desc);
create index tickets_assignee on tickets (tenant_id, assignee_id, meaning, queue_rank, queue_since, id);
create index tickets_client on tickets (tenant_id, client_id, last_activity_at desc, id desc);
create index tickets_requester on tickets (tenant_id, requester_id, last_activity_at desc, id desc);
create index tickets_follow_up on tickets (tenant_id, follow_up_of) where follow_up_of is not null;
call isolate('tickets');
grant select, insert, update on tickets to {app};

create table messages (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    ticket_id uuid not null,
    author_id uuid not null,
    side text not null check (side in ('client', 'staff')),
    kind text not null check (kind in ('message', 'note')),
    channel text not null check (channel in ('portal', 'email', 'desk')),
    body text not null check (length(body) between 1 and 50000),
    level text not null default 'none' check (level in ('none', 'email', 'signed_in', 'card', 'password', 'second_factor')),
    attestation_id uuid,
    at timestamptz not null,
    idempotency_key text check (length(idempotency_key) between 1 and 100),
    mail_message_id text,
    primary key (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id),
    foreign key (tenant_id, author_id) references accounts (tenant_id, id)
);
create index messages_ticket on messages (tenant_id, ticket_id, at, id);
create unique index messages_once on messages (tenant_id, author_id, idempotency_key) where idempotency_key is not null;
call isolate('messages');
grant select, insert on messages to {app};

create table timers (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    ticket_id uuid not null,
    step smallint not null check (step >= 0),
    action text not null check (action in ('remind', 'set_status')),
    due_at timestamptz not null,
    leased_until timestamptz,
    attempts integer not null default 0,
    done_at timestamptz,
    cancelled_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id)
);
create index timers_due on timers (due_at) where done_at is null and cancelled_at is null;
create index timers_ticket on timers (tenant_id, ticket_id) where done_at is null and cancelled_at is null;
call isolate('timers');
grant select, insert, update on timers to {app};

-- ---------------------------------------------------------------- verification
-- A try is committed before the secret is compared, so that none goes uncounted.
create table proof_attempts (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    client_id uuid not null,
    account_id uuid not null,
    method text not null check (method in ('card', 'password')),
    at timestamptz not null,
    address text not null,
    outcome text not null default 'pending' check (outcome in ('pending', 'passed', 'failed')),
    primary key (tenant_id, id),
    foreign key (tenant_id, client_id) references clients (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index proof_attempts_recent on proof_attempts (tenant_id, client_id, method, at);
call isolate('proof_attempts');
grant select, insert, update (outcome) on proof_attempts to {app};

-- A lock was lifted: tries before this moment count no longer.
create table proof_lifts (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    client_id uuid not null,
    method text not null check (method in ('card', 'password')),
    at timestamptz not null,
    account_id uuid not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, client_id) references clients (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index proof_lifts_recent on proof_lifts (tenant_id, client_id, method, at);
call isolate('proof_lifts');
grant select, insert on proof_lifts to {app};

create table attestations (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    client_id uuid,
    account_id uuid not null,
    method text not null check (method in ('email', 'signed_in', 'card', 'password')),
    level text not null check (level in ('email', 'signed_in', 'card', 'password', 'second_factor')),
    at timestamptz not null,
    address text not null,
    scope text not null check (scope in ('session', 'ticket', 'message')),
    session_id uuid,
    ticket_id uuid,
    message_id uuid,
    expires_at timestamptz,
    primary key (tenant_id, id),
    check ((scope = 'session') = (session_id is not null and expires_at is not null)),
    check (scope <> 'ticket' or ticket_id is not null),
    check (scope <> 'message' or message_id is not null),
    foreign key (tenant_id, client_id) references clients (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id),
    foreign key (tenant_id, session_id) references sessions (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id) deferrable initially deferred,
    foreign key (tenant_id, message_id) references messages (tenant_id, id) deferrable initially deferred
);
create index attestations_session on attestations (tenant_id, session_id, expires_at) where session_id is not null;
call isolate('attestations');
grant select, insert on attestations to {app};
alter table tickets add foreign key (tenant_id, attestation_id) references attestations (tenant_id, id) deferrable initially deferred;
alter table messages add foreign key (tenant_id, attestation_id) references attestations (tenant_id, id) deferrable initially deferred;

-- A mailed link. Its token is derived from the row's id with the secret key and stands nowhere.
create table one_time_links (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    purpose text not null check (purpose in ('lift_lock', 'set_password', 'prove')),
    account_id uuid not null,
    client_id uuid,
    ticket_id uuid,
    method text check (method in ('card', 'password')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id),
    foreign key (tenant_id, client_id) references clients (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id)
);
call isolate('one_time_links');
grant select, insert, update (used_at) on one_time_links to {app};

-- ---------------------------------------------------------------- events and their effects
create table events (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    type text not null,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('member', 'contact', 'guest', 'system')),
    actor_id uuid,
    ticket_id uuid,
    data jsonb not null default '{}',
    primary key (tenant_id, id),
    foreign key (tenant_id, actor_id) references accounts (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id)
);
create index events_ticket on events (tenant_id, ticket_id, at, id) where ticket_id is not null;
call isolate('events');
grant select, insert on events to {app};

create table deliveries (
    tenant_id uuid not null references tenants (id),
    event_id uuid not null,
    consumer text not null,
    attempts integer not null default 0,
    leased_until timestamptz,
    done_at timestamptz,
    last_error text,
    primary key (tenant_id, event_id, consumer),
    foreign key (tenant_id, event_id) references events (tenant_id, id)
);
-- The relay's way in: what is free now stands first. Live updates have a lane of their own.
create index deliveries_live on deliveries ((coalesce(leased_until, '-infinity')), event_id) where done_at is null and consumer = 'live';
create index deliveries_open on deliveries ((coalesce(leased_until, '-infinity')), event_id) where done_at is null and consumer <> 'live';
call isolate('deliveries');
grant select, insert, update on deliveries to {app};

-- ---------------------------------------------------------------- mail
create table outgoing_mails (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    event_id uuid not null,
    recipient text not null check (length(recipient) between 3 and 254),
    account_id uuid,
    ticket_id uuid,
    link_id uuid,
    ticket_message_id uuid,
    template text not null,
    language text not null check (language in ('en', 'nl')),
    mail_message_id text not null,
    state text not null default 'queued' check (state in ('queued', 'sent', 'refused')),
    attempts integer not null default 0,
    leased_until timestamptz,
    created_at timestamptz not null,
    sent_at timestamptz,
    last_error text,
    primary key (tenant_id, id),
    unique (tenant_id, event_id, recipient),
    foreign key (tenant_id, event_id) references events (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id),
    foreign key (tenant_id, link_id) references one_time_links (tenant_id, id),
    foreign key (tenant_id, ticket_message_id) references messages (tenant_id, id)
);
create index outgoing_mails_queued on outgoing_mails ((coalesce(leased_until, '-infinity')), id) where state = 'queued';
create index outgoing_mails_ticket on outgoing_mails (tenant_id, ticket_id);
-- How the mail of each message on a page fares: one look each, however many mails its ticket has.
create index outgoing_mails_message on outgoing_mails (tenant_id, ticket_message_id) where template in ('reply', 'receipt');
call isolate('outgoing_mails');
grant select, insert, update on outgoing_mails to {app};

create table incoming_mails (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    received_at timestamptz not null,
    sender text not null,
    recipient text not null,
    file_key text not null,
    digest bytea not null,
    mail_message_id text,
    -- 'received' until it is decided; a mail that comes again meanwhile is decided again, and its digest keeps it one.
    outcome text not null check (outcome in ('received', 'opened', 'replied', 'refused', 'unreadable')),
    reason text,
    ticket_id uuid,
    message_id uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id),
    foreign key (tenant_id, message_id) references messages (tenant_id, id)
);
create unique index incoming_mails_once on incoming_mails (tenant_id, recipient, digest);
call isolate('incoming_mails');
grant select, insert, update on incoming_mails to {app};

-- ---------------------------------------------------------------- search
-- A row per message. The vector carries a lexeme of its tenant, so that the index alone narrows to the tenant.
create table search_entries (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    ticket_id uuid not null,
    internal boolean not null,
    vector tsvector not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id)
);
create index search_entries_vector on search_entries using gin (vector);
call isolate('search_entries');
grant select, insert, update, delete on search_entries to {app};

create function tenant_lexeme(tenant uuid) returns text language sql immutable parallel safe
    as $$ select 'tenant' || replace(tenant::text, '-', '') $$;

create function search_vector(config regconfig, body text) returns tsvector language sql stable
    as $$ select array_to_tsvector(array[tenant_lexeme(current_tenant())]) || to_tsvector(config, body) $$;

-- Ids of the tickets of the bound tenant that match, newest first. Full-text operators are not leakproof, so under row
-- security they could not use the index; this function reads as the owner and narrows to the bound tenant by itself.
-- A query of stop words alone finds nothing.
create function search_tickets(config regconfig, words text, staff boolean, for_client uuid, for_account uuid, before uuid, most integer)
    returns table (ticket_id uuid) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select distinct s.ticket_id
      from search_entries s
     where numnode(to_tsquery(config, words)) > 0
       and s.vector @@ (tenant_lexeme(current_tenant())::tsquery && to_tsquery(config, words))
       and s.tenant_id = current_tenant()
       and (staff or not s.internal)
       and (before is null or s.ticket_id < before)
       and (staff or exists (select 1 from tickets t where t.tenant_id = s.tenant_id and t.id = s.ticket_id
                             and (t.client_id = for_client or t.requester_id = for_account)))
     order by s.ticket_id desc
     limit most
$$;

-- ---------------------------------------------------------------- the way in, before a tenant is known
create function tenant_by_host(wanted text) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$ select tenant_id from host_names where host = wanted $$;
create function tenant_by_mail_domain(wanted text) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$ select id from tenants where mail_domain = wanted $$;
