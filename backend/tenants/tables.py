"""Tables of tenants; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import JSONB, UUID, Array, BigInt, Boolean, Integer, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class Tenant(Table, db=DB, tablename="tenants"):
    """A company with its brand, language and rules."""

    id = UUID(primary_key=True, default=None, null=False)
    slug = Text(default=None, null=False)
    name = Text(default=None, null=False)
    language = Text(default=None, null=False)
    time_zone = Text(default=None, null=False)
    mail_domain = Text(default=None, null=False)
    primary_color = Text(default=None, null=False)
    secondary_color = Text(default=None, null=True)
    font = Text(default=None, null=False)
    logo_key = Text(default=None, null=True)
    logo_type = Text(default=None, null=True)
    priority_choice = Boolean(default=None, null=False)
    secret_days = Integer(default=None, null=False)
    policy_id = UUID(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    proof_methods = Array(base_column=Text(), default=list, null=False)
    staff_second_factor = Boolean(default=None, null=False)
    held_statuses = Array(base_column=Text(), default=list, null=False)
    thanks_minutes = Integer(default=None, null=False)
    reply_wait_seconds = Integer(default=None, null=False)


class HostName(Table, db=DB, tablename="host_names"):
    """A host name on which a portal is reached."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    host = Text(default=None, null=False)
    is_primary = Boolean(default=None, null=False)


class Counter(Table, db=DB, tablename="counters"):
    """The last number given out; locked last in a transaction."""

    tenant_id = UUID(default=None, null=False)
    id = Text(primary_key=True, default=None, null=False)
    last_number = BigInt(default=None, null=False)


class LifecyclePolicy(Table, db=DB, tablename="lifecycle_policies"):
    """A lifecycle as data; see tickets/lifecycle/."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    name = Text(default=None, null=False)
    version = Integer(default=None, null=False)
    definition = JSONB(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    created_by = UUID(default=None, null=True)


class Department(Table, db=DB, tablename="departments"):
    """Where requests go, and who may send them there."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    name = Text(default=None, null=False)
    description = Text(default=None, null=False)
    position = Integer(default=None, null=False)
    audience = Text(default=None, null=False)
    proof_level = Text(default=None, null=False)
    mailbox = Text(default=None, null=False)
    holds_transfers = Boolean(default=None, null=False)
    category = Text(default=None, null=False)
    archived_at = Timestamptz(default=None, null=True)


class Member(Table, db=DB, tablename="members"):
    """Someone on the staff, with a role."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    role = Text(default=None, null=False)
    capacity = Integer(default=None, null=True)
    time_zone = Text(default=None, null=True)
    last_turn = BigInt(default=None, null=False)


class DepartmentMember(Table, db=DB, tablename="department_members"):
    """Who works in which department."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    department_id = UUID(default=None, null=False)
    account_id = UUID(default=None, null=False)


class CalendarRow(Table, db=DB, tablename="calendars"):
    """The opening hours of the company, or of one department; see calendars.py."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    department_id = UUID(default=None, null=True)
    definition = JSONB(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    replaced_at = Timestamptz(default=None, null=True)


class TargetsRow(Table, db=DB, tablename="targets"):
    """What the company, or one department, promises; see targets.py."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    department_id = UUID(default=None, null=True)
    definition = JSONB(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    replaced_at = Timestamptz(default=None, null=True)
