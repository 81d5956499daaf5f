-- Where more is due than can be taken, the tenants take turns: the claim steps from tenant to tenant along these.
create index timers_turns on timers (tenant_id, due_at) where done_at is null and cancelled_at is null;
create index deliveries_turns on deliveries (tenant_id, (coalesce(leased_until, '-infinity')), event_id)
    where done_at is null and consumer <> 'live';
create index outgoing_mails_turns on outgoing_mails (tenant_id, (coalesce(leased_until, '-infinity')), id) where state = 'queued';

-- No index holds the lease of a timer: with room on its page a claim writes no index at all. That halves the sweep, and a
-- hundred times as many timers pending cost it nothing.
alter table timers set (fillfactor = 80);

-- What is done stays in the indexes of what waits until a vacuum: after a hundred thousand deliveries a claim takes three
-- times as long. The usual fifth of the table would be far more, and few dead rows would leave the indexes as they are.
alter table timers set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, vacuum_index_cleanup = on);
alter table deliveries set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, vacuum_index_cleanup = on);
alter table outgoing_mails set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, vacuum_index_cleanup = on);
