-- Digits that a client reads out on the telephone. They are kept as a keyed hash; the key lies outside the database.
create table support_pins (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    client_id uuid not null,
    account_id uuid not null,
    digits_hmac bytea not null check (length(digits_hmac) = 32),
    level text not null check (level in ('signed_in', 'card', 'password', 'second_factor')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz, -- it was used, or a newer one of the same contact took its place
    primary key (tenant_id, id),
    foreign key (tenant_id, client_id) references clients (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index support_pins_good on support_pins (tenant_id, client_id, expires_at) where ended_at is null;
create index support_pins_account on support_pins (tenant_id, account_id, created_at);
call isolate('support_pins');
grant select, insert, update (ended_at) on support_pins to {app};
