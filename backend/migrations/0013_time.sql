-- When people are there: the company's hours (no department), and those of departments that have their own.
-- A row is never changed but to say that another has taken its place: what was counted by it can be told later.
create table calendars (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    department_id uuid,
    definition jsonb not null,
    created_at timestamptz not null,
    replaced_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, department_id) references departments (tenant_id, id)
);
create unique index calendars_current on calendars (tenant_id, department_id) nulls not distinct where replaced_at is null;
call isolate('calendars');
grant select, insert, update (replaced_at) on calendars to {app};

-- Within what time an answer and a solution are promised; laid out as the hours are.
create table targets (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    department_id uuid,
    definition jsonb not null,
    created_at timestamptz not null,
    replaced_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, department_id) references departments (tenant_id, id)
);
create unique index targets_current on targets (tenant_id, department_id) nulls not distinct where replaced_at is null;
call isolate('targets');
grant select, insert, update (replaced_at) on targets to {app};

-- How far each promise to a ticket has run, and, where one is in danger or missed, when the first of those is due.
alter table tickets
    add column clocks jsonb,
    add column breach_at timestamptz;
create index tickets_breach on tickets (tenant_id, breach_at, id) include (department_id, assignee_id) where breach_at is not null;
alter table timers drop constraint timers_action_check,
    add constraint timers_action_check check (action in ('remind', 'set_status', 'tag', 'destroy_secret', 'warn', 'breach'));

-- A mail about a timer brings its answers: each a link for that person, that ticket and that one thing.
alter table one_time_links drop constraint one_time_links_purpose_check,
    add constraint one_time_links_purpose_check check
    (purpose in ('lift_lock', 'set_password', 'prove', 'sign_in', 'reset_password', 'guest_access', 'keep_open', 'close_now'));
alter table outgoing_mails
    add column keep_link_id uuid,
    add column close_link_id uuid,
    add foreign key (tenant_id, keep_link_id) references one_time_links (tenant_id, id),
    add foreign key (tenant_id, close_link_id) references one_time_links (tenant_id, id);
