"""Tables of accounts; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Bytea, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class Account(Table, db=DB, tablename="accounts"):
    """Someone who signs in, or a guest who wrote."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    kind = Text(default=None, null=False)
    email = Text(default=None, null=False)
    name = Text(default=None, null=False)
    language = Text(default=None, null=True)
    password_hash = Text(default=None, null=True)
    disabled_at = Timestamptz(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)


class Session(Table, db=DB, tablename="sessions"):
    """A sign-in of one account at one tenant."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    token_hash = Bytea(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    revoked_at = Timestamptz(default=None, null=True)
    address = Text(default=None, null=False)
    user_agent = Text(default=None, null=False)


class OneTimeLink(Table, db=DB, tablename="one_time_links"):
    """A mailed link; its token is derived, not stored."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    purpose = Text(default=None, null=False)
    account_id = UUID(default=None, null=False)
    client_id = UUID(default=None, null=True)
    ticket_id = UUID(default=None, null=True)
    method = Text(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    used_at = Timestamptz(default=None, null=True)
