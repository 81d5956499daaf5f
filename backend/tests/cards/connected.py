"""A company whose Stripe account is connected."""

from dataclasses import dataclass

import httpx
from litestar import Litestar

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.cards.connection import connect_stripe, set_webhook_secret
from backend.cards.facts import digits_match
from backend.database import value
from backend.jobs.drain import drain
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant, signed_in, within
from backend.tests.simulators.stripe import StripeSimulator, Webhook


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company, its admin, and a client's owner who is a customer at Stripe with a card that ends in 4242."""

    tenant: TestTenant
    admin: Actor
    owner: Actor
    number: int
    customer: str

    async def knows(self, digits: str) -> bool:
        """Whether these digits are the client's card here."""
        assert self.owner.client_id is not None
        with within(self.tenant):
            return await digits_match(self.tenant.id, self.owner.client_id, digits)


async def a_company(stripe: StripeSimulator, *, by: str = "email", card: str | None = "4242") -> Company:
    tenant = await a_tenant()
    admin, owner = await signed_in(await a_member(tenant, "owner")), await a_contact(tenant)
    with within(tenant):
        number: int = await value("select number from clients where id = $1", owner.client_id)
        customer = stripe.add_customer(
            owner.email if by == "email" else "", card=card, client_number=number if by == "number" else None
        )
        await connect_stripe(admin, Secret(stripe.key), match_by_email=True)
        await set_webhook_secret(admin, Secret(stripe.secret))
    await drain(tenant.id)
    return Company(tenant=tenant, admin=admin, owner=owner, number=number, customer=customer)


async def post(app: Litestar, host: str, webhook: Webhook, *, signature: str | None = None) -> httpx.Response:
    """Send a webhook to a company's host, as Stripe would."""
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # Two spellings of ASGI's types.
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as http:
        headers = {b"stripe-signature": (webhook.signature if signature is None else signature).encode("latin-1")}
        return await http.post("/webhooks/stripe", content=webhook.body, headers=headers)
