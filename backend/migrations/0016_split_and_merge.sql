-- Messages move from ticket to ticket: split off into a new one, or merged into another. None is ever copied.
alter table tickets
    add column split_from uuid,
    add column merged_into uuid,
    add foreign key (tenant_id, split_from) references tickets (tenant_id, id),
    add foreign key (tenant_id, merged_into) references tickets (tenant_id, id),
    add check (merged_into is null or (merged_into <> id and meaning = 'closed'));
create index tickets_split_from on tickets (tenant_id, split_from) where split_from is not null;
create index tickets_merged_into on tickets (tenant_id, merged_into) where merged_into is not null;

-- A message changes its ticket and nothing else of it.
grant update (ticket_id) on messages to {app};
create index incoming_mails_message on incoming_mails (tenant_id, message_id) where message_id is not null;

-- What moved, and how both tickets were before and after it: what an undo needs to put back exactly that.
create table ticket_moves (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    kind text not null check (kind in ('split', 'merge')),
    from_id uuid not null,
    to_id uuid not null,
    moved_by uuid,
    moved_at timestamptz not null,
    undone_at timestamptz,
    kept jsonb not null,
    primary key (tenant_id, id),
    check (from_id <> to_id),
    foreign key (tenant_id, from_id) references tickets (tenant_id, id),
    foreign key (tenant_id, to_id) references tickets (tenant_id, id),
    foreign key (tenant_id, moved_by) references accounts (tenant_id, id)
);
create unique index ticket_moves_split on ticket_moves (tenant_id, to_id) where kind = 'split' and undone_at is null;
create unique index ticket_moves_merge on ticket_moves (tenant_id, from_id) where kind = 'merge' and undone_at is null;
create index ticket_moves_to on ticket_moves (tenant_id, to_id, id);
call isolate('ticket_moves');
grant select, insert, update (undone_at) on ticket_moves to {app};

-- Where a ticket goes on: itself, or the end of its chain of merges. The verbs make no circle; the bound is a last one.
create function goes_on_in(ticket uuid) returns uuid language sql stable as $$
    with recursive way as (
        select t.id, t.merged_into, 1 as step from tickets t where t.tenant_id = current_tenant() and t.id = ticket
        union all
        select t.id, t.merged_into, w.step + 1
          from way w join tickets t on t.tenant_id = current_tenant() and t.id = w.merged_into
         where w.step < 1000
    )
    select id from way where merged_into is null
$$;

-- What was proved about a ticket, for the one that keeps a part of its messages.
create index attestations_ticket on attestations (tenant_id, ticket_id) where ticket_id is not null;
