"""Who gets in and who does not: refusals that give nothing away, sessions of one company, and the lock on proofs."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.api import Api, SignIns
from e2e.mailbox import Mailbox
from e2e.people import DANA, PEGGY, SONJA, SONJAS_CARD, WALTER
from e2e.system import System, until
from e2e.visitors import Visitors

VIEWER = "{ viewer { name } }"
REFUSED = "This address and password do not go together. Check both and try again."


def test_a_wrong_password_and_an_unknown_address_are_refused_alike(visitors: Visitors) -> None:
    visitors.expect_complaint("401")
    page = visitors.at("anchor", "/sign-in")
    for email in (WALTER.email, "nobody@nowhere.example"):
        page.reload()
        _type(page, email, "not the password")
        expect(page.get_by_role("alert")).to_have_text(REFUSED)
        expect(page.get_by_label("Password")).to_be_focused()
        expect(page.get_by_label("E-mail address")).to_have_value(email)


def test_a_mailed_address_leads_to_its_ticket_after_signing_in(visitors: Visitors, signed_in: SignIns) -> None:
    number = signed_in(PEGGY).open("Technical Support", "Deep link")
    page = visitors.at("anchor", f"/tickets/{number}")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    _type(page, PEGGY.email, PEGGY.password)
    expect(page.get_by_role("heading", name="Deep link")).to_be_visible()


def test_signing_out_ends_the_session_everywhere_it_was_open(visitors: Visitors, system: System) -> None:
    page = visitors.at("anchor", "/sign-in")
    _type(page, PEGGY.email, PEGGY.password)
    expect(page.get_by_text(PEGGY.name)).to_be_visible()
    [cookie] = [one for one in page.context.cookies() if one.get("name") == "countersign_session"]
    assert cookie.get("httpOnly") is True
    assert cookie.get("sameSite") == "Lax"
    with closing(Api(system, "anchor", session=cookie.get("value"))) as copy:
        assert copy.ask(VIEWER) == {"name": PEGGY.name}
        other_tab = page.context.new_page()
        other_tab.goto(page.url)
        expect(other_tab.get_by_text(PEGGY.name)).to_be_visible()

        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
        assert copy.ask(VIEWER) is None
    # By itself: the server ends the tab's socket with the session, and the tab asks anew who visits.
    expect(other_tab.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(other_tab.get_by_text(PEGGY.name)).to_have_count(0)
    page.go_back()
    expect(page.get_by_text(PEGGY.name)).to_have_count(0)


def test_a_session_counts_at_its_own_company_alone(visitors: Visitors, system: System, signed_in: SignIns) -> None:
    for session in (signed_in(WALTER).session, signed_in(DANA).session):
        with closing(Api(system, "larkspur", session=session)) as stranger:
            assert stranger.ask(VIEWER) is None
            assert stranger.refusal("{ queue { edges { node { number } } } }") == "sign_in_needed"
        page = visitors.at("larkspur")
        page.context.add_cookies([{"name": "countersign_session", "value": session, "url": system.origin("larkspur")}])
        page.goto(system.origin("larkspur") + "/desk")
        expect(page.get_by_role("heading", name="Sign in to the desk")).to_be_visible()


@pytest.mark.parametrize("host", ["unknown", "anchor.larkspur", "127.0.0.1"])
def test_an_unknown_host_name_gives_nothing_away(host: str, visitors: Visitors, system: System) -> None:
    visitors.expect_complaint("404")
    page = visitors.at("anchor")
    address = system.origin(host) if host != "127.0.0.1" else f"http://127.0.0.1:{system.port}"
    for path in ("/", "/desk", "/tickets/48233", "/graphql"):
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status == 404
        expect(page.locator("body")).to_have_text("There is nothing at this address.")
    assert "anchor host" not in page.content().lower()


def test_five_wrong_digits_lock_the_proof_until_the_mailed_link_lifts_it(
    visitors: Visitors, mail: Mailbox, signed_in: SignIns
) -> None:
    number = signed_in(SONJA).open("Technical Support", "A ticket for the desk to look at")
    desk = visitors.staff(DANA, f"/tickets/{number}")
    panel = desk.get_by_role("complementary", name="Client")
    expect(panel).to_contain_text("on file")
    expect(panel).not_to_contain_text("wrong tr")

    # A session of its own: what another story proved holds in that one's.
    page = visitors.at("anchor", "/sign-in?next=/new")
    _type(page, SONJA.email, SONJA.password)
    page.get_by_role("radio", name="Domains and DNS").check()
    page.get_by_role("radio", name="Other records").check()
    page.get_by_label("Subject").fill("A TXT record, please")
    page.get_by_label("What happened, or what should be done?").fill("google-site-verification=abc")
    page.get_by_role("radio", name="Last four digits of the card on file").check()
    digits = page.get_by_label("Last four digits of the card", exact=True)
    for guess in ("0001", "0002", "0003", "0004"):
        _guess(page, digits, guess)
        expect(page.get_by_text("That could not be confirmed.")).to_be_visible()
        expect(digits).to_have_value("")
    assert mail.to(SONJA.email, subject="locked") == []
    _guess(page, digits, "0005")
    until(lambda: mail.to(SONJA.email, subject="locked"), "the mail about the lock")

    # Now even the right digits are refused, unread; and both sides see why.
    _guess(page, digits, SONJAS_CARD)
    expect(page.get_by_text("Locked until").first).to_be_visible()
    assert signed_in(SONJA).ask("{ myTickets(first: 1) { edges { node { subject } } } }")["edges"][0]["node"] == {
        "subject": "A ticket for the desk to look at"
    }
    desk.reload()
    expect(panel).to_contain_text("5 wrong tries today with the card digits")
    expect(panel).to_contain_text("Locked until")

    # The link lifts it, once.
    link = mail.wait_for(SONJA.email, subject="locked").link("/link/")
    lifting = visitors.client(SONJA)
    lifting.goto(link)
    lifting.get_by_role("button", name="Lift the lock").click()
    expect(lifting.get_by_role("heading", name="The lock is lifted")).to_be_visible()
    lifting.goto(link)
    expect(lifting.get_by_role("heading", name="This link no longer works")).to_be_visible()
    desk.reload()
    expect(panel).to_contain_text("on file")
    expect(panel).not_to_contain_text("Locked until")

    page.reload()
    page.get_by_role("radio", name="Last four digits of the card on file").check()
    _guess(page, digits, SONJAS_CARD)
    expect(page.get_by_role("heading", name="Your request is number")).to_be_visible()


def _type(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def _guess(page: Page, field: Locator, digits: str) -> None:
    field.fill(digits)
    button = page.get_by_role("button", name="Send the request")
    button.click()
    expect(button.or_(page.get_by_role("heading", name="Your request is number"))).to_be_visible()
