-- A mail that comes in is stored with its row first, and read by whoever leases the row. `attempts` counts leases, `tries` how
-- often somebody began on it: what ends its reader time and again is put aside with a reason, and stops nobody behind it.
alter table incoming_mails drop constraint incoming_mails_outcome_check;
alter table incoming_mails
    add constraint incoming_mails_outcome_check
        check (outcome in ('received', 'opened', 'replied', 'held', 'repeated', 'refused', 'unreadable')),
    add column size bigint not null default 0,
    add column peer text not null default '',
    add column helo text not null default '',
    add column authserv_id text not null default '',
    add column attempts integer not null default 0,
    add column tries integer not null default 0,
    add column leased_until timestamptz,
    add column subject text not null default '',
    add column spf text,
    add column dkim text,
    add column dmarc text,
    add column arc text;
create index incoming_mails_free on incoming_mails ((coalesce(leased_until, '-infinity')), id) where outcome = 'received';
create index incoming_mails_turns on incoming_mails (tenant_id, (coalesce(leased_until, '-infinity')), id)
    where outcome = 'received';
create index incoming_mails_unreadable on incoming_mails (tenant_id, id) where outcome = 'unreadable';
create index incoming_mails_digest on incoming_mails (tenant_id, digest);
