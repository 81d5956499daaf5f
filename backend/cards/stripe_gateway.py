"""Stripe, as far as cards go. The only importer of `stripe`.

Every call has time-outs and a limit as a whole, reads alone are made (so trying again changes nothing), and what comes
back is cut down at once: whose card it is, and its last four digits as a `Secret`.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx
import msgspec
import stripe

from backend.accounts.secret import Secret

PAGE: Final = 100
TOLERANCE: Final = 300
"""Seconds that a webhook's signature may be old, or ahead of us."""
_TIMES: Final = httpx.Timeout(5.0, connect=3.0)
_MOST_SECONDS: Final = 12.0
_WAYS_TO_CARD: Final = ("invoice_settings.default_payment_method", "default_source")

# It would log addresses of calls at `info` and whole answers, digits and all, at `debug`.
logging.getLogger("stripe").setLevel(logging.WARNING)
stripe.enable_telemetry = False


class KeyRefused(Exception):
    """Stripe does not know the key (any more): `stripe_key_refused`, or it lacks rights: `stripe_key_lacks`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StripeAway(Exception):
    """Stripe cannot be asked just now: no connection, too slow, too many calls, or trouble of its own."""


class BadSignature(Exception):
    """A webhook that was not signed by Stripe for this company, or long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer as far as it matters here. `digits` are those of the default card; None: no card is on file."""

    id: str
    email: str
    client_number: int | None
    digits: Secret | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a webhook tells of: its own id, what happened, and the customer that it is about."""

    external_id: str
    type: str
    customer: str | None


_base: str = ""
_transport: tuple[asyncio.AbstractEventLoop, stripe.HTTPXClient] | None = None


def configure_stripe(api_base: str) -> None:
    """Say where Stripe answers, where that is not Stripe's own address; once, by each composition root."""
    global _base
    _base = api_base.rstrip("/")


async def check_key(key: Secret) -> None:
    """Ask for what will be asked for later: a customer with its default card.

    Raises:
        KeyRefused, StripeAway.
    """
    await customers_page(key, None, most=1)


async def fetch_customer(key: Secret, customer: str) -> Customer | None:
    """A customer as it is now; None where it was deleted or never was. Raises: KeyRefused, StripeAway."""
    async with _calls(key) as client:
        try:
            found = await client.v1.customers.retrieve_async(customer, {"expand": list(_WAYS_TO_CARD)})
        except stripe.InvalidRequestError as error:
            if error.http_status == 404:
                return None
            raise
        return _customer(found.to_dict())


async def customers_page(
    key: Secret, after: str | None, *, most: int = PAGE, email: str | None = None
) -> tuple[list[Customer], str | None]:
    """A page of customers, and where the next one begins; None at the end. Raises: KeyRefused, StripeAway."""
    wanted: Any = {"limit": most, "expand": [f"data.{way}" for way in _WAYS_TO_CARD]}
    if after:
        wanted["starting_after"] = after
    if email:
        wanted["email"] = email
    async with _calls(key) as client:
        found = await client.v1.customers.list_async(wanted)
        page = found.to_dict()
    customers = [made for each in page["data"] if (made := _customer(each)) is not None]
    return customers, page["data"][-1]["id"] if page.get("has_more") and page["data"] else None


def read_webhook(body: bytes, signature: str, secret: Secret) -> Told:
    """What a signed webhook tells of.

    Raises:
        BadSignature: it is not Stripe's own of the last five minutes, or cannot be read.
    """
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret.reveal(), TOLERANCE)
        at = next(int(part[2:]) for part in signature.split(",") if part.startswith("t="))
        if at > time.time() + TOLERANCE:
            raise BadSignature
        event = msgspec.json.decode(body, type=_Event)
    except (stripe.SignatureVerificationError, msgspec.MsgspecError, ValueError, TypeError, StopIteration):
        raise BadSignature from None
    if not (event.id.isprintable() and event.type.isprintable()):
        raise BadSignature
    return Told(external_id=event.id, type=event.type, customer=_customer_of(event))


class _Data(msgspec.Struct):
    object: dict[str, Any]
    previous_attributes: dict[str, Any] | None = None


class _Event(msgspec.Struct):
    id: str
    type: str
    data: _Data


def _customer_of(event: _Event) -> str | None:
    thing, before = event.data.object, event.data.previous_attributes or {}
    found = thing.get("id") if thing.get("object") == "customer" else thing.get("customer") or before.get("customer")
    if isinstance(found, dict):
        found = found.get("id")
    return found if isinstance(found, str) and 0 < len(found) <= 255 and found.isprintable() else None


def _customer(found: dict[str, Any]) -> Customer | None:
    if found.get("deleted"):
        return None
    number = str((found.get("metadata") or {}).get("client_number", "")).strip()
    method = (found.get("invoice_settings") or {}).get("default_payment_method") or found.get("default_source")
    return Customer(
        id=found["id"],
        email=(found.get("email") or "").strip().lower(),
        client_number=int(number) if number.isascii() and number.isdigit() and len(number) < 16 else None,
        digits=_digits(method),
    )


def _digits(method: object) -> Secret | None:
    """The last four digits of a payment method, or of a card or source of older days; None where it is no card."""
    if not isinstance(method, dict):
        return None
    card = method if method.get("object") == "card" else method.get("card")
    last4 = card.get("last4") if isinstance(card, dict) else None
    return Secret(last4) if isinstance(last4, str) and len(last4) == 4 and last4.isdigit() else None


@asynccontextmanager
async def _calls(key: Secret) -> AsyncIterator[stripe.StripeClient]:
    """A client for calls with this key, within one limit of time; its errors in our words."""
    addresses: Any = {"api": _base} if _base else {}
    client = stripe.StripeClient(
        key.reveal(), base_addresses=addresses, http_client=_http(), max_network_retries=1
    )  # fmt: skip
    try:
        async with asyncio.timeout(_MOST_SECONDS):
            yield client
    except stripe.AuthenticationError:
        raise KeyRefused("stripe_key_refused") from None
    except stripe.PermissionError:
        raise KeyRefused("stripe_key_lacks") from None
    except (stripe.StripeError, TimeoutError, ValueError, KeyError, TypeError, AttributeError):
        # An answer that is no answer of Stripe's (a proxy's page, say) is no answer.
        raise StripeAway from None


def _http() -> stripe.HTTPXClient:
    """The connections of this process; a loop that is gone takes its own with it."""
    global _transport
    loop = asyncio.get_running_loop()
    if _transport is None or _transport[0] is not loop:
        _transport = (loop, stripe.HTTPXClient(timeout=_TIMES))
    return _transport[1]
