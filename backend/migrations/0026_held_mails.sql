-- Mails of strangers that name an open ticket stand beside it until somebody of the staff decides.
create table held_mails (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    ticket_id uuid not null,
    at timestamptz not null,
    email text not null,
    name text not null,
    subject text not null,
    body text not null,
    named_by text not null check (named_by in ('address', 'thread', 'subject')),
    authenticated boolean not null,
    state text not null default 'held' check (state in ('held', 'added', 'opened', 'discarded')),
    decided_at timestamptz,
    decided_by uuid,
    primary key (tenant_id, id),
    -- Its id is that of the mail.
    foreign key (tenant_id, id) references incoming_mails (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id),
    foreign key (tenant_id, decided_by) references accounts (tenant_id, id)
);
create index held_mails_ticket on held_mails (tenant_id, ticket_id) where state = 'held';
call isolate('held_mails');
grant select, insert, update on held_mails to {app};

-- Who gets copies of the answers from `since` on, because a mail of the client's side was to them as well.
create table ticket_copies (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    ticket_id uuid not null,
    account_id uuid not null,
    since timestamptz not null,
    removed_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create unique index ticket_copies_once on ticket_copies (tenant_id, ticket_id, account_id);
call isolate('ticket_copies');
grant select, insert, update on ticket_copies to {app};

create index messages_mail_message_id on messages (tenant_id, mail_message_id) where mail_message_id is not null;
create index outgoing_mails_message_id on outgoing_mails (tenant_id, mail_message_id);
