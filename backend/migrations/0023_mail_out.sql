-- An answer of the staff that has not left yet: it becomes a message when its timer is due, unless it is taken back.
create table waiting_replies (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    ticket_id uuid not null,
    author_id uuid not null,
    -- Text and secrets are gone when it has left or was taken back; what left is the message.
    body text,
    sealed bytea,
    status text not null,
    without_proof text,
    attachments uuid[] not null default '{}',
    idempotency_key text,
    -- The last that the client's side had written: what comes after it keeps the answer back.
    after_id uuid,
    state text not null default 'waiting' check (state in ('waiting', 'stopped', 'left', 'taken_back')),
    stopped_because text,
    message_id uuid,
    made_at timestamptz not null,
    leaves_at timestamptz not null,
    ended_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id),
    foreign key (tenant_id, author_id) references accounts (tenant_id, id),
    foreign key (tenant_id, after_id) references messages (tenant_id, id),
    foreign key (tenant_id, message_id) references messages (tenant_id, id),
    check ((state = 'stopped') = (stopped_because is not null)),
    check ((state in ('waiting', 'stopped')) = (body is not null)),
    check ((state = 'left') = (message_id is not null))
);
create unique index waiting_replies_once on waiting_replies (tenant_id, author_id, idempotency_key) where state <> 'taken_back';
create index waiting_replies_ticket on waiting_replies (tenant_id, ticket_id) where state in ('waiting', 'stopped');
call isolate('waiting_replies');
grant select, insert, update on waiting_replies to {app};

alter table timers add column reply_id uuid,
    add foreign key (tenant_id, reply_id) references waiting_replies (tenant_id, id),
    drop constraint timers_action_check,
    add constraint timers_action_check check
        (action in ('remind', 'set_status', 'tag', 'destroy_secret', 'warn', 'breach', 'send_reply')),
    add constraint timers_reply_check check ((action = 'send_reply') = (reply_id is not null));

-- Seconds that an answer of the staff waits; none: it leaves at once.
alter table tenants add column reply_wait_seconds integer not null default 10 check (reply_wait_seconds between 0 and 60);
grant update (reply_wait_seconds) on tenants to {app};
