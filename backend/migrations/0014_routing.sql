-- Categories, projects, who is in, and by which rules a ticket finds the one who works on it.
alter table departments add column category text not null default 'question'
    check (category in ('question', 'work_request', 'project_message'));
alter table kinds add column category text not null default 'question'
    check (category in ('question', 'work_request', 'project_message'));

-- ---------------------------------------------------------------- projects
create table projects (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    client_id uuid not null,
    name text not null check (length(name) between 1 and 200),
    lead_id uuid,
    state text not null default 'active' check (state in ('active', 'on_hold', 'done')),
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, client_id) references clients (tenant_id, id),
    foreign key (tenant_id, lead_id) references accounts (tenant_id, id)
);
create index projects_client on projects (tenant_id, client_id, state);
create index projects_name on projects (tenant_id, state, name, id);
call isolate('projects');
grant select, insert, update on projects to {app};

-- ---------------------------------------------------------------- who is in
-- `capacity` is the most open tickets that rules give to someone; without a zone of their own it is the company's.
-- `last_turn` says when a rule last gave them a ticket: the one who waited longest for one is next.
alter table members add column capacity integer check (capacity between 0 and 1000),
    add column time_zone text,
    add column last_turn bigint not null default 0;

create table absences (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    from_at timestamptz not null,
    until_at timestamptz, -- open: until they are back
    reason text not null default '' check (length(reason) <= 200),
    set_by uuid not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    check (until_at is null or until_at > from_at),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id),
    foreign key (tenant_id, set_by) references accounts (tenant_id, id)
);
create index absences_account on absences (tenant_id, account_id, from_at);
call isolate('absences');
grant select, insert, update, delete on absences to {app};

