-- A try whose secret could not be compared is given back.
alter table proof_attempts drop constraint proof_attempts_outcome_check,
    add constraint proof_attempts_outcome_check check (outcome in ('pending', 'passed', 'failed', 'void'));

-- What staff may not do with a ticket below the level that it needs: take these statuses, go to these departments.
alter table tenants add column held_statuses text[] not null default '{}';
grant update (held_statuses) on tenants to {app};
alter table departments add column holds_transfers boolean not null default false;

-- Who was asked for proof about a ticket, and how often of late for a client.
create index one_time_links_ticket on one_time_links (tenant_id, ticket_id) where purpose = 'prove';
create index one_time_links_client on one_time_links (tenant_id, client_id, created_at) where purpose = 'prove';
