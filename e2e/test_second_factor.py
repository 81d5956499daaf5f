"""Signing in with more than a password, and without one: app, passkey, recovery code, mailed link; and guests."""

from __future__ import annotations

import base64
import re
import time
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import Page, expect

from e2e.mailbox import Mailbox
from e2e.people import PASSWORD, Person
from e2e.system import System
from e2e.visitors import Visitors

# Nobody else's stories are about these.
KIRI = Person("orchard", "kiri@orchard.example", "Kiri Tanaka")
HOLLIS = Person("orchard", "hollis@orchard.example", "Hollis Tremblay")
BEATRIX = Person("orchard", "editor@quillink.example", "Beatrix Cole")
NEW_PASSWORD = "a quite new passphrase"


def test_an_agent_sets_up_an_app_signs_in_by_it_and_gets_in_by_a_recovery_code(
    visitors: Visitors, mail: Mailbox
) -> None:
    visitors.expect_complaint("401")  # A wrong code, told as such.
    desk = visitors.at("orchard", "/desk")
    _sign_in(desk, KIRI)
    desk.get_by_role("button", name=KIRI.name).click()
    desk.get_by_role("link", name="Sign-in and security").click()
    desk.get_by_role("button", name="Set up an app").click()
    expect(desk.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    key = desk.locator(".totp-key").inner_text().replace(" ", "")
    desk.get_by_label("Code that the app shows now").fill(_code(key))
    desk.get_by_role("button", name="Turn it on").click()
    expect(desk.get_by_role("heading", name="Keep these recovery codes")).to_be_visible()
    codes = desk.locator(".recovery-codes code").all_inner_texts()
    assert len(set(codes)) == 10
    desk.get_by_role("button", name="I have kept them").click()
    expect(desk.get_by_text("It is set up")).to_be_visible()
    mail.wait_for(KIRI.email, subject="Your sign-in at Orchard Cloud was changed")

    other = visitors.at("orchard", "/desk")
    _sign_in(other, KIRI)
    field = other.get_by_label("Code from your authenticator app")
    field.fill("000000")
    other.get_by_role("button", name="Confirm", exact=True).click()
    expect(other.get_by_text("That could not be confirmed.")).to_be_visible()
    field.fill(_code(key, later=1))  # The code of the set-up is used up; the next one counts already.
    other.get_by_role("button", name="Confirm", exact=True).click()
    expect(other.get_by_role("button", name=KIRI.name)).to_be_visible()
    mail.wait_for(KIRI.email, subject="New sign-in at Orchard Cloud")

    third = visitors.at("orchard", "/desk")
    _sign_in(third, KIRI)
    third.get_by_role("button", name="Use a recovery code").click()
    third.get_by_label("Recovery code").fill(codes[3])
    third.get_by_role("button", name="Confirm", exact=True).click()
    expect(third.get_by_role("button", name=KIRI.name)).to_be_visible()
    third.goto(third.url.split("/desk")[0] + "/desk/security")
    expect(third.get_by_text("you have 9 left")).to_be_visible()

    # The list of sessions ends the other two.
    expect(third.get_by_role("button", name=re.compile("^Sign out: "))).to_have_count(2)
    third.get_by_role("button", name="Sign out everywhere else").click()
    expect(third.get_by_role("button", name=re.compile("^Sign out: "))).to_have_count(0)
    desk.reload()
    expect(desk.get_by_role("heading", name="Sign in to the desk")).to_be_visible()
    third.get_by_role("button", name="Remove the app").click()
    expect(third.get_by_role("button", name="Set up an app")).to_be_visible()


def test_a_passkey_signs_in_alone_and_confirms_what_is_sensitive(visitors: Visitors) -> None:
    page = visitors.at("orchard", "/sign-in")
    authenticator = _Authenticator(page)
    _sign_in(page, BEATRIX)
    page.get_by_role("link", name=BEATRIX.name).click()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("Name of the passkey").fill("My laptop")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("My laptop")).to_be_visible()
    assert len(authenticator.credentials()) == 1

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("link", name=BEATRIX.name)).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("link", name="Sign in").first.click()
    _sign_in(page, BEATRIX)
    page.get_by_text("Now confirm with your second factor").wait_for()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("link", name=BEATRIX.name)).to_be_visible()
    page.get_by_role("link", name=BEATRIX.name).click()
    expect(page.get_by_text("by password and second factor").first).to_be_visible()
    page.get_by_role("button", name="Remove: My laptop").click()
    expect(page.get_by_text("My laptop")).to_have_count(0)


