"""What other systems tell of, signed by them."""

from typing import Any, Final

from litestar import Controller, Request, post

from backend.cards.webhooks import take_webhook

MOST_BYTES: Final = 256_000
"""Stripe's events are a few kilobytes."""


class WebhookController(Controller):
    """`POST /webhooks/stripe`, on the company's own host. The signature is the proof, so there is no CSRF token."""

    path = "/webhooks"

    @post("/stripe", request_max_body_size=MOST_BYTES, status_code=200, exclude_from_csrf=True)
    async def stripe(self, request: Request[Any, Any, Any]) -> dict[str, bool]:
        """Answered when it is committed; 400 for what Stripe did not sign for this company."""
        body = await request.body()
        await take_webhook(request.scope["state"]["tenant_id"], body, request.headers.get("stripe-signature", ""))
        return {"received": True}
