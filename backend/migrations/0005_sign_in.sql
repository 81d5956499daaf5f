-- Safe sign-in: sessions that can be seen and ended, second factors, guests who read their own requests.

alter table tenants add column staff_second_factor boolean not null default false;
grant update (staff_second_factor) on tenants to {app};

-- How a session came about, when it was last used, and when its owner last typed a password or a second factor.
alter table sessions
    add column kind text not null default 'full' check (kind in ('full', 'guest')),
    add column made_by text not null default 'password'
        check (made_by in ('password', 'second_factor', 'passkey', 'link', 'access_code')),
    add column last_seen_at timestamptz not null default now(),
    add column stepped_up_at timestamptz;

-- The browsers from which an account has signed in: each has a cookie that outlives its sessions.
create table known_browsers (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    token_hash bytea not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, account_id, token_hash),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
call isolate('known_browsers');
grant select, insert, update (last_seen_at) on known_browsers to {app};

-- The right password was typed and a second factor is due. It stands for minutes and is no session.
create table first_steps (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    token_hash bytea not null,
    made_by text not null check (made_by in ('password', 'link')),
    tries integer not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, token_hash),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index first_steps_account on first_steps (tenant_id, account_id, created_at);
call isolate('first_steps');
grant select, insert, update (tries, used_at) on first_steps to {app};

-- The secret of an authenticator app, sealed; `last_step` is the latest time step whose code was taken.
create table totp_secrets (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    sealed bytea not null,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint,
    primary key (tenant_id, id),
    unique (tenant_id, account_id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
call isolate('totp_secrets');
grant select, insert, update (confirmed_at, last_step), delete on totp_secrets to {app};

create table passkeys (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    name text not null check (length(name) between 1 and 100),
    credential_id bytea not null,
    public_key bytea not null,
    sign_count bigint not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, credential_id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index passkeys_account on passkeys (tenant_id, account_id);
call isolate('passkeys');
grant select, insert, update (sign_count, last_used_at), delete on passkeys to {app};

-- What a passkey is asked to sign: once, within minutes, by whoever it was handed to (`holder` is a keyed hash).
create table passkey_challenges (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    purpose text not null check (purpose in ('register', 'sign_in', 'second_step', 'step_up', 'prove')),
    holder bytea not null,
    origin text not null,
    challenge bytea not null,
    expires_at timestamptz not null,
    primary key (tenant_id, id)
);
create index passkey_challenges_holder on passkey_challenges (tenant_id, holder);
create index passkey_challenges_expired on passkey_challenges (tenant_id, expires_at);
call isolate('passkey_challenges');
grant select, insert, delete on passkey_challenges to {app};

create table recovery_codes (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    code_hash bytea not null,
    created_at timestamptz not null,
    used_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, account_id, code_hash),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
call isolate('recovery_codes');
grant select, insert, update (used_at), delete on recovery_codes to {app};

-- An access code of someone without an account. The code is derived from the row with the secret key and stands nowhere.
create table access_codes (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    salt bytea not null,
    created_at timestamptz not null,
    lapsed_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create unique index access_codes_current on access_codes (tenant_id, account_id) where lapsed_at is null;
call isolate('access_codes');
grant select, insert, update (lapsed_at) on access_codes to {app};

alter table outgoing_mails
    add column session_id uuid,
    add column access_code_id uuid,
    add foreign key (tenant_id, session_id) references sessions (tenant_id, id),
    add foreign key (tenant_id, access_code_id) references access_codes (tenant_id, id);
