"""Tables of intake; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Integer, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class Kind(Table, db=DB, tablename="kinds"):
    """A kind of request within a department."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    department_id = UUID(default=None, null=False)
    name = Text(default=None, null=False)
    description = Text(default=None, null=False)
    position = Integer(default=None, null=False)
    proof_level = Text(default=None, null=False)
    category = Text(default=None, null=False)
    archived_at = Timestamptz(default=None, null=True)
