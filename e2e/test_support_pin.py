"""On the telephone: the client reads six digits off the portal, the agent takes them down, and the request is proved."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.people import DANA, SONJA, SONJAS_CARD
from e2e.visitors import Visitors

STORED = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML])"


def test_digits_read_out_on_the_telephone_prove_a_request_that_came_by_mail(
    visitors: Visitors, mail: Mailbox, signed_in: SignIns
) -> None:
    support = signed_in(DANA).ask("{ departments { name mailAddress } }")[0]["mailAddress"]
    mail.write(SONJA, to=support, subject="Our mail is down, I am on the telephone", body="Please look at once.")
    receipt = mail.wait_for(SONJA.email, subject="Our mail is down, I am on the telephone")
    number = int(re.search(r"Ticket (\d+)", receipt.subject)[1])  # type: ignore[index]

    # The client proves the card in this session, so that the PIN carries it.
    _prove_card(signed_in, besides=number)
    portal = visitors.client(SONJA)
    portal.get_by_role("navigation", name="Your account").get_by_role("link", name="Support PIN").click()
    portal.get_by_role("button", name="Show the PIN").click()
    box = portal.get_by_role("region", name="Your support PIN")
    expect(box).to_contain_text("It proves: Card digits proved")
    expect(box.get_by_role("timer")).to_contain_text(re.compile(r"good for (10:00|9:5\d)"))
    digits = re.sub(r"\D", "", box.get_by_role("status").inner_text())
    assert len(digits) == 6

    # The agent: a slip first, then right. The badge, the panel and the history say what was proved and who heard it.
    desk = visitors.staff(DANA, f"/tickets/{number}")
    ticket = desk.get_by_role("region", name=f"Ticket #{number}")
    expect(ticket.get_by_text("Not verified").first).to_be_visible()
    dialog = _hear(desk, f"{(int(digits) + 1) % 1_000_000:06d}")
    expect(dialog).to_contain_text("Those are not the digits that the portal shows now.")
    dialog.get_by_label("Six digits that the caller reads out").fill(f"{digits[:3]} {digits[3:]}")
    dialog.get_by_role("button", name="Record it").click()
    expect(dialog).not_to_be_visible()
    expect(ticket.get_by_text("Card digits proved").first).to_be_visible()
    panel = desk.get_by_role("complementary", name="Client")
    expect(panel).to_contain_text("By" + SONJA.name)
    expect(panel).to_contain_text("Recorded by" + DANA.name)
    expect(ticket).to_contain_text(
        f"Proof by voice recorded: {SONJA.name} read out the support PIN (card digits proved)"
    )
    expect(ticket).to_contain_text("A proof by the support PIN, by voice was refused")

    # It works once, and stands nowhere afterwards.
    dialog = _hear(desk, digits)
    expect(dialog).to_contain_text("Those are not the digits")
    dialog.get_by_role("button", name="Cancel").click()
    portal.get_by_role("link", name="Your requests").click()
    expect(portal.get_by_role("heading", name="Your requests")).to_be_visible()
    for page in (portal, desk):
        assert digits not in page.evaluate(STORED)
    assert not [each for each in mail.to(SONJA.email) if digits in each.text + each.html + each.subject]


def _prove_card(signed_in: SignIns, *, besides: int) -> None:
    """Within the session that the browser shares, about another request."""
    api = signed_in(SONJA)
    edges = api.ask("{ myTickets(first: 5) { edges { node { number } } } }")["edges"]
    other = next(edge["node"]["number"] for edge in edges if edge["node"]["number"] != besides)
    proved = api.ask(
        "mutation($n: Int!, $p: ProofInput!) { prove(number: $n, proof: $p) { ... on Ticket { level } ... on Problem { code } } }",
        n=other,
        p={"method": "CARD", "secret": SONJAS_CARD},
    )
    assert proved == {"level": "CARD"}


def _hear(desk: Page, digits: str) -> Locator:
    desk.get_by_role("button", name="Record a proof by voice").click()
    dialog = desk.get_by_role("dialog", name="Record a proof by voice")
    dialog.get_by_label("Six digits that the caller reads out").fill(digits)
    dialog.get_by_role("button", name="Record it").click()
    return dialog
