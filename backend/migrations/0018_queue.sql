-- How many tickets are in each view of the queue. Every change of a ticket adds rows, and rows that say the same thing are
-- now and then added up by whoever comes along: nobody waits for anybody, and the sum is always right.
create table queue_counts (
    tenant_id uuid not null references tenants (id),
    id uuid not null default gen_random_uuid(),
    department_id uuid not null,
    view text not null check (view in ('waiting', 'waiting_for_client', 'on_hold', 'solved')),
    assignee_id uuid,
    tickets integer not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, department_id) references departments (tenant_id, id),
    foreign key (tenant_id, assignee_id) references accounts (tenant_id, id)
);
create index queue_counts_department on queue_counts (tenant_id, department_id);
call isolate('queue_counts');
grant select, insert, update, delete on queue_counts to {app};

create function queue_view(meaning text) returns text language sql immutable parallel safe as $$
    select case when meaning in ('new', 'open') then 'waiting' when meaning <> 'closed' then meaning end
$$;

-- Rows that somebody else is adding up are left to them.
create function add_up_queue_counts(tenant uuid) returns void language sql as $$
    with alike as (
        select id, count(*) over (partition by department_id, view, assignee_id) as rows from queue_counts where tenant_id = tenant
    ), taken as (
        select c.id from queue_counts c join alike a on a.id = c.id
         where c.tenant_id = tenant and a.rows > 1 for update of c skip locked
    ), gone as (
        delete from queue_counts c using taken t where c.tenant_id = tenant and c.id = t.id
        returning c.department_id, c.view, c.assignee_id, c.tickets
    )
    insert into queue_counts (tenant_id, department_id, view, assignee_id, tickets)
    select tenant, department_id, view, assignee_id, sum(tickets) from gone group by 2, 3, 4 having sum(tickets) <> 0
$$;

create function count_tickets() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into queue_counts (tenant_id, department_id, view, assignee_id, tickets)
        select tenant_id, department_id, queue_view(meaning), assignee_id, count(*) from changed
         where meaning <> 'closed' group by 1, 2, 3, 4;
    elsif tg_op = 'DELETE' then
        insert into queue_counts (tenant_id, department_id, view, assignee_id, tickets)
        select tenant_id, department_id, queue_view(meaning), assignee_id, -count(*) from changed
         where meaning <> 'closed' group by 1, 2, 3, 4;
    else
        insert into queue_counts (tenant_id, department_id, view, assignee_id, tickets)
        select new.tenant_id, moved.* from (values
            (old.department_id, queue_view(old.meaning), old.assignee_id, -1),
            (new.department_id, queue_view(new.meaning), new.assignee_id, 1)) moved (department_id, view, assignee_id, tickets)
         where moved.view is not null;
        if random() < 0.01 then
            perform add_up_queue_counts(new.tenant_id);
        end if;
    end if;
    return null;
end $$;
create trigger tickets_counted_new after insert on tickets referencing new table as changed
    for each statement execute function count_tickets();
create trigger tickets_counted_gone after delete on tickets referencing old table as changed
    for each statement execute function count_tickets();
create trigger tickets_counted_moved after update on tickets for each row
    when (old.department_id <> new.department_id or old.meaning <> new.meaning or old.assignee_id is distinct from new.assignee_id)
    execute function count_tickets();
insert into queue_counts (tenant_id, department_id, view, assignee_id, tickets)
select tenant_id, department_id, queue_view(meaning), assignee_id, count(*) from tickets
 where meaning <> 'closed' group by 1, 2, 3, 4;

-- How long people waited for the first answer, in the opening hours of the department that answered.
create table first_responses (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    department_id uuid not null,
    urgency smallint not null check (urgency between 0 and 4),
    answered_at timestamptz not null,
    seconds integer not null check (seconds >= 0),
    primary key (tenant_id, id),
    foreign key (tenant_id, id) references tickets (tenant_id, id),
    foreign key (tenant_id, department_id) references departments (tenant_id, id)
);
create index first_responses_recent on first_responses (tenant_id, department_id, answered_at desc) include (urgency, seconds);
call isolate('first_responses');
grant select, insert on first_responses to {app};
