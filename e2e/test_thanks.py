"""A thank-you disturbs nobody, and one click makes it the reply that it was (FIELD.md A10)."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.people import INES, TOM, YASMIN
from e2e.system import System
from e2e.visitors import Visitors


def test_thanks_by_mail_and_portal_reopen_nothing_until_somebody_says_it_was_a_reply(
    system: System, mail: Mailbox, signed_in: SignIns, visitors: Visitors
) -> None:
    client, agent = signed_in(INES), signed_in(TOM)
    subject = "The newsletter form asks twice"
    number = client.open("Support", subject)
    agent.reply(number, "It asks once now.", "closed")
    answer = mail.wait_for(INES.email, subject=subject, count=2)

    # By mail, with the whole of what was answered quoted below it.
    quoted = (
        "Thank you so much, Tom!\n\nInes\n\nOn Mon, 2 Mar 2026 at 10:00, Larkspur Web wrote:\n> It asks once now.\n"
    )
    mail.answer(answer, INES, quoted)
    portal = visitors.client(INES, f"/tickets/{number}")
    expect(portal.get_by_text("Taken as thanks: the request was not reopened")).to_be_visible()
    expect(portal.locator(".standing")).to_contain_text("Closed")
    portal.get_by_role("button", name="Thanks, all fine").click()
    expect(portal.get_by_text("You said that all is fine")).to_be_visible()
    expect(portal.locator(".standing")).to_contain_text("Closed")

    desk = visitors.staff(TOM, "/thanks")
    row = desk.get_by_role("listitem").filter(has_text=subject).filter(has_text="Thank you so much, Tom!")
    expect(row).to_contain_text("not reopened")
    expect(desk.get_by_text("Pressed “Thanks, all fine”").first).to_be_visible()
    before = len(mail.to(YASMIN.email, subject=subject))

    row.get_by_role("button", name=f"This was a reply, on #{number}").click()
    expect(row).to_contain_text("Tom Whitfield said that it was a reply")
    expect(portal.locator(".standing")).not_to_contain_text("Closed")
    ticket = client.ticket(number, "waitingSince timeline(first: 50) { edges { node { ... on Message { at body } } } }")
    written = next(each["node"]["at"] for each in ticket["timeline"]["edges"] if "Tom!" in each["node"].get("body", ""))
    assert ticket["waitingSince"] == written
    mail.wait_for(YASMIN.email, subject=subject, count=before + 1)
