-- Where more is due than can be taken, the tenants take turns: the claim steps from tenant to tenant along these.
create index timers_turns on timers (tenant_id, due_at) where done_at is null and cancelled_at is null;
create index deliveries_turns on deliveries (tenant_id, (coalesce(leased_until, '-infinity')), event_id)
    where done_at is null and consumer <> 'live';
create index outgoing_mails_turns on outgoing_mails (tenant_id, (coalesce(leased_until, '-infinity')), id) where state = 'queued';
