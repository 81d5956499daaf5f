"""What Stripe tells of: written down first, answered then, worked off by the worker until it has succeeded.

The row says that something about a customer changed, no more; the customer is asked for anew, so that the order in which
webhooks come does not matter and a lost one costs a day at most (see `sync`).
"""

from typing import Final
from uuid import UUID

from backend.actor import system
from backend.cards.connection import note_problem, open_connection, signing_secret
from backend.cards.customers import apply, database_time, ensure_link, link_of
from backend.cards.stripe_gateway import BadSignature, KeyRefused, StripeAway, Told, fetch_customer, read_webhook
from backend.clock import real_now
from backend.database import row, rows, transaction
from backend.errors import Refusal
from backend.ids import new_id
from backend.log import get_log

TYPES: Final = (
    "customer.updated",
    "customer.deleted",
    "customer.source.created",
    "customer.source.updated",
    "customer.source.deleted",
    "customer.source.expiring",
    "payment_method.attached",
    "payment_method.detached",
    "payment_method.updated",
    "payment_method.automatically_updated",
)
"""What a webhook endpoint at Stripe should send; everything else is written down as ignored."""

_log = get_log(__name__)


async def take_webhook(tenant_id: UUID, body: bytes, signature: str) -> None:
    """Write down what a webhook for the bound tenant tells of, once; it is committed when this returns.

    Raises:
        Refusal: `signature_refused`, for whatever Stripe did not sign for this company in the last five minutes.
    """
    secret = await signing_secret(tenant_id)
    if secret is None:
        raise Refusal("signature_refused")
    try:
        told = read_webhook(body, signature, secret)
    except BadSignature:
        raise Refusal("signature_refused") from None
    await _write(tenant_id, told)


async def _write(tenant_id: UUID, told: Told) -> None:
    at = real_now()
    matters = told.type in TYPES and told.customer is not None
    async with transaction():
        await rows(
            """insert into webhook_events (tenant_id, id, provider, external_id, type, customer, received_at, outcome, done_at)
               values ($1, $2, 'stripe', $3, $4, $5, $6, $7, $8) on conflict (tenant_id, provider, external_id) do nothing""",
            tenant_id,
            new_id(),
            told.external_id[:255],
            told.type[:100],
            told.customer if matters else None,
            at,
            None if matters else "ignored",
            None if matters else at,
        )
        await rows("update stripe_connections set last_webhook_at = $1", at)
        await rows("select pg_notify('cards', '')")


async def work_webhook(tenant_id: UUID, event_id: UUID) -> None:
    """Ask Stripe for the customer and keep its card. What cannot be done now stays, and its lease brings it back."""
    event = await row("select customer from webhook_events where id = $1 and done_at is null", event_id)
    if event is None:
        return
    connection = await open_connection(tenant_id)
    if connection is None:
        await _finish(event_id, "ignored")
        return
    asked_at = await database_time()
    try:
        customer = await fetch_customer(connection.key, event["customer"])
    except (KeyRefused, StripeAway) as error:
        code = error.code if isinstance(error, KeyRefused) else "stripe_away"
        await note_problem(code)
        await rows("update webhook_events set last_error = $2 where id = $1 and done_at is null", event_id, code)
        _log.warning("webhook_waits", event_id=str(event_id), why=code)
        return
    actor = system(tenant_id, "en", "a webhook of Stripe")
    async with transaction():
        # An address does not tell here: whoever pays on an open payment page becomes a customer with the one they typed.
        link = await (ensure_link(actor, customer, lonely=False) if customer else link_of(event["customer"]))
        if link is not None:
            await apply(actor, link, customer, asked_at)
        await _finish(event_id, "applied" if link is not None else "unknown")
        await note_problem(None)


async def _finish(event_id: UUID, outcome: str) -> None:
    await rows(
        "update webhook_events set done_at = $2, outcome = $3, last_error = null where id = $1 and done_at is null",
        event_id,
        real_now(),
        outcome,
    )
