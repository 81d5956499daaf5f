"""Tables of hosting panels; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Bytea, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class PanelConnection(Table, db=DB, tablename="panel_connections"):
    """The hosting panel of the tenant, and what we show it to be believed."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    panel = Text(default=None, null=False)
    url = Text(default=None, null=False)
    sealed = Bytea(default=None, null=False)
    use_for = Text(default=None, null=False)
    updated_at = Timestamptz(default=None, null=False)
