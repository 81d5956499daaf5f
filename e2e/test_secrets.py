"""A secret is asked for, sent sealed, opened, seen as opened, and destroyed; what leaks is offered for sealing."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.people import DANA, WALTER
from e2e.visitors import Visitors

LABEL = "FTP password of voorbeeld.nl"
VALUE = "Kestrel!49 tango"


def test_a_secret_is_asked_for_sent_viewed_and_destroyed_at_closing(
    visitors: Visitors, mail: Mailbox, signed_in: SignIns
) -> None:
    number = signed_in(WALTER).open("Technical Support", "Move voorbeeld.nl to you")
    portal = visitors.client(WALTER, f"/tickets/{number}")
    desk = visitors.staff(DANA)
    desk.clock.install()
    desk.goto(desk.url.split("/desk")[0] + f"/desk/tickets/{number}")
    ticket = desk.get_by_role("region", name=f"Ticket #{number}")
    expect(ticket).to_contain_text("Move voorbeeld.nl to you")

    # By its key, then by name; the client reads of it by mail, and it says no more than the name.
    panel = desk.get_by_role("region", name="Secrets")
    field = panel.get_by_label("Ask for a secret")
    expect(field).to_be_visible()
    desk.keyboard.press("Shift+K")
    expect(field).to_be_focused()
    field.fill(LABEL)
    panel.get_by_role("button", name="Ask").click()
    expect(panel).to_contain_text(f"Asked for by {DANA.name}")
    asked = mail.wait_for(WALTER.email, subject="We need a secret from you: Move voorbeeld.nl")
    assert LABEL in asked.text
    assert f"/tickets/{number}" in asked.text

    # The client sees it without a reload and answers in a sealed field.
    own = portal.get_by_role("region", name="Secrets")
    expect(own).to_contain_text(f"{DANA.name} asks you for this")
    sealed = own.get_by_role("textbox", name=LABEL)
    sealed.fill(VALUE)
    own.get_by_role("button", name=f"Show {LABEL}").click()
    own.get_by_role("button", name=f"Hide {LABEL}").click()
    own.get_by_role("button", name="Send it sealed").click()
    expect(own).to_contain_text("not viewed yet")
    expect(portal.locator(".message .sealed-chip", has_text=LABEL)).to_be_visible()

    # The agent opens it where it was written, and beside the ticket; it is gone after half a minute.
    chip = ticket.locator(".message .sealed-chip", has_text=LABEL)
    chip.get_by_role("button", name=f"Show the secret {LABEL}").click()
    expect(chip.get_by_text(VALUE)).to_be_visible()
    chip.get_by_role("button", name="Hide").click()
    expect(chip.get_by_text(VALUE)).to_have_count(0)
    panel.get_by_role("button", name=f"Show the secret {LABEL}").click()
    expect(panel.get_by_text(VALUE)).to_be_visible()
    expect(panel.get_by_text(re.compile(r"gone in \d+ s"))).to_be_visible()
    desk.clock.fast_forward(31_000)
    expect(panel.get_by_text(VALUE)).to_have_count(0)
    assert VALUE not in desk.content()
    stored = desk.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert VALUE not in stored

    # The client sees that it was opened, by whom and when.
    expect(own).to_contain_text(f"viewed by {DANA.name} today")
    expect(portal.get_by_text(f"Viewed the secret “{LABEL}”").first).to_be_visible()

    # Closing destroys it, on both screens at once.
    signed_in(DANA).ask(
        'mutation($number: Int!) { setStatus(number: $number, status: "closed") '
        "{ __typename ... on Problem { code message } } }",
        number=number,
    )
    expect(own).to_contain_text("Destroyed")
    expect(panel).to_contain_text("Destroyed")
    expect(panel.get_by_role("button", name=f"Show the secret {LABEL}")).to_have_count(0)
    for each in mail.to(WALTER.email) + mail.to(DANA.email):
        assert VALUE not in each.text + each.html


def test_a_password_in_a_request_is_offered_for_sealing_and_held_back_on_sending(
    visitors: Visitors, signed_in: SignIns
) -> None:
    portal = _new_request(visitors.client(WALTER, "/new"))
    body = portal.get_by_label("What happened, or what should be done?")
    body.fill(f"I cannot log in. My password is {VALUE.split()[0]} since May.")
    offer = portal.get_by_text("This looks like a password.")
    expect(offer).to_be_visible()
    portal.get_by_role("button", name="Seal it").click()
    expect(body).to_have_value("I cannot log in. My password is [sealed: password] since May.")
    expect(portal.get_by_role("list", name="Sealed, sent with this")).to_contain_text("password")
    expect(offer).to_have_count(0)
    number = _send(portal)
    found = signed_in(DANA).ticket(
        number, "secrets { id label state } timeline { edges { node { ... on Message { body } } } }"
    )
    assert [(each["label"], each["state"]) for each in found["secrets"]] == [("password", "SENT")]
    assert VALUE.split()[0] not in str(found)
    shown = signed_in(DANA).ask(
        "mutation($id: ID!) { showSecret(id: $id) { ... on ShownSecret { value } } }", id=found["secrets"][0]["id"]
    )
    assert shown["value"] == VALUE.split()[0]


def test_who_sends_at_once_is_held_back_and_may_send_it_anyway(visitors: Visitors, signed_in: SignIns) -> None:
    portal = _new_request(visitors.client(WALTER, "/new"))
    body = portal.get_by_label("What happened, or what should be done?")
    body.fill("The test login on staging: user demo, password demo-4-all!")
    portal.get_by_role("button", name="Send the request").click()
    portal.get_by_role("button", name="Send it anyway").click()
    number = _number_of(portal)
    found = signed_in(DANA).ticket(number, "timeline { edges { node { ... on Message { body } } } }")
    assert "demo-4-all!" in str(found)


def test_the_staff_seals_a_new_password_for_the_client(visitors: Visitors, signed_in: SignIns) -> None:
    number = signed_in(WALTER).open("Technical Support", "A new FTP account")
    portal = visitors.client(WALTER, f"/tickets/{number}")
    desk = visitors.staff(DANA, f"/tickets/{number}")
    ticket = desk.get_by_role("region", name=f"Ticket #{number}")
    ticket.get_by_role("button", name=re.compile("^Reply to")).click()
    ticket.get_by_label("Reply", exact=True).fill("The account is there: user oakhurst, password Glass-Onion-7")
    expect(ticket.get_by_text("This looks like a password.")).to_be_visible()
    ticket.get_by_role("button", name="Seal it").click()
    ticket.get_by_role("button", name="Send and ask").click()
    ticket.get_by_role("button", name="Send now").click()
    own = portal.get_by_role("region", name="Secrets")
    own.get_by_role("button", name="Show the secret password").click()
    expect(own.get_by_text("Glass-Onion-7")).to_be_visible()
    own.get_by_role("button", name="Hide", exact=True).click()
    expect(own.get_by_text("Glass-Onion-7")).to_have_count(0)
    expect(desk.get_by_role("region", name="Secrets")).to_contain_text(f"viewed by {WALTER.name}")


def _new_request(portal: Page) -> Page:
    _radio(portal, "Technical Support").check()
    something = _radio(portal, "Something else")
    if something.count():
        something.check()
    portal.get_by_label("Subject").fill("Cannot log in")
    return portal


def _radio(portal: Page, name: str) -> Locator:
    return portal.get_by_role("radio", name=name)


def _send(portal: Page) -> int:
    portal.get_by_role("button", name="Send the request").click()
    return _number_of(portal)


def _number_of(portal: Page) -> int:
    heading = portal.get_by_role("heading", name="Your request is number")
    expect(heading).to_be_visible()
    return int(re.sub(r"\D", "", heading.inner_text()))
