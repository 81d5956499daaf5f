"""Tables of clients; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, BigInt, Text, Timestamptz
from piccolo.table import Table

from backend.database import DB


class Client(Table, db=DB, tablename="clients"):
    """A customer account of the tenant."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    number = BigInt(default=None, null=False)
    name = Text(default=None, null=False)
    created_at = Timestamptz(default=None, null=False)


class Contact(Table, db=DB, tablename="contacts"):
    """Someone who signs in for a client."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    account_id = UUID(default=None, null=False)
    client_id = UUID(default=None, null=False)
    role = Text(default=None, null=False)


class Service(Table, db=DB, tablename="services"):
    """A domain or package that a client has."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    client_id = UUID(default=None, null=False)
    name = Text(default=None, null=False)
    plan = Text(default=None, null=False)
    server = Text(default=None, null=False)
