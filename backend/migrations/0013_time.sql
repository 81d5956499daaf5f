-- When people are there: the company's hours (no department), and those of departments that have their own.
-- A change gives the row a new id, by which each process knows what it has read.
create table calendars (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    department_id uuid,
    definition jsonb not null,
    changed_at timestamptz not null,
    primary key (tenant_id, id),
    unique nulls not distinct (tenant_id, department_id),
    foreign key (tenant_id, department_id) references departments (tenant_id, id)
);
call isolate('calendars');
grant select, insert, update, delete on calendars to {app};

-- Within what time an answer and a solution are promised; laid out as the hours are.
create table targets (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    department_id uuid,
    definition jsonb not null,
    changed_at timestamptz not null,
    primary key (tenant_id, id),
    unique nulls not distinct (tenant_id, department_id),
    foreign key (tenant_id, department_id) references departments (tenant_id, id)
);
call isolate('targets');
grant select, insert, update, delete on targets to {app};
