-- Attestations become a chain for each tenant: a row cannot be altered, left out, moved or cut off without a trace.
-- What names a person lies in a row of its own, which can be erased with its salt, and the chain still verifies.
-- The processes of before cannot write attestations in this shape: stop them before this one.

-- ---------------------------------------------------------------- the encoding, as in backend/verification/chain.py
-- A field is its length in four bytes, big end first, and its bytes; one that is missing is the length ffffffff alone.
create function chain_field(field bytea) returns bytea language sql immutable parallel safe
    as $$ select coalesce(int4send(length(field)) || field, '\xffffffff') $$;

create function chain_time(moment timestamptz) returns bytea language sql immutable parallel safe
    as $$ select int8send((extract(epoch from moment at time zone 'UTC') * 1000000)::bigint) $$;

create function attestation_commitment(salt bytea, account_id uuid, address text) returns bytea
    language sql immutable parallel safe as $$
    select sha256(salt || chain_field('countersign person 1') || chain_field(uuid_send(account_id))
                       || chain_field(convert_to(address, 'UTF8')))
$$;

create function attestation_core(tenant_id uuid, sequence bigint, id uuid, client_id uuid, method text, level text,
                                 at timestamptz, scope text, session_id uuid, ticket_id uuid, message_id uuid,
                                 expires_at timestamptz, recorded_by uuid, commitment bytea) returns bytea
    language sql immutable parallel safe as $$
    select chain_field('countersign attestation 1') || chain_field(uuid_send(tenant_id)) || chain_field(int8send(sequence))
        || chain_field(uuid_send(id)) || chain_field(uuid_send(client_id)) || chain_field(convert_to(method, 'UTF8'))
        || chain_field(convert_to(level, 'UTF8')) || chain_field(chain_time(at)) || chain_field(convert_to(scope, 'UTF8'))
        || chain_field(uuid_send(session_id)) || chain_field(uuid_send(ticket_id)) || chain_field(uuid_send(message_id))
        || chain_field(chain_time(expires_at)) || chain_field(uuid_send(recorded_by)) || chain_field(commitment)
$$;

create function attestation_next_link(link bytea, head bytea, core bytea) returns bytea language sql immutable parallel safe
    as $$ select sha256(coalesce(link, head) || core) $$;

-- Over rows in their order: the link of each, beginning after the link of the head.
create aggregate attestation_chain(head bytea, core bytea) (sfunc = attestation_next_link, stype = bytea);

-- ---------------------------------------------------------------- the rows that there are
create table attestation_heads (
    tenant_id uuid not null references tenants (id),
    id text not null check (id = 'attestations'),
    sequence bigint not null check (sequence >= 0),
    link bytea not null check (length(link) = 32),
    exported_on date,
    primary key (tenant_id, id)
);
call isolate('attestation_heads');
grant select, insert, update (sequence, link) on attestation_heads to {app};

create table attestation_persons (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    address text not null,
    salt bytea not null check (length(salt) = 32),
    primary key (tenant_id, id),
    foreign key (tenant_id, id) references attestations (tenant_id, id),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index attestation_persons_account on attestation_persons (tenant_id, account_id);
call isolate('attestation_persons');
grant select, insert on attestation_persons to {app};
revoke update on attestation_persons from {system};

insert into attestation_persons (tenant_id, id, account_id, address, salt)
select tenant_id, id, account_id, address, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) from attestations;

alter table attestations
    add column sequence bigint,
    add column recorded_by uuid,
    add column commitment bytea,
    add column link bytea;

with numbered as (
    select a.tenant_id, a.id, row_number() over (partition by a.tenant_id order by a.at, a.id) as sequence,
           attestation_commitment(p.salt, p.account_id, p.address) as commitment
      from attestations a join attestation_persons p on p.tenant_id = a.tenant_id and p.id = a.id
), linked as (
    select a.tenant_id, a.id, n.sequence, n.commitment,
           attestation_chain(decode(repeat('00', 32), 'hex'),
                             attestation_core(a.tenant_id, n.sequence, a.id, a.client_id, a.method, a.level, a.at, a.scope,
                                              a.session_id, a.ticket_id, a.message_id, a.expires_at, a.recorded_by,
                                              n.commitment))
               over (partition by a.tenant_id order by n.sequence) as link
      from attestations a join numbered n on n.tenant_id = a.tenant_id and n.id = a.id
)
update attestations a set sequence = l.sequence, commitment = l.commitment, link = l.link
  from linked l where l.tenant_id = a.tenant_id and l.id = a.id;

insert into attestation_heads (tenant_id, id, sequence, link)
select distinct on (tenant_id) tenant_id, 'attestations', sequence, link from attestations order by tenant_id, sequence desc;

set constraints all immediate;

-- A session is the person's own and can be erased; its id here then names nothing. So it is no foreign key.
alter table attestations
    alter column sequence set not null,
    alter column commitment set not null,
    alter column link set not null,
    add unique (tenant_id, sequence),
    add check (sequence > 0),
    add check (length(commitment) = 32),
    add check (length(link) = 32),
    add check ((method = 'pin') = (recorded_by is not null)),
    add foreign key (tenant_id, recorded_by) references accounts (tenant_id, id),
    drop constraint attestations_tenant_id_session_id_fkey,
    drop column account_id,
    drop column address;
revoke update, delete on attestations from {system};
