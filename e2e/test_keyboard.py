"""The main job without a mouse: both sides, from signing in to the answer."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from e2e.api import SignIns
from e2e.people import CARD, DANA, WALTER
from e2e.visitors import Visitors

MOST_TABS = 40
IS_FOCUSED = "element => element === document.activeElement"
SHOWS_FOCUS = """() => {
    let element = document.activeElement;
    for (let level = 0; element && level < 4; level++, element = element.parentElement) {
        const style = getComputedStyle(element);
        if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) return true;
        if (style.boxShadow !== "none") return true;
    }
    return false;
}"""


def test_a_client_asks_proves_and_answers(visitors: Visitors) -> None:
    page = visitors.at("anchor", "/sign-in")
    keys = page.keyboard
    _reach(page, page.get_by_label("E-mail address"))
    keys.type(WALTER.email)
    _reach(page, page.get_by_label("Password"))
    keys.type(WALTER.password)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="What do you need, Walter?")).to_be_visible()

    _reach(page, page.get_by_role("textbox", name="Describe it in a few words"))
    keys.type("The invoice names the old owner")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="New request")).to_be_visible()
    _reach(page, page.get_by_role("radio", name="Technical Support"))
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(page.get_by_role("radio", name="Billing", exact=True)).to_be_checked()
    _reach(page, page.get_by_role("radio", name="Change billing details"))
    keys.press("Space")
    expect(page.get_by_label("Subject")).to_have_value("The invoice names the old owner")
    _reach(page, page.get_by_label("What happened, or what should be done?"))
    keys.type("Please write it to Oakhurst Hardware.")
    _reach(page, page.get_by_role("radio", name="Last four digits of the card on file"))
    keys.press("Space")
    _reach(page, page.get_by_label("Last four digits of the card", exact=True))
    keys.type(CARD)
    _reach(page, page.get_by_role("button", name="Send the request"))
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Your request is number")).to_be_focused()
    _reach(page, page.get_by_role("link", name="Follow the request"))
    keys.press("Enter")
    expect(page.get_by_role("heading", name="The invoice names the old owner")).to_be_focused()
    expect(page.get_by_text("Card digits proved").first).to_be_visible()

    _reach(page, page.get_by_label("Your answer"))
    keys.type("From November on.")
    keys.press("Control+Enter")
    conversation = page.get_by_role("region", name="Conversation")
    expect(conversation.get_by_text("From November on.")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("")


def test_an_agent_reads_takes_answers_and_transfers(visitors: Visitors, signed_in: SignIns) -> None:
    first = signed_in(WALTER).open("Contact form", "First to read")
    second = signed_in(WALTER).open("Contact form", "Second to read")
    page = visitors.at("anchor", "/desk")
    keys = page.keyboard
    # The first field has the focus already.
    expect(page.get_by_label("E-mail address")).to_be_focused()
    keys.type(DANA.email)
    _reach(page, page.get_by_label("Password"))
    keys.type(DANA.password)
    keys.press("Enter")
    expect(page.get_by_role("grid", name="All departments")).to_be_visible()

    keys.press("g")
    keys.press("d")
    expect(page.get_by_role("dialog", name="Go to a department")).to_be_visible()
    keys.type("Contact")
    keys.press("Enter")
    expect(page.get_by_role("grid", name="Contact form")).to_be_visible()
    _move_to(page, first)
    keys.press("j")
    expect(_active(page)).to_contain_text(f"#{second}")
    keys.press("k")
    keys.press("Enter")
    ticket = page.get_by_role("region", name=f"Ticket #{first}")
    expect(ticket.get_by_role("button", name="Take it")).to_be_visible()
    keys.press("a")
    expect(ticket.get_by_text("Assigned to you")).to_be_visible()
    keys.press("n")
    expect(ticket.get_by_label("Note", exact=True)).to_be_focused()
    keys.type("Looks like an old acquaintance.")
    keys.press("Control+Enter")
    expect(ticket.get_by_role("article", name=f"Note by {DANA.name}")).to_be_visible()
    keys.press("Escape")

    keys.press("t")
    expect(page.get_by_role("dialog", name="Transfer to")).to_be_visible()
    keys.type("Tech")
    keys.press("Enter")
    expect(page.get_by_label("Transfer to Technical Support")).to_be_focused()
    keys.type("Yours, I think.")
    keys.press("Control+Enter")
    expect(ticket.get_by_role("button", name="Technical Support")).to_be_visible()

    keys.press("s")
    expect(page.get_by_role("dialog", name="Set status")).to_be_visible()
    keys.type("Awaiting")
    keys.press("Enter")
    expect(ticket.get_by_role("button", name="Awaiting you")).to_be_visible()

    keys.press("r")
    expect(ticket.get_by_label("Reply", exact=True)).to_be_focused()
    keys.type("All is well now.")
    keys.press("Control+Enter")
    # It waits a little before it leaves.
    expect(ticket.get_by_role("button", name="Resolved")).to_be_visible(timeout=20_000)
    answer = ticket.get_by_role("article", name=DANA.name, exact=True)
    expect(answer).to_have_count(1)
    expect(answer).to_contain_text("All is well now.")
    keys.press("Escape")

    # On to the next one, and back to the list.
    keys.press("j")
    expect(page.get_by_role("region", name=f"Ticket #{second}")).to_be_visible()
    keys.press("u")
    expect(page.get_by_role("region", name=f"Ticket #{second}")).to_have_count(0)
    expect(page.get_by_role("grid", name="Contact form")).to_be_focused()

    keys.press("?")
    expect(page.get_by_role("dialog").get_by_text("Next ticket")).to_be_visible()
    keys.press("Escape")
    keys.press("Control+k")
    keys.type(str(first))
    keys.press("Enter")
    expect(page).to_have_url(re.compile(rf"/desk/tickets/{first}$"))


def _reach(page: Page, target: Locator) -> None:
    """By Tab alone; what has the focus must show it."""
    expect(target).to_be_visible()
    for _ in range(MOST_TABS):
        if target.evaluate(IS_FOCUSED):
            assert page.evaluate(SHOWS_FOCUS), f"nothing shows the focus of {target}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} times Tab did not reach {target}")


def _active(page: Page) -> Locator:
    """The row at which the grid points."""
    name = page.get_by_role("grid").get_attribute("aria-activedescendant")
    return page.locator(f'[id="{name}"]')


def _move_to(page: Page, number: int) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("j")
        if f"#{number}" in _active(page).inner_text():
            return
    raise AssertionError(f"j never came to #{number}")
