-- What only thanks (FIELD.md A10): a message that was kept without reopening its ticket, or the button "Thanks, all fine".
create table thanks (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    ticket_id uuid not null,
    message_id uuid check (message_id = id),
    author_id uuid not null,
    channel text not null check (channel in ('portal', 'email')),
    at timestamptz not null,
    status text not null,
    avoided boolean not null,
    minutes integer not null check (minutes >= 0),
    undone_at timestamptz,
    undone_by uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id),
    foreign key (tenant_id, message_id) references messages (tenant_id, id),
    foreign key (tenant_id, author_id) references accounts (tenant_id, id),
    foreign key (tenant_id, undone_by) references accounts (tenant_id, id),
    check ((undone_at is null) or message_id is not null)
);
create index thanks_lately on thanks (tenant_id, at desc, id desc);
create index thanks_avoided on thanks (tenant_id, at) include (minutes) where avoided and undone_at is null;
call isolate('thanks');
grant select, insert, update (undone_at, undone_by) on thanks to {app};

-- Since when the client's side says that all is fine; a further message of theirs takes it back.
alter table tickets add column satisfied_at timestamptz;

-- How long a reopening that only thanks would have cost; what the review counts by.
alter table tenants add column thanks_minutes integer not null default 5 check (thanks_minutes between 0 and 240);
grant update (thanks_minutes) on tenants to {app};
