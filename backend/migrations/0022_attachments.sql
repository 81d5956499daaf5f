-- Files that belong to messages. Their contents lie in the store of files, each once for a company, named by its hash.
create table attachment_contents (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    sha256 bytea not null check (length(sha256) = 32),
    size bigint not null check (size > 0),
    -- Whether it lies in the store: its row comes first, so that no file there is without one.
    stored boolean not null default false,
    used_at timestamptz not null,
    scan text not null check (scan in ('none', 'waiting', 'clean', 'infected')),
    found text,
    scan_due_at timestamptz,
    scan_attempts integer not null default 0,
    scanned_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, sha256)
);
create index attachment_contents_to_scan on attachment_contents (scan_due_at) where scan = 'waiting' and stored;
call isolate('attachment_contents');
grant select, insert, delete, update (stored, used_at, scan, found, scan_due_at, scan_attempts, scanned_at)
   on attachment_contents to {app};

-- Without a message it waits for one, and goes after a day. What was not taken has no content, and says why.
create table attachments (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    content_id uuid,
    message_id uuid,
    place smallint not null default 0,
    name text not null check (length(name) between 1 and 200),
    media_type text not null,
    size bigint not null check (size >= 0),
    inline_id text,
    refused_because text check (refused_because in ('size', 'type', 'space', 'empty')),
    uploaded_by uuid,
    uploaded_at timestamptz not null,
    primary key (tenant_id, id),
    check ((content_id is null) = (refused_because is not null)),
    foreign key (tenant_id, content_id) references attachment_contents (tenant_id, id),
    foreign key (tenant_id, message_id) references messages (tenant_id, id),
    foreign key (tenant_id, uploaded_by) references accounts (tenant_id, id)
);
create index attachments_message on attachments (tenant_id, message_id) where message_id is not null;
create index attachments_content on attachments (tenant_id, content_id) where content_id is not null;
create index attachments_unused on attachments (uploaded_at) where message_id is null;
call isolate('attachments');
grant select, insert, delete, update (message_id, place) on attachments to {app};

-- What a company takes; without a row it is what the code says.
create table attachment_rules (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    most_bytes bigint not null check (most_bytes between 1024 and 1073741824),
    space_bytes bigint not null check (space_bytes between 1048576 and 109951162777600),
    mail_bytes bigint not null check (mail_bytes between 0 and 26214400),
    refused_types text[] not null,
    unscanned boolean not null,
    primary key (tenant_id, id),
    unique (tenant_id)
);
call isolate('attachment_rules');
grant select, insert, update (most_bytes, space_bytes, mail_bytes, refused_types, unscanned) on attachment_rules to {app};
