"""Tables of projects; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class Project(Table, db=DB, tablename="projects"):
    """Work for a client under a name, with someone who leads it."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    client_id = UUID(default=None, null=False)
    name = Text(default=None, null=False)
    lead_id = UUID(default=None, null=True)
    state = Text(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
