"""An answer waits before it leaves: the client sees nothing of it until then, and a key brings it back whole."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.people import DANA, WALTER
from e2e.visitors import Visitors


def test_an_answer_is_taken_back_by_a_key_and_leaves_by_itself_when_it_is_right(
    visitors: Visitors, signed_in: SignIns, mail: Mailbox
) -> None:
    number = signed_in(WALTER).open("Technical Support", "The staging server is slow")
    portal = visitors.client(WALTER, f"/tickets/{number}")
    desk = visitors.staff(DANA, f"/tickets/{number}")
    ticket = desk.get_by_role("region", name=f"Ticket #{number}")
    ticket.get_by_role("button", name=re.compile("^Reply to")).click()
    box = ticket.get_by_label("Reply", exact=True)
    box.fill("It is restarted, with the old password.")
    ticket.get_by_role("button", name="Send and solve").click()
    expect(ticket.get_by_text(re.compile(r"leaves in \d+ s"))).to_be_visible()
    expect(portal.get_by_text("It is restarted")).to_have_count(0)
    desk.keyboard.press("Shift+U")
    expect(box).to_have_value("It is restarted, with the old password.")
    expect(ticket.get_by_text(re.compile(r"leaves in \d+ s"))).to_have_count(0)

    box.fill("It is restarted.")
    ticket.get_by_role("button", name="Send and solve").click()
    expect(ticket.get_by_text(re.compile(r"leaves in \d+ s"))).to_be_visible()
    expect(portal.get_by_text("It is restarted.")).to_be_visible(timeout=15_000)
    told = mail.wait_for(WALTER.email, subject="Re: The staging server is slow")
    assert "old password" not in told.text
