-- Keys of the tenants, wrapped by the master key, which lies outside the database.
create table tenant_keys (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    wrapped bytea not null,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);
call isolate('tenant_keys');
grant select, insert, update (wrapped) on tenant_keys to {app};

-- Every way of proving that there is.
alter table proof_attempts drop constraint proof_attempts_method_check,
    add constraint proof_attempts_method_check check (method in ('card', 'password', 'totp', 'passkey', 'pin'));
alter table proof_lifts drop constraint proof_lifts_method_check,
    add constraint proof_lifts_method_check check (method in ('card', 'password', 'totp', 'passkey', 'pin'));
alter table attestations drop constraint attestations_method_check,
    add constraint attestations_method_check
    check (method in ('email', 'signed_in', 'card', 'password', 'totp', 'passkey', 'pin'));
alter table one_time_links drop constraint one_time_links_method_check,
    add constraint one_time_links_method_check check (method in ('card', 'password', 'totp', 'passkey', 'pin'));
alter table one_time_links drop constraint one_time_links_purpose_check,
    add constraint one_time_links_purpose_check
    check (purpose in ('lift_lock', 'set_password', 'prove', 'sign_in', 'reset_password', 'guest_access'));

-- A company switches ways of proving on and off; that somebody is signed in needs no switch.
alter table tenants add column proof_methods text[] not null default '{email,card,password,totp,passkey,pin}'
    check (proof_methods <@ '{email,card,password,totp,passkey,pin}');
grant update (proof_methods) on tenants to {app};