-- Weekly hours in the member's zone: minutes since midnight; an end that is not after its begin is on the next day.
-- Whoever has none is always in.
create table shifts (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    account_id uuid not null,
    weekday smallint not null check (weekday between 0 and 6), -- 0 is Monday
    begins smallint not null check (begins between 0 and 1439),
    ends smallint not null check (ends between 1 and 1440),
    primary key (tenant_id, id),
    unique (tenant_id, account_id, weekday, begins),
    foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
call isolate('shifts');
grant select, insert, delete on shifts to {app};

-- ---------------------------------------------------------------- routes
-- The first one that fits a ticket says, in order, whom to look for. Null fits all departments, or all categories.
create table routes (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    position integer not null,
    department_id uuid,
    category text check (category in ('question', 'work_request', 'project_message')),
    moments text[] not null check (moments <@ '{opened,replied,replied_away,transferred,changed}' and moments <> '{}'),
    steps text[] not null check (steps <@ '{next_available,answered_first,project_lead,usual_agent}' and steps <> '{}'),
    off_shift boolean not null default false, -- who is named by a rule gets it outside their hours too
    primary key (tenant_id, id),
    foreign key (tenant_id, department_id) references departments (tenant_id, id)
);
create index routes_department on routes (tenant_id, department_id);
call isolate('routes');
grant select, insert, update, delete on routes to {app};

alter table tickets add column category text not null default 'question'
        check (category in ('question', 'work_request', 'project_message')),
    add column project_id uuid,
    add column assigned_because text check (assigned_because in ('next_available', 'answered_first', 'project_lead', 'usual_agent')),
    add column taken_over_from uuid,
    add foreign key (tenant_id, project_id) references projects (tenant_id, id),
    add foreign key (tenant_id, taken_over_from) references accounts (tenant_id, id);
create index tickets_project on tickets (tenant_id, project_id, last_activity_at desc, id desc) where project_id is not null;
create index tickets_taken_over on tickets (tenant_id, taken_over_from) where taken_over_from is not null;

-- Turns are counted as numbers are; the row is also the lock under which rules choose, one ticket after the other.
alter table counters drop constraint counters_id_check,
    add constraint counters_id_check check (id in ('ticket', 'client', 'turn'));
insert into counters (tenant_id, id, last_number) select id, 'turn', 0 from tenants;

-- The route that fits a ticket of the bound tenant now, with everyone who works in its department and what rules ask
-- of them; null where none fits. It takes the turn first, and looks at people only then: each statement of a volatile
-- function sees what was committed before it began, so whoever chose just before us is counted.
create function take_turn(happening text, wanted uuid, moment timestamptz) returns jsonb language plpgsql volatile as $$
declare
    t record;
    r record;
    first_one uuid;
    usual uuid;
begin
    select k.department_id, k.category, k.client_id, k.project_id, k.assignee_id, k.assigned_because, k.follow_up_of,
           p.lead_id, p.name as project_name,
           exists (select from absences b where b.tenant_id = k.tenant_id and b.account_id = k.assignee_id
                   and b.from_at <= moment and (b.until_at is null or b.until_at > moment))
           or exists (select from accounts c where c.tenant_id = k.tenant_id and c.id = k.assignee_id
                      and c.disabled_at is not null) as is_away
      into t
      from tickets k left join projects p on p.tenant_id = k.tenant_id and p.id = k.project_id
     where k.tenant_id = current_tenant() and k.id = wanted;
    if not found then
        return null;
    end if;
    select e.id, e.steps, e.off_shift into r
      from routes e
     where e.tenant_id = current_tenant()
       and (e.department_id is null or e.department_id = t.department_id)
       and (e.category is null or e.category = t.category)
       and (happening = any(e.moments)
            or (happening = 'replied' and 'replied_away' = any(e.moments) and (t.assignee_id is null or t.is_away)))
     order by e.position, e.id limit 1;
    -- Whom somebody chose by hand keeps the ticket while they are there.
    if not found or (happening = 'replied' and t.assignee_id is not null and t.assigned_because is null and not t.is_away) then
        return null;
    end if;
    perform from counters where tenant_id = current_tenant() and id = 'turn' for update;
    if 'answered_first' = any(r.steps) then
        select m.author_id into first_one from messages m
         where m.tenant_id = current_tenant() and m.ticket_id = wanted and m.side = 'staff' and m.kind = 'message'
         order by m.at, m.id limit 1;
        if first_one is null and t.follow_up_of is not null then
            select m.author_id into first_one from messages m
             where m.tenant_id = current_tenant() and m.ticket_id = t.follow_up_of and m.side = 'staff' and m.kind = 'message'
             order by m.at, m.id limit 1;
        end if;
    end if;
    if 'usual_agent' = any(r.steps) and t.client_id is not null then
        -- Of the client's latest requests of a year: who answered on most of them, then most often, then last.
        select m.author_id into usual
          from (select id from tickets k where k.tenant_id = current_tenant() and k.client_id = t.client_id and k.id <> wanted
                   and k.last_activity_at > moment - interval '365 days'
                 order by k.last_activity_at desc, k.id desc limit 50) latest
          join messages m on m.tenant_id = current_tenant() and m.ticket_id = latest.id and m.side = 'staff' and m.kind = 'message'
          join department_members d on d.tenant_id = m.tenant_id and d.account_id = m.author_id and d.department_id = t.department_id
          join accounts a on a.tenant_id = m.tenant_id and a.id = m.author_id and a.kind = 'member' and a.disabled_at is null
         group by m.author_id
         order by count(distinct m.ticket_id) desc, count(*) desc, max(m.at) desc, m.author_id limit 1;
    end if;
    return jsonb_build_object(
        'steps', r.steps, 'off_shift', r.off_shift, 'first', first_one, 'usual', usual, 'lead', t.lead_id,
        'project', t.project_name, 'assignee', t.assignee_id, 'assignee_away', t.is_away,
        'zone', (select time_zone from tenants where id = current_tenant()),
        'people', coalesce((
            select jsonb_agg(jsonb_build_object(
                       'id', m.account_id, 'capacity', m.capacity, 'zone', m.time_zone, 'turn', m.last_turn,
                       'away', exists (select from absences b where b.tenant_id = m.tenant_id and b.account_id = m.account_id
                                       and b.from_at <= moment and (b.until_at is null or b.until_at > moment)),
                       'shifts', (select jsonb_agg(jsonb_build_array(s.weekday, s.begins, s.ends)) from shifts s
                                   where s.tenant_id = m.tenant_id and s.account_id = m.account_id),
                       'load', (select count(*) from (select from tickets k
                                 where k.tenant_id = m.tenant_id and k.assignee_id = m.account_id
                                   and k.meaning in ('new', 'open') and k.id <> wanted limit 1000) mine)))
              from department_members d
              join members m on m.tenant_id = d.tenant_id and m.account_id = d.account_id
              join accounts a on a.tenant_id = d.tenant_id and a.id = d.account_id and a.disabled_at is null
             where d.tenant_id = current_tenant() and d.department_id = t.department_id), '[]'));
end $$;
