"""What an admin reads of where card facts come from; never a key, never a digit."""

from dataclasses import dataclass
from datetime import datetime

from backend.actor import Actor
from backend.database import row


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeState:
    """The Stripe account as an admin sees it. `failing` webhooks were tried and wait for the next try."""

    key_last_four: str
    takes_webhooks: bool
    match_by_email: bool
    connected_at: datetime
    last_webhook_at: datetime | None
    synced_at: datetime | None
    syncing: bool
    problem: str | None
    linked: int
    waiting: int
    failing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """How many clients have a card on file, and the Stripe account where one is connected."""

    with_card: int
    without_card: int
    stripe: StripeState | None


async def card_state(actor: Actor) -> CardState | None:
    """Where the cards of the bound tenant come from; for admins, None for others."""
    if not actor.administers:
        return None
    counts = await row(
        "select (select count(*) from clients) as clients, (select count(*) from card_facts where is_default) as with_card"
    )
    assert counts is not None, "counting always answers"
    found = await row(
        """select s.key_last_four, s.secret_sealed is not null as takes_webhooks, s.match_by_email, s.connected_at,
                  s.last_webhook_at, s.synced_at, s.sync_due_at <= statement_timestamp() as syncing, s.problem,
                  (select count(*) from billing_customers where customer is not null) as linked,
                  (select count(*) from webhook_events where done_at is null) as waiting,
                  (select count(*) from webhook_events where done_at is null and last_error is not null) as failing
             from stripe_connections s"""
    )
    return CardState(
        with_card=counts["with_card"],
        without_card=counts["clients"] - counts["with_card"],
        stripe=StripeState(**dict(found)) if found else None,
    )
