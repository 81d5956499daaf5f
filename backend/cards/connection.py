"""The company's own Stripe account: connect it by a restricted key, take its webhooks, let it go.

Key and signing secret are sealed under the company's keys and shown to nobody; of the key its last four letters tell
which one it is.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.accounts.secret import Secret
from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.cards.events import StripeConnectionChanged
from backend.cards.stripe_gateway import KeyRefused, StripeAway, check_key
from backend.cards.tables import BillingCustomer, StripeConnection
from backend.clock import real_now
from backend.database import row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.vault import seal, unseal

_KEY: Final = re.compile(r"(rk_live|rk_test|sk_test)_[A-Za-z0-9_]{4,250}")
_SECRET: Final = re.compile(r"whsec_[A-Za-z0-9+/=_-]{8,250}")
_KEY_PURPOSE, _SECRET_PURPOSE = "stripe key", "stripe webhook secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """The connection of the bound tenant, opened for use."""

    id: UUID
    key: Secret
    match_by_email: bool


async def connect_stripe(actor: Actor, key: Secret, *, match_by_email: bool) -> None:
    """Connect the company's Stripe account, or take another key for it; its customers are read from then on.

    The key is tried by a real call before it is kept.

    Raises:
        Refusal: not an admin; no restricted key; Stripe does not take it, or cannot be asked.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    given = key.reveal().strip()
    if given.startswith("sk_live_"):
        raise Refusal("stripe_key_too_strong", "key")
    if not _KEY.fullmatch(given):
        raise Refusal("not_a_stripe_key", "key")
    try:
        await check_key(Secret(given))
    except KeyRefused as refused:
        raise Refusal(refused.code, "key") from None
    except StripeAway:
        raise Refusal("stripe_away", "key") from None
    async with transaction():
        await row("select id from tenants for no key update")  # One at a time, also where there is no row to lock yet.
        known: UUID | None = await value("select id from stripe_connections for update")
        connection_id = known or new_id()
        sealed = await seal(actor.tenant_id, _KEY_PURPOSE, connection_id, given.encode())
        if known is None:
            await StripeConnection.insert(
                StripeConnection(
                    tenant_id=actor.tenant_id, id=connection_id, key_sealed=sealed, key_last_four=given[-4:],
                    secret_sealed=None, match_by_email=match_by_email, connected_at=real_now(), last_webhook_at=None,
                    sync_due_at=real_now(), sync_started_at=None, sync_after=None, synced_at=None, problem=None,
                    leased_until=None, attempts=0,
                )
            )  # fmt: skip
        else:
            await rows(
                "update stripe_connections set key_sealed = $1, key_last_four = $2, match_by_email = $3, problem = null, "
                "sync_due_at = $4, sync_started_at = null, sync_after = null, leased_until = null, attempts = 0",
                sealed,
                given[-4:],
                match_by_email,
                real_now(),
            )
        await record(actor, StripeConnectionChanged(what="connected" if known is None else "key"))
        await _wake()


async def set_webhook_secret(actor: Actor, secret: Secret) -> None:
    """Take the signing secret of the webhook endpoint that was made at Stripe.

    Raises:
        Refusal: not an admin, no account is connected, or that is no signing secret.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    given = secret.reveal().strip()
    if not _SECRET.fullmatch(given):
        raise Refusal("not_a_signing_secret", "secret")
    async with transaction():
        connection_id: UUID | None = await value("select id from stripe_connections for update")
        if connection_id is None:
            raise Refusal("not_found", "secret")
        sealed = await seal(actor.tenant_id, _SECRET_PURPOSE, connection_id, given.encode())
        await rows("update stripe_connections set secret_sealed = $1", sealed)
        await record(actor, StripeConnectionChanged(what="webhook secret"))


async def sync_now(actor: Actor) -> None:
    """Read all customers again, from the first. Raises: Refusal: not an admin, or no account is connected."""
    require_admin(actor)
    async with transaction():
        found = await rows(
            "update stripe_connections set sync_due_at = $1, sync_started_at = null, sync_after = null, leased_until = null, "
            "attempts = 0 returning id",
            real_now(),
        )
        if not found:
            raise Refusal("not_found")
        await _wake()


async def disconnect_stripe(actor: Actor) -> None:
    """Destroy key and signing secret, and forget the cards that came from there: nobody would tell when they change.

    Which client is which customer stays known where somebody said so by hand.

    Raises:
        Refusal: not an admin, or no account is connected.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    async with transaction():
        if await value("select id from stripe_connections for update") is None:
            raise Refusal("not_found")
        await rows(
            "delete from card_facts where client_id in (select client_id from billing_customers where customer is not null)"
        )
        await BillingCustomer.delete().where(
            BillingCustomer.tenant_id == actor.tenant_id, BillingCustomer.linked_by != "hand"
        )
        await rows("update billing_customers set asked_at = null")
        await rows("update webhook_events set done_at = $1, outcome = 'ignored' where done_at is null", real_now())
        await StripeConnection.delete().where(StripeConnection.tenant_id == actor.tenant_id)
        await record(actor, StripeConnectionChanged(what="disconnected"))


async def open_connection(tenant_id: UUID) -> Connection | None:
    """The connection of the bound tenant with its key; None where no account is connected."""
    found = await row("select id, key_sealed, match_by_email from stripe_connections")
    if found is None:
        return None
    key = await unseal(tenant_id, _KEY_PURPOSE, found["id"], found["key_sealed"])
    return Connection(id=found["id"], key=Secret(key.decode()), match_by_email=found["match_by_email"])


async def signing_secret(tenant_id: UUID) -> Secret | None:
    """What webhooks for the bound tenant are signed with; None where it takes none."""
    found = await row("select id, secret_sealed from stripe_connections where secret_sealed is not null")
    if found is None:
        return None
    return Secret((await unseal(tenant_id, _SECRET_PURPOSE, found["id"], found["secret_sealed"])).decode())


async def note_problem(code: str | None) -> None:
    """Say what is in the way of asking Stripe, or that nothing is any more."""
    await rows("update stripe_connections set problem = $1 where problem is distinct from $1", code)


async def _wake() -> None:
    await rows("select pg_notify('cards', '')")
