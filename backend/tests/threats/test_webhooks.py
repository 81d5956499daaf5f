"""Who sends webhooks that Stripe did not send, not for this company, or not now, changes nothing."""

import json
import time

import pytest
from litestar import Litestar

from backend.database import value
from backend.jobs.drain import drain
from backend.tests.cards.conftest import stripe as stripe
from backend.tests.cards.connected import Company, a_company, post
from backend.tests.factories import a_tenant, within
from backend.tests.simulators.stripe import StripeSimulator, Webhook, sign


async def rows_of(company: Company) -> int:
    with within(company.tenant):
        found: int = await value("select count(*) from webhook_events")
    return found


@pytest.mark.parametrize("age", [301, 86_400, -400])
async def test_a_signature_of_another_moment_is_refused(app: Litestar, stripe: StripeSimulator, age: int) -> None:
    company = await a_company(stripe)
    webhook = stripe.change_card(company.customer, "6543")[1]
    old = sign(webhook.body, stripe.secret, time.time() - age)
    assert (await post(app, company.tenant.host, webhook, signature=old)).status_code == 400
    assert await rows_of(company) == 0
    just_in_time = sign(webhook.body, stripe.secret, time.time() - 290)
    assert (await post(app, company.tenant.host, webhook, signature=just_in_time)).status_code == 200


async def test_forged_signatures_are_refused(app: Litestar, stripe: StripeSimulator) -> None:
    company = await a_company(stripe)
    webhook = stripe.change_card(company.customer, "6543")[1]
    at = int(time.time())
    stolen = webhook.signature.partition("v1=")[2]
    for signature in (
        "", "v1=", f"t={at}", f"t={at},v1=", f"t={at},v1={'0' * 64}", f"t={at + 1},v1={stolen}", f"t=,v1={stolen}",
        f"t={at},v0={stolen}", f"t={at},v1=\u00e9", "t=x,v1=y", ",,,", sign(webhook.body, "whsec_of_somebody_else"),
        sign(webhook.body, ""), sign(b"", stripe.secret),
    ):  # fmt: skip
        answer = await post(app, company.tenant.host, webhook, signature=signature)
        assert answer.status_code == 400, signature
        assert answer.json()["code"] == "signature_refused"
    assert await rows_of(company) == 0


async def test_a_signature_does_not_carry_another_body(app: Litestar, stripe: StripeSimulator) -> None:
    company = await a_company(stripe)
    webhook = stripe.change_card(company.customer, "6543")[1]
    other = json.loads(webhook.body)
    other["data"]["object"]["id"] = "cus_somebody_else"
    changed = Webhook(webhook.id, json.dumps(other).encode(), webhook.signature)
    assert (await post(app, company.tenant.host, changed)).status_code == 400
    for body in (b"", b"{}", b"[]", b"\xff\xfe", b'{"id": "evt_1"}'):
        signed = Webhook("evt_1", body, sign(body, stripe.secret))
        assert (await post(app, company.tenant.host, signed)).status_code == 400, body
    for told in ({"id": "evt_\x00", "type": "customer.updated"}, {"id": "evt_2", "type": "customer.\x00"}):
        raw = json.dumps({**told, "data": {"object": {}}}).encode()
        signed = Webhook("evt_2", raw, sign(raw, stripe.secret))
        assert (await post(app, company.tenant.host, signed)).status_code == 400, raw
    assert await rows_of(company) == 0


async def test_a_webhook_that_is_replayed_in_time_is_one(app: Litestar, stripe: StripeSimulator) -> None:
    company = await a_company(stripe)
    webhook = stripe.change_card(company.customer, "6543")[1]
    for _ in range(3):
        assert (await post(app, company.tenant.host, webhook)).status_code == 200
    assert await rows_of(company) == 1
    assert (await drain(company.tenant.id)).webhooks == 1


async def test_a_webhook_of_another_company_is_refused(app: Litestar, stripe: StripeSimulator) -> None:
    company = await a_company(stripe)
    unconnected = await a_tenant()
    with_another_secret = StripeSimulator(secret="whsec_of_another_company_2")
    with with_another_secret:
        from backend.cards.stripe_gateway import configure_stripe

        configure_stripe(with_another_secret.address)
        other = await a_company(with_another_secret)
        configure_stripe(stripe.address)
    webhook = stripe.change_card(company.customer, "6543")[1]
    for host in (other.tenant.host, unconnected.host):
        assert (await post(app, host, webhook)).status_code == 400
    assert await rows_of(other) == 0
    assert (await post(app, company.tenant.host, webhook)).status_code == 200


async def test_a_body_that_is_too_long_is_refused_before_it_is_read(app: Litestar, stripe: StripeSimulator) -> None:
    company = await a_company(stripe)
    body = b"x" * 300_000
    assert (await post(app, company.tenant.host, Webhook("evt_1", body, sign(body, stripe.secret)))).status_code == 413
