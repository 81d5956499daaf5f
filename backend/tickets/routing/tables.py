"""Tables of routing; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Array, Boolean, Integer, Text
from piccolo.table import Table

from backend.database import DB


class Route(Table, db=DB, tablename="routes"):
    """For which tickets, and when, whom to look for: the first that fits applies."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    position = Integer(default=None, null=False)
    department_id = UUID(default=None, null=True)
    category = Text(default=None, null=True)
    moments = Array(base_column=Text(), default=list, null=False)
    steps = Array(base_column=Text(), default=list, null=False)
    off_shift = Boolean(default=None, null=False)
