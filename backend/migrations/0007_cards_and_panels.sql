-- Where a company's card facts come from, what asks its hosting panel, and the tokens of its own programs.

-- ---------------------------------------------------------------- programs
-- A token of a program of the company's, such as its billing system; the token itself is shown once and stands nowhere.
create table api_tokens (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    name text not null check (length(name) between 1 and 100),
    token_hash bytea not null check (length(token_hash) = 32),
    scopes text[] not null check (scopes <@ '{cards}' and cardinality(scopes) > 0),
    created_by uuid,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, token_hash),
    foreign key (tenant_id, created_by) references accounts (tenant_id, id)
);
call isolate('api_tokens');
grant select, insert, update (last_used_at, revoked_at) on api_tokens to {app};

-- ---------------------------------------------------------------- cards
-- The company's own Stripe account: key and signing secret sealed under the company's keys. One at most.
create table stripe_connections (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    key_sealed bytea not null,
    key_last_four text not null check (length(key_last_four) = 4),
    secret_sealed bytea,
    match_by_email boolean not null,
    connected_at timestamptz not null,
    last_webhook_at timestamptz,
    sync_due_at timestamptz not null,
    sync_started_at timestamptz,
    sync_after text,
    synced_at timestamptz,
    problem text check (problem in ('stripe_key_refused', 'stripe_key_lacks', 'stripe_away')),
    leased_until timestamptz,
    attempts integer not null default 0,
    primary key (tenant_id, id),
    unique (tenant_id)
);
create index stripe_connections_due on stripe_connections (sync_due_at);
call isolate('stripe_connections');
grant select, insert, update, delete on stripe_connections to {app};

-- Which customer at Stripe pays for which client. What was asked of Stripe later wins over what was asked earlier.
create table billing_customers (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    client_id uuid not null,
    customer text not null check (length(customer) between 1 and 255),
    linked_by text not null check (linked_by in ('hand', 'number', 'email')),
    asked_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, client_id),
    unique (tenant_id, customer),
    foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
call isolate('billing_customers');
grant select, insert, update, delete on billing_customers to {app};

-- What a payment provider told of. The row is the queue; it keeps whom it is about, and nothing else of the payload.
create table webhook_events (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    provider text not null check (provider in ('stripe')),
    external_id text not null check (length(external_id) between 1 and 255),
    type text not null check (length(type) between 1 and 100),
    customer text check (length(customer) between 1 and 255),
    received_at timestamptz not null,
    outcome text check (outcome in ('applied', 'unknown', 'ignored')),
    attempts integer not null default 0,
    leased_until timestamptz,
    done_at timestamptz,
    last_error text,
    primary key (tenant_id, id),
    unique (tenant_id, provider, external_id)
);
create index webhook_events_open on webhook_events ((coalesce(leased_until, '-infinity')), id) where done_at is null;
call isolate('webhook_events');
grant select, insert, update, delete on webhook_events to {app};

-- ---------------------------------------------------------------- hosting panels
-- The panel that knows the clients' account passwords, and what we show it to be believed. One at most.
create table panel_connections (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    panel text not null check (panel in ('whmcs', 'generic')),
    url text not null check (length(url) between 1 and 500),
    sealed bytea not null,
    use_for text not null check (use_for in ('portal', 'panel', 'both')),
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id)
);
call isolate('panel_connections');
grant select, insert, update, delete on panel_connections to {app};
