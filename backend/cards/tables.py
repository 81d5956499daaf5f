"""Tables of cards; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Boolean, Bytea, Timestamptz
from piccolo.table import Table

from backend.database import DB


class CardFact(Table, db=DB, tablename="card_facts"):
    """The last four digits of a card, as a keyed hash."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    client_id = UUID(default=None, null=False)
    digits_hmac = Bytea(default=None, null=False)
    is_default = Boolean(default=None, null=False)
    updated_at = Timestamptz(default=None, null=False)
