-- A step of a ladder may tag by itself, and may be paused: then it has no moment, but hours that are left of its way.
-- What counts them (every hour, or opening hours alone) is said by the step of the policy.
alter table timers alter column due_at drop not null,
    add column hours_left double precision check (hours_left >= 0),
    add constraint timers_paused_check check ((due_at is null) = (hours_left is not null));
alter table timers drop constraint timers_action_check,
    add constraint timers_action_check check (action in ('remind', 'set_status', 'tag', 'destroy_secret'));

-- Since when the ladder of the ticket's status counts: a newer version of the policy counts from there too.
alter table tickets add column ladder_since timestamptz;

-- A policy is never changed: an edit makes the next version, and an open ticket keeps the one that it was promised.
alter table lifecycle_policies add column created_by uuid,
    add foreign key (tenant_id, created_by) references accounts (tenant_id, id);
create unique index lifecycle_policies_version on lifecycle_policies (tenant_id, version);

-- Open tickets that are to take another version: planned, shown, then done as shown.
create table change_overs (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    policy_id uuid not null,
    by_id uuid not null,
    planned_at timestamptz not null,
    began_at timestamptz,
    ended_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, policy_id) references lifecycle_policies (tenant_id, id),
    foreign key (tenant_id, by_id) references accounts (tenant_id, id)
);
create index change_overs_recent on change_overs (tenant_id, planned_at desc, id desc);
create unique index change_overs_one on change_overs (tenant_id) where began_at is not null and ended_at is null;
call isolate('change_overs');
grant select, insert, update (began_at, ended_at) on change_overs to {app};

create table change_over_tickets (
    tenant_id uuid not null references tenants (id),
    change_over_id uuid not null,
    ticket_id uuid not null,
    number bigint not null,
    stood text not null, -- a digest of how the ticket stood; where it stands otherwise when its turn comes, it is left alone
    status text not null,
    to_status text not null,
    closes_at timestamptz,
    to_closes_at timestamptz,
    timers jsonb not null, -- what is pending afterwards
    outcome text check (outcome in ('done', 'changed')),
    primary key (tenant_id, change_over_id, number),
    foreign key (tenant_id, change_over_id) references change_overs (tenant_id, id),
    foreign key (tenant_id, ticket_id) references tickets (tenant_id, id)
);
create index change_over_tickets_due on change_over_tickets (tenant_id, change_over_id, number) where outcome is null;
call isolate('change_over_tickets');
grant select, insert, update (outcome) on change_over_tickets to {app};
