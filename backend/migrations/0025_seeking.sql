-- Tickets for which rules found nobody: they are sought for again until somebody is available (FIELD.md B4).
-- `sought_as` is what had happened when nobody was found, `sought_at` when a search last found nobody.
alter table tickets add column sought_as text check (sought_as in ('opened', 'replied', 'transferred', 'changed')),
    add column sought_at timestamptz;
create index tickets_seeking on tickets (tenant_id, department_id, category, queue_rank, queue_since, id)
    where sought_as is not null and assignee_id is null and meaning in ('new', 'open');
