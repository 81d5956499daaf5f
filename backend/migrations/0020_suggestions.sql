-- What a company's own tickets have taught about where requests belong: words that several people used, and no more.
create table suggestion_models (
    tenant_id uuid not null references tenants (id),
    id text not null check (id = 'tickets'),
    trained_at timestamptz not null,
    tickets integer not null check (tickets >= 0),
    learnt jsonb not null,
    primary key (tenant_id, id)
);
create index suggestion_models_due on suggestion_models (trained_at);
call isolate('suggestion_models');
grant select, insert, update on suggestion_models to {app};