def test_a_company_requires_a_second_factor_of_its_staff(visitors: Visitors) -> None:
    owner = visitors.at("orchard", "/desk")
    authenticator = _Authenticator(owner)
    _sign_in(owner, HOLLIS)
    expect(owner.get_by_role("button", name=HOLLIS.name)).to_be_visible()
    owner.goto(owner.url.split("/desk")[0] + "/desk/security")
    owner.get_by_role("button", name="Add a passkey").click()
    owner.get_by_label("Name of the passkey").fill("Office")
    owner.get_by_role("button", name="Make it").click()
    owner.get_by_role("button", name="I have kept them").click()
    expect(owner.get_by_text("Office")).to_be_visible()
    assert authenticator.credentials()
    owner.goto(owner.url.split("/desk")[0] + "/desk/admin/security")
    rule = owner.get_by_role("switch", name="The staff must use a second factor")
    rule.click()
    try:
        expect(owner.get_by_text("sets one up right after the password")).to_be_visible()
        agent = visitors.at("orchard", "/desk")
        _Authenticator(agent)
        _sign_in(agent, KIRI)
        expect(agent.get_by_role("heading", name="Set up a second factor")).to_be_visible()
        agent.goto(agent.url.split("/desk")[0] + "/desk/queue/all")
        expect(agent.get_by_role("heading", name="Set up a second factor")).to_be_visible()
        agent.get_by_role("button", name="Add a passkey").click()
        agent.get_by_label("Name of the passkey").fill("Kiri's laptop")
        agent.get_by_role("button", name="Make it").click()
        agent.get_by_role("button", name="I have kept them").click()
        expect(agent.get_by_role("button", name=KIRI.name)).to_be_visible()
    finally:
        rule.click()
        expect(owner.get_by_text("chooses for themselves")).to_be_visible()
    agent.goto(agent.url.split("/desk")[0] + "/desk/security")
    agent.get_by_role("button", name="Remove: Kiri's laptop").click()
    expect(agent.get_by_text("Kiri's laptop")).to_have_count(0)


def test_a_forgotten_password_is_set_anew_and_nothing_tells_who_is_known(visitors: Visitors, mail: Mailbox) -> None:
    noah = Person("orchard", "bookings@fernhill.example", "Noah Reimer", NEW_PASSWORD)
    page = visitors.at("orchard", "/sign-in")
    page.get_by_role("link", name="Forgot your password").click()
    for email in ("nobody@nowhere.example", noah.email):
        page.get_by_label("E-mail address").fill(email)
        page.get_by_role("button", name="Set a new password").click()
        expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
        expect(page.get_by_text(f"If we know {email}")).to_be_visible()
        page.get_by_role("button", name="Another address").click()
    link = mail.wait_for(noah.email, subject="Choose a new password").link("/link/")
    page.goto(link)
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("link", name=noah.name)).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    assert mail.to("nobody@nowhere.example") == []
    again = visitors.at("orchard", "/sign-in")
    _sign_in(again, noah)
    expect(again.get_by_role("link", name=noah.name)).to_be_visible()


def test_a_guest_reads_and_answers_a_request_by_the_link_and_by_the_code(
    visitors: Visitors, mail: Mailbox, system: System
) -> None:
    visitors.expect_complaint("401")  # A wrong code.
    email = "ada@curious.example"
    guest = visitors.at("orchard", "/new")
    guest.get_by_label("Subject").fill("Do you host choirs?")
    guest.get_by_label("What happened, or what should be done?").fill("We are forty, and loud.")
    guest.get_by_label("Your name").fill("Ada Curious")
    guest.get_by_label("Your e-mail address").fill(email)
    guest.get_by_role("button", name="Send the request").click()
    expect(guest.get_by_role("heading", name="Your request is number")).to_be_visible()
    receipt = mail.wait_for(email, subject="Do you host choirs?")
    code = re.search(r"access code: (\S+?)\.", receipt.text)
    assert code is not None, receipt.text

    by_link = visitors.at("orchard", receipt.link("/link/").removeprefix(system.origin("orchard")))
    by_link.get_by_role("button", name="See my requests").click()
    expect(by_link.get_by_role("heading", name="Do you host choirs?")).to_be_visible()
    by_link.get_by_label("Your answer").fill("Forty-one now.")
    by_link.get_by_role("button", name="Send the answer").click()
    expect(by_link.get_by_role("region", name="Conversation")).to_contain_text("Forty-one now.")

    by_code = visitors.at("orchard", "/sign-in")
    by_code.get_by_role("link", name="You wrote to us without an account?").click()
    by_code.get_by_label("E-mail address from which you wrote").fill(email)
    by_code.get_by_label("Access code").fill("aaaaa-bbbbb")
    by_code.get_by_role("button", name="See my requests").click()
    expect(by_code.get_by_text("do not go together")).to_be_visible()
    by_code.get_by_label("Access code").fill(code[1].upper())
    by_code.get_by_role("button", name="See my requests").click()
    by_code.get_by_role("link", name="Do you host choirs?").click()
    expect(by_code.get_by_text("Forty-one now.")).to_be_visible()


def _sign_in(page: Page, person: Person) -> None:
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(person.password or PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _code(key: str, *, later: int = 0) -> str:
    """What the app shows, some steps of half a minute from now."""
    app = TOTP(base64.b32decode(key), 6, SHA1(), 30)
    return app.generate(int(time.time()) + 30 * later).decode()


class _Authenticator:
    """Chromium's own, in place of a finger."""

    def __init__(self, page: Page) -> None:
        self._cdp = page.context.new_cdp_session(page)
        self._cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self._id = self._cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def credentials(self) -> list[Any]:
        found: list[Any] = self._cdp.send("WebAuthn.getCredentials", {"authenticatorId": self._id})["credentials"]
        return found
