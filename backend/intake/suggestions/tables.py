"""Tables of suggestions; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import JSONB, UUID, Integer, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class SuggestionModel(Table, db=DB, tablename="suggestion_models"):
    """What a company's own tickets have taught (see model.py)."""

    tenant_id = UUID(default=None, null=False)
    id = Text(primary_key=True, default=None, null=False)
    trained_at = Timestamptz(default=None, null=False)
    tickets = Integer(default=None, null=False)
    learnt = JSONB(default=None, null=False)
