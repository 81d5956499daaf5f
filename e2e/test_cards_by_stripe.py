"""A company connects its own Stripe account; a card that was changed there a moment before is the one that proves."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from backend.tests.simulators.stripe import StripeSimulator
from e2e.people import DANA, MILES, SONJA, SONJAS_CARD
from e2e.system import System, until
from e2e.visitors import Visitors

NEW_CARD = "8731"


@pytest.fixture
def stripe(system: System) -> Iterator[StripeSimulator]:
    host = f"anchor.localhost:{system.port}"
    with StripeSimulator(port=system.stripe_port, deliver_to=(f"http://127.0.0.1:{system.port}", host)) as account:
        yield account


def test_a_card_that_was_changed_in_stripe_a_moment_before_proves_the_request(
    visitors: Visitors, system: System, stripe: StripeSimulator
) -> None:
    customer = stripe.add_customer(SONJA.email, card=SONJAS_CARD)
    for other in range(120):
        stripe.add_customer(f"customer{other}@elsewhere.example", card="1111")

    admin = visitors.staff(MILES, "/admin/cards")
    _connect(admin, stripe)
    expect(admin.get_by_text("1 client is a customer there")).to_be_visible()

    portal = visitors.client(SONJA, "/new")
    portal.get_by_role("radio", name="Billing").check()
    portal.get_by_role("radio", name="Change billing details").check()
    portal.get_by_label("Subject").fill("Our new address on the invoice")
    portal.get_by_label("What happened, or what should be done?").fill("Lakeview Drive 8, from December.")

    stripe.change_card(customer, NEW_CARD)
    # The webhook came, and the admin's page says so by itself.
    expect(admin.get_by_text("none yet; change a customer in Stripe to see one come")).to_have_count(0)
    until(lambda: len([each for each in stripe.calls if f"/v1/customers/{customer}" in each]) >= 3, "webhooks are done")

    portal.get_by_role("radio", name=re.compile("Last four digits of the card")).check()
    digits = portal.get_by_label("Last four digits of the card", exact=True)
    digits.fill(SONJAS_CARD)
    portal.get_by_role("button", name="Send the request").click()
    expect(portal.get_by_text("That could not be confirmed.").first).to_be_visible()
    digits.fill(NEW_CARD)
    portal.get_by_role("button", name="Send the request").click()
    heading = portal.get_by_role("heading", name="Your request is number")
    expect(heading).to_be_visible()
    number = re.sub(r"\D", "", heading.inner_text())

    desk = visitors.staff(DANA)
    row = desk.get_by_role("row", name=f"#{number}")
    expect(row.get_by_role("img", name=re.compile(f"^Card digits proved, .*, by {SONJA.name}$"))).to_be_visible()

    for program in ("web", "worker"):
        assert NEW_CARD not in re.sub(r"[0-9a-f-]{16,}|[0-9:.TZ-]{10,}|:\d+", "", system.log(program))
    _let_go(admin, stripe, system)


def _connect(admin: Page, stripe: StripeSimulator) -> None:
    admin.get_by_label("Restricted key").fill("rk_test_of_another_account")
    admin.get_by_role("button", name="Connect Stripe").click()
    expect(admin.get_by_text("Stripe does not know this key.")).to_be_visible()
    admin.get_by_label("Restricted key").fill(stripe.key)
    admin.get_by_role("button", name="Connect Stripe").click()
    expect(admin.get_by_role("heading", name="Stripe is connected")).to_be_visible()
    admin.get_by_label("Signing secret").fill(stripe.secret)
    admin.get_by_role("button", name="Take webhooks").click()
    expect(admin.get_by_text("none yet; change a customer in Stripe to see one come")).to_be_visible()
    expect(admin.get_by_text("being read now")).to_have_count(0)


def _let_go(admin: Page, stripe: StripeSimulator, system: System) -> None:
    """The account is disconnected, and the company's billing system tells the card again by its token."""
    admin.get_by_label(re.compile("^To disconnect")).fill(stripe.key[-4:])
    admin.get_by_role("button", name="Disconnect Stripe").click()
    expect(admin.get_by_role("button", name="Connect Stripe")).to_be_visible()

    admin.get_by_role("link", name="Make an API token").click()
    admin.get_by_label("Name of the program").fill("Billing system")
    admin.get_by_role("button", name="Make a token for cards").click()
    token = admin.get_by_text(re.compile("^cst_")).inner_text()
    document = "mutation($n: Int!, $d: String!) { setClientCard(clientNumber: $n, lastFour: $d) { __typename } }"
    number = _client_number(admin)
    answer = httpx.post(
        f"http://127.0.0.1:{system.port}/graphql",
        json={"query": document, "variables": {"n": number, "d": SONJAS_CARD}},
        headers={"Host": f"anchor.localhost:{system.port}", "Authorization": f"Bearer {token}"},
        trust_env=False,
    )
    assert answer.json() == {"data": {"setClientCard": {"__typename": "Done"}}}, answer.text
    admin.reload()
    admin.get_by_role("button", name="Revoke Billing system").click()
    expect(admin.get_by_text("Revoked", exact=True)).to_be_visible()


def _client_number(admin: Page) -> int:
    """The number of the client of the newest request about billing."""
    found = admin.evaluate(
        """async () => {
            const token = document.cookie.match(/countersign_csrf=([^;]+)/)[1];
            const query = '{ search(query: "Lakeview Drive") { edges { node { client { number } } } } }';
            const answer = await fetch('/graphql', { method: 'POST', body: JSON.stringify({ query }),
                headers: { 'content-type': 'application/json', 'x-csrftoken': token } });
            return (await answer.json()).data.search.edges[0].node.client.number;
        }"""
    )
    return int(found)
