"""Tables of who is in; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, SmallInt, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class Absence(Table, db=DB, tablename="absences"):
    """When a member is away, and why."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    from_at = Timestamptz(default=None, null=False)
    until_at = Timestamptz(default=None, null=True)
    reason = Text(default=None, null=False)
    set_by = UUID(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)


class Shift(Table, db=DB, tablename="shifts"):
    """Hours of a member on a weekday."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    weekday = SmallInt(default=None, null=False)
    begins = SmallInt(default=None, null=False)
    ends = SmallInt(default=None, null=False)
