"""Two questions in one request each get their own answer, and two requests about one thing become one; both can be undone."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.people import DANA, PEGGY, WALTER
from e2e.visitors import Visitors

SHOTS = os.environ.get("COUNTERSIGN_E2E_SHOTS")


def test_an_agent_splits_a_request_by_keyboard_and_answers_find_their_own_ticket(
    visitors: Visitors, mail: Mailbox, signed_in: SignIns
) -> None:
    client, agent = signed_in(WALTER), signed_in(DANA)
    number = client.open("Technical Support", "Mail bounces since noon", "Our mail to the chamber bounces.")
    receipt = mail.wait_for(WALTER.email, subject="Mail bounces since noon")
    client.reply(number, "And why was the invoice higher this month?")

    desk = visitors.staff(DANA, f"/tickets/{number}")
    ticket = desk.get_by_role("region", name=f"Ticket #{number}")
    expect(ticket.get_by_text("And why was the invoice higher this month?")).to_be_visible()
    desk.keyboard.press("x")
    boxes = ticket.get_by_role("checkbox", name=f"Choose the message by {WALTER.name}")
    expect(boxes.last).to_be_focused()
    desk.keyboard.press("Space")
    _shoot(desk, "split")
    desk.keyboard.press("Enter")
    expect(ticket.get_by_label("Subject")).to_have_value("And why was the invoice higher this month?")
    ticket.get_by_label("Subject").fill("Higher invoice")
    ticket.get_by_label("Department").select_option("Billing")
    ticket.get_by_role("button", name="Split off", exact=True).click()
    expect(desk.get_by_text(re.compile(r"#\d+ was split off"))).to_be_visible()
    made = int(agent.ticket(number, "splitOff { number }")["splitOff"][0]["number"])
    expect(ticket.get_by_role("link", name=f"#{made} Higher invoice")).to_be_visible()
    expect(ticket.get_by_role("log")).not_to_contain_text("And why was the invoice higher")

    # The client reads it on both pages, and has it by mail; the answer to that mail lands on the new number.
    told = mail.wait_for(WALTER.email, subject="Higher invoice")
    portal = visitors.client(WALTER, f"/tickets/{number}")
    expect(portal.get_by_text(f"Split off one message into #{made}")).to_be_visible()
    portal.get_by_role("link", name=f"#{made} Higher invoice").click()
    expect(portal.get_by_role("region", name="Conversation")).to_contain_text("And why was the invoice higher")
    mail.answer(told, WALTER, "It is the one of October.")
    expect(portal.get_by_role("region", name="Conversation")).to_contain_text("It is the one of October.")
    mail.answer(receipt, WALTER, "Still bouncing.")
    expect(ticket.get_by_role("log")).to_contain_text("Still bouncing.")

    # Something new would be lost by now, and it says so.
    ticket.get_by_role("log").get_by_role("button", name="Undo").click()
    expect(ticket.get_by_role("alert")).to_contain_text(f"There is a new message on #{made}")


def test_an_agent_merges_two_requests_and_both_numbers_lead_to_one_conversation_until_it_is_undone(
    visitors: Visitors, mail: Mailbox, signed_in: SignIns
) -> None:
    walter, peggy = signed_in(WALTER), signed_in(PEGGY)
    first = walter.open("Technical Support", "The shop is slow", "Since this morning.")
    second = peggy.open("Technical Support", "Slow shop again", "It takes a minute for each page.")
    mail.wait_for(PEGGY.email, subject="Slow shop again")
    watched = visitors.client(PEGGY, f"/tickets/{second}")
    expect(watched.get_by_label("Your answer")).to_be_visible()

    desk = visitors.staff(DANA, f"/tickets/{second}")
    ticket = desk.get_by_role("region", name=f"Ticket #{second}")
    expect(ticket.get_by_text("It takes a minute for each page.")).to_be_visible()
    desk.keyboard.press("m")
    desk.get_by_role("searchbox", name="Merge with").fill(str(first))
    desk.get_by_role("menuitem", name=re.compile(f"#{first} ")).click()
    expect(desk.get_by_role("dialog")).to_contain_text("Since this morning.")
    _shoot(desk, "merge")
    desk.get_by_role("button", name=f"Merge into #{first}").click()
    expect(desk.get_by_text(f"#{second} goes on in #{first}", exact=True)).to_be_visible()
    expect(ticket.get_by_text("This ticket goes on in")).to_be_visible()
    _shoot(desk, "merged")

    # The page that the client looks at says so by itself, and the old number leads to the one conversation.
    link = watched.get_by_role("link", name=f"#{first} The shop is slow").first
    expect(link).to_be_visible()
    expect(watched.get_by_label("Your answer")).not_to_be_visible()
    _shoot(watched, "portal-merged")
    told = mail.wait_for(PEGGY.email, subject=f"Goes on in {first}")
    link.click()
    conversation = watched.get_by_role("region", name="Conversation")
    expect(conversation).to_contain_text("Since this morning.")
    expect(conversation).to_contain_text("It takes a minute for each page.")
    mail.answer(told, PEGGY, "It is quick again now.")
    expect(conversation).to_contain_text("It is quick again now.")

    ticket.get_by_role("log").get_by_role("button", name="Undo").click()
    expect(ticket.get_by_role("log")).to_contain_text("It takes a minute for each page.")
    expect(conversation).not_to_contain_text("It takes a minute for each page.")
    expect(conversation).to_contain_text("It is quick again now.")


def test_the_form_offers_the_better_department_with_one_click(visitors: Visitors) -> None:
    portal = visitors.client(WALTER, "/new")
    portal.get_by_role("radio", name=re.compile("^Technical Support")).check(force=True)
    portal.get_by_role("radio", name="Something else").check(force=True)
    portal.get_by_label("Subject").fill("Charged twice for the invoice")
    portal.get_by_label("What happened, or what should be done?").fill(
        "My card was charged twice, please refund one payment."
    )
    offer = portal.get_by_text("This looks like")
    expect(offer).to_contain_text("Billing")
    _shoot(portal, "suggestion")
    portal.get_by_role("button", name="Choose this").click()
    expect(portal.get_by_role("radio", name=re.compile("^Billing"))).to_be_checked()
    expect(offer).not_to_be_visible()


def _shoot(page: Page, name: str) -> None:
    """Pictures to look at, where somebody asks for them."""
    if SHOTS is None:
        return
    size = page.viewport_size
    for width, height in ((390, 844), (1024, 768), (1440, 900)):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("scheme => { document.documentElement.dataset.theme = scheme; }", scheme)
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png")
    page.evaluate("() => { delete document.documentElement.dataset.theme; }")
    if size is not None:
        page.set_viewport_size(size)
