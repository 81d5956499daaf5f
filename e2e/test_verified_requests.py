"""Proof where it is needed: typed into the form, asked for by mail and given behind a link, held back until then."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.people import CARD, DANA, PEGGY, RENEE, WALTER, Person
from e2e.visitors import Visitors

MX = "Changing the MX of oakhurst.example"


def test_an_mx_change_is_refused_with_a_wrong_password_and_sent_with_the_right_one(visitors: Visitors) -> None:
    desk = visitors.staff(DANA)
    # A session of its own: a proof holds in it for a quarter of an hour.
    portal = visitors.at("anchor", "/sign-in?next=/new")
    portal.get_by_label("E-mail address").fill(WALTER.email)
    portal.get_by_label("Password").fill(WALTER.password)
    portal.get_by_role("button", name="Sign in", exact=True).click()
    _choose(portal, "Domains and DNS")
    _choose(portal, "Change MX records")
    expect(portal.get_by_text("“Change MX records” needs the account password: it proves that you own")).to_be_visible()
    portal.get_by_label("Subject").fill(MX)
    portal.get_by_label("What happened, or what should be done?").fill("To mx1.mailbarn.example, priority 10.")
    field = portal.get_by_label("Account password")
    field.fill("not the password")
    portal.get_by_role("button", name="Send the request").click()
    expect(portal.get_by_text("That could not be confirmed. Check it and try again.")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(portal.get_by_label("Subject")).to_have_value(MX)
    expect(desk.get_by_role("row", name=MX)).to_have_count(0)
    field.fill(WALTER.password)
    portal.get_by_role("button", name="Send the request").click()
    expect(portal.get_by_role("heading", name="Your request is number")).to_be_visible()
    row = desk.get_by_role("row", name=MX)
    expect(row.get_by_role("img", name=re.compile("^Account password proved"))).to_be_visible()


def test_a_mailed_request_is_proved_through_the_link_of_its_receipt_and_the_desk_sees_it_live(
    visitors: Visitors, mail: Mailbox, signed_in: SignIns
) -> None:
    number, link = _mailed(mail, signed_in, PEGGY, "A new address on our invoices")
    desk = visitors.staff(DANA, f"/tickets/{number}")
    ticket = desk.get_by_role("region", name=f"Ticket #{number}")
    expect(ticket.get_by_text("Not proved enough.")).to_be_visible()
    expect(ticket.get_by_text(re.compile("Asked .*, waiting until"))).to_be_visible()
    expect(ticket.get_by_text("by plain e-mail, nothing proved")).to_be_visible()

    # What a company marks waits for the proof.
    _set_status(desk, ticket, "Resolved")
    expect(desk.get_by_role("form", name="Held back")).to_contain_text("This ticket needs a signed-in client")
    desk.get_by_role("button", name="Cancel").click()

    # Nobody is signed in where the link is opened; opening it changes nothing.
    at_home = visitors.at("anchor", link)
    expect(at_home.get_by_text("A new address on our invoices")).to_be_visible()
    expect(ticket.get_by_text("Not verified").first).to_be_visible()
    at_home.get_by_role("button", name="Go on with").click()
    at_home.get_by_role("radio", name="Last four digits of the card on file").check()
    digits = at_home.get_by_label("Last four digits of the card", exact=True)
    expect(ticket.get_by_text("Sender of the e-mail verified").first).to_be_visible()
    digits.fill("0000")
    at_home.get_by_role("button", name="Prove it").click()
    expect(at_home.get_by_text("That could not be confirmed.")).to_be_visible()
    digits.fill(CARD)
    at_home.get_by_role("button", name="Prove it").click()
    expect(at_home.get_by_role("heading", name="Thank you, it is proved")).to_be_visible()

    # Without a reload: the badge, the history, and what was held back.
    expect(ticket.get_by_text(re.compile("^Card digits proved"))).to_be_visible()
    expect(ticket.get_by_text("Proved: the card's last four digits")).to_be_visible()
    expect(ticket.get_by_text("Not proved enough.")).to_have_count(0)
    _set_status(desk, ticket, "Resolved")
    expect(ticket.get_by_role("button", name="Resolved")).to_be_visible()

    spent = visitors.at("anchor", link)
    expect(spent.get_by_role("heading", name="This link no longer works")).to_be_visible()


def test_an_agent_asks_for_proof_and_an_older_link_works_no_longer(
    visitors: Visitors, mail: Mailbox, signed_in: SignIns
) -> None:
    number, first = _mailed(mail, signed_in, WALTER, "Cancel the rentals package")
    desk = visitors.staff(DANA, f"/tickets/{number}")
    ticket = desk.get_by_role("region", name=f"Ticket #{number}")
    ticket.get_by_role("button", name="Ask again").click()
    expect(desk.get_by_text("A link to prove it is on its way to the address on file")).to_be_visible()
    expect(ticket.get_by_text(f"Mailed {WALTER.name} a link to prove it").last).to_be_visible()
    asked = mail.wait_for(WALTER.email, subject="Please prove it is you: Cancel the rentals package")
    assert str(number) in asked.text
    assert asked.link("/link/") != first
    spent = visitors.at("anchor", first)
    expect(spent.get_by_role("heading", name="This link no longer works")).to_be_visible()
    desk.keyboard.press("v")
    expect(ticket.get_by_text(f"Mailed {WALTER.name} a link to prove it")).to_have_count(3)


def test_a_lead_goes_on_without_proof_and_the_reason_stays(
    visitors: Visitors, mail: Mailbox, signed_in: SignIns
) -> None:
    number, _ = _mailed(mail, signed_in, WALTER, "Our invoice of November")
    desk = visitors.staff(DANA, f"/tickets/{number}")
    ticket = desk.get_by_role("region", name=f"Ticket #{number}")
    ticket.get_by_role("button", name=re.compile("^Reply to")).click()
    ticket.get_by_label("Reply", exact=True).fill("It is changed.")
    ticket.get_by_role("button", name="Send and solve").click()
    step = ticket.get_by_role("form", name="Held back")
    expect(step).to_contain_text("a lead can go on without it")
    expect(step.get_by_role("button", name="Go on without proof")).to_have_count(0)
    step.get_by_role("button", name="Cancel").click()
    expect(ticket.get_by_label("Reply", exact=True)).to_have_value("It is changed.")

    lead = visitors.staff(RENEE, f"/tickets/{number}")
    other = lead.get_by_role("region", name=f"Ticket #{number}")
    _set_status(lead, other, "Resolved")
    lead.get_by_label("Why go on without proof?").fill("I know his voice, he called me.")
    lead.get_by_role("button", name="Go on without proof").click()
    expect(other.get_by_role("button", name="Resolved")).to_be_visible()
    told = "Went on without proof (status “Resolved” needs a signed-in client): I know his voice, he called me."
    expect(ticket.get_by_text(told)).to_be_visible()
    portal = visitors.client(WALTER, f"/tickets/{number}")
    expect(portal.get_by_role("heading", name="Our invoice of November")).to_be_visible()
    expect(portal.get_by_text("I know his voice")).to_have_count(0)


def test_a_visitor_names_an_account_and_its_owner_proves_it(
    visitors: Visitors, mail: Mailbox, signed_in: SignIns
) -> None:
    numbers = []
    for named, subject in ((WALTER.email, "Move oakhurst.example"), ("nobody@oakhurst.example", "Move nothing")):
        page = visitors.at("anchor", f"/new?subject={subject.replace(' ', '%20')}")
        page.get_by_label("What happened, or what should be done?").fill("To another host, please.")
        page.get_by_label("Your name").fill("Ada Moreau")
        page.get_by_label("Your e-mail address").fill("ada@moreau.example")
        page.get_by_label("Is this about an existing account?").fill(named)
        page.get_by_role("button", name="Send the request").click()
        heading = page.get_by_role("heading", name="Your request is number")
        expect(heading).to_be_visible()
        expect(page.get_by_text("If we know the account that you named, we have sent a link")).to_be_visible()
        numbers.append(int(re.sub(r"\D", "", heading.inner_text())))
    asked = mail.wait_for(WALTER.email, subject="Please prove it is you: Move oakhurst.example")
    assert "Ada Moreau (ada@moreau.example)" in " ".join(asked.text.split())
    at_home = visitors.at("anchor", _path(asked.link("/link/")))
    expect(at_home.get_by_text("Ada Moreau <ada@moreau.example>")).to_be_visible()
    at_home.get_by_role("button", name="Go on with").click()
    expect(at_home.get_by_role("heading", name="Thank you, it is proved")).to_be_visible()
    desk = visitors.staff(DANA, f"/tickets/{numbers[0]}")
    panel = desk.get_by_role("complementary", name="Client")
    expect(panel).to_contain_text("Oakhurst Hardware")
    expect(panel).to_contain_text("By" + WALTER.name)


def _mailed(mail: Mailbox, signed_in: SignIns, person: Person, subject: str) -> tuple[int, str]:
    """A request to the billing department by mail, and the link that its receipt brought."""
    mail.write(person, to="billing@anchor.example", subject=subject, body="Please do it soon.")
    receipt = mail.wait_for(person.email, subject=subject)
    found = re.search(r"#(\d+)", receipt.subject)
    assert found is not None, receipt.subject
    return int(found.group(1)), _path(receipt.link("/link/"))


def _path(address: str) -> str:
    return "/link/" + address.rsplit("/link/", 1)[1]


def _choose(portal: Page, name: str) -> None:
    portal.get_by_role("radio", name=name).check()


def _set_status(desk: Page, ticket: Locator, name: str) -> None:
    ticket.locator("button.pill").first.click()
    desk.get_by_role("menuitem", name=name).click()
