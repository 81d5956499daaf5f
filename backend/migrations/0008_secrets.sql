-- Sealed secrets: each under a key of its own, which is destroyed with it.
create table secret_questions (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    kind_id uuid not null,
    label text not null check (length(label) between 1 and 120),
    required boolean not null,
    position integer not null,
    archived_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, kind_id) references kinds (tenant_id, id)
);
create index secret_questions_kind on secret_questions (tenant_id, kind_id, position) where archived_at is null;
call isolate('secret_questions');
grant select, insert, update on secret_questions to {app};

create table secrets (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    ticket_id uuid not null,
    message_id uuid,
    question_id uuid,
    label text not null check (length(label) between 1 and 120),
    source text not null check (source in ('asked', 'form', 'message', 'mail')),
    state text not null check (state in ('asked', 'sent', 'destroyed')),
    -- Whose secret it is: the other side reads it.
    side text not null check (side in ('client', 'staff')),
    ciphertext bytea,
    -- Where the mail lies that it was masked in, as it came.
    file_key text,
    asked_by uuid,
    asked_at timestamptz,
    sent_by uuid,
    sent_at timestamptz,
    viewed_by uuid,
    viewed_at timestamptz,
    views integer not null default 0,
    destroyed_at timestamptz,
    destroyed_because text check (destroyed_because in ('closed', 'expired', 'by_hand')),
    primary key (tenant_id, id),
    check ((state = 'sent') = (ciphertext is not null)),
    check ((state = 'destroyed') = (destroyed_at is not null and destroyed_because is not null)),
    check (state <> 'sent' or (sent_by is not null and sent_at is not null)),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id),
    foreign key (tenant_id, message_id) references messages (tenant_id, id),
    foreign key (tenant_id, question_id) references secret_questions (tenant_id, id),
    foreign key (tenant_id, asked_by) references accounts (tenant_id, id),
    foreign key (tenant_id, sent_by) references accounts (tenant_id, id),
    foreign key (tenant_id, viewed_by) references accounts (tenant_id, id)
);
create index secrets_ticket on secrets (tenant_id, ticket_id, id);
call isolate('secrets');
grant select, insert, update on secrets to {app};

-- The key of one secret, wrapped by a key of its tenant. A backup leaves these rows out: see infra/deploy.
create table secret_keys (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    wrapped bytea not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, id) references secrets (tenant_id, id)
);
call isolate('secret_keys');
grant select, insert, delete on secret_keys to {app};

alter table tenants add column secret_days integer not null default 30 check (secret_days between 1 and 365);
grant update (secret_days) on tenants to {app};

-- A secret that nobody destroyed before goes by a timer of its ticket.
alter table timers add column secret_id uuid,
    add foreign key (tenant_id, secret_id) references secrets (tenant_id, id);
alter table timers drop constraint timers_action_check,
    add constraint timers_action_check check (action in ('remind', 'set_status', 'destroy_secret')),
    add constraint timers_secret_check check ((action = 'destroy_secret') = (secret_id is not null));
