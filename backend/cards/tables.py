"""Tables of cards; definitions only. The migrations make them, a test compares the two."""

from piccolo.columns import UUID, Boolean, Bytea, Integer, Text, Timestamptz
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


class StripeConnection(Table, db=DB, tablename="stripe_connections"):
    """The tenant's own account at Stripe, and how far its customers were read."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    key_sealed = Bytea(default=None, null=False)
    key_last_four = Text(default=None, null=False)
    secret_sealed = Bytea(default=None, null=True)
    match_by_email = Boolean(default=None, null=False)
    connected_at = Timestamptz(default=None, null=False)
    last_webhook_at = Timestamptz(default=None, null=True)
    sync_due_at = Timestamptz(default=None, null=False)
    sync_started_at = Timestamptz(default=None, null=True)
    sync_after = Text(default=None, null=True)
    synced_at = Timestamptz(default=None, null=True)
    problem = Text(default=None, null=True)
    leased_until = Timestamptz(default=None, null=True)
    attempts = Integer(default=None, null=False)


class BillingCustomer(Table, db=DB, tablename="billing_customers"):
    """Which customer of a payment provider pays for a client; none where that was said by hand."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    client_id = UUID(default=None, null=False)
    customer = Text(default=None, null=True)
    linked_by = Text(default=None, null=False)
    asked_at = Timestamptz(default=None, null=True)


class WebhookEvent(Table, db=DB, tablename="webhook_events"):
    """What a payment provider told of, to be worked off."""

    tenant_id = UUID(default=None, null=False)
    id = UUID(primary_key=True, default=None, null=False)
    provider = Text(default=None, null=False)
    external_id = Text(default=None, null=False)
    type = Text(default=None, null=False)
    customer = Text(default=None, null=True)
    received_at = Timestamptz(default=None, null=False)
    outcome = Text(default=None, null=True)
    attempts = Integer(default=None, null=False)
    leased_until = Timestamptz(default=None, null=True)
    done_at = Timestamptz(default=None, null=True)
    last_error = Text(default=None, null=True)
