"""Two people look at the same queue: rows, counts, places and progress change on their screens, without a reload."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from e2e.api import SignIns
from e2e.people import DANA, MILES, SONJA, WALTER
from e2e.visitors import Visitors

SUPPORT = "Technical Support"


def test_rows_and_counts_follow_on_both_desks_in_their_order(visitors: Visitors, signed_in: SignIns) -> None:
    dana, miles = visitors.staff(DANA), visitors.staff(MILES)
    asked = [_requests_of(page) for page in (dana, miles)]
    before = [_count(page) for page in (dana, miles)]
    walter = signed_in(WALTER)
    first = walter.open(SUPPORT, "The shop answers slowly", "Since nine o'clock.")
    second = walter.open(SUPPORT, "And the mail does not arrive", "Since ten o'clock.")
    for page, count in zip((dana, miles), before, strict=True):
        expect(_row(page, second)).to_be_visible()
        expect(page.get_by_role("link", name=re.compile(r"^All departments"))).to_contain_text(str(count + 2))
        rows = page.get_by_role("row").all_inner_texts()
        at = [next(n for n, text in enumerate(rows) if f"#{number}" in text) for number in (first, second)]
        assert at == sorted(at)

    # Miles reads: his row keeps its place under the keyboard while Dana works above it.
    miles.keyboard.press("j")
    grid = miles.get_by_role("grid", name="All departments")
    expect(grid).to_be_focused()
    held = grid.get_attribute("aria-activedescendant")
    _row(dana, first).get_by_role("link").click()
    ticket = dana.get_by_role("region", name=f"Ticket #{first}")
    ticket.get_by_role("button", name="Take it").click()
    expect(ticket.get_by_role("button", name="Assigned to you")).to_be_visible()
    expect(_row(miles, first)).to_contain_text(DANA.name[:1])
    expect(dana.get_by_role("link", name=re.compile(r"^Assigned to me"))).to_contain_text(re.compile(r"\d"))
    signed_in(DANA).reply(first, "It was the cache.", "resolved")
    for page, count in zip((dana, miles), before, strict=True):
        expect(_row(page, first)).to_have_count(0)
        expect(page.get_by_role("link", name=re.compile(r"^All departments"))).to_contain_text(str(count + 1))
    expect(grid).to_be_focused()
    assert grid.get_attribute("aria-activedescendant") == held
    # A page and its counts are asked for when they are opened, and the counts once more.
    for names in asked:
        assert names.count("Queue") <= 1, names
        assert names.count("ViewCounts") <= 1, names
    signed_in(DANA).reply(second, "It was the filter.", "resolved")


def test_the_client_sees_the_place_move_and_the_request_go_on(visitors: Visitors, signed_in: SignIns) -> None:
    ahead = signed_in(SONJA).open(SUPPORT, "The booking page is empty", "Nothing to choose from.")
    number = signed_in(WALTER).open(SUPPORT, "A mailbox for the rentals", "rentals@oakhurst.example, please.")
    page = visitors.client(WALTER, f"/tickets/{number}")
    place = page.locator(".place .ahead")
    expect(place).to_contain_text(f"ahead of you in {SUPPORT}")
    count = _number_in(place)
    expect(page.get_by_text("Usual answer:")).to_be_visible()
    expect(page.get_by_text("If you write again, you keep your place.")).to_be_visible()
    expect(_step(page)).to_have_text(re.compile(r"^Received"))

    signed_in(DANA).reply(ahead, "The list was hidden.", "resolved")
    expect(place).to_have_text(f"{count - 1} ahead of you in {SUPPORT}" if count > 1 else f"You are next in {SUPPORT}")
    page.get_by_label("Your answer").fill("Any news?")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("article").filter(has_text="Any news?")).to_be_visible()
    expect(place).to_have_text(f"{count - 1} ahead of you in {SUPPORT}" if count > 1 else f"You are next in {SUPPORT}")

    signed_in(DANA).reply(number, "Which size shall it have?", "awaiting_you")
    expect(page.locator(".place")).to_have_count(0)
    expect(_step(page)).to_have_text(re.compile(r"^Waiting for you"))

    # A number leads straight to its request and to its ticket.
    page.get_by_role("link", name="Your requests").first.click()
    search = page.get_by_label("Search your requests")
    search.fill(f"[#{number}]")
    search.press("Enter")
    expect(page).to_have_url(re.compile(rf"/tickets/{number}$"))
    desk = visitors.staff(DANA, "/search")
    box = desk.get_by_role("searchbox", name="Search tickets")
    box.fill(f"Re: [#{number}] A mailbox")
    box.press("Enter")
    expect(desk.get_by_role("region", name=f"Ticket #{number}")).to_be_visible()


def _requests_of(page: Page) -> list[str]:
    """The names of what a page asks the server for from now on."""
    names: list[str] = []
    page.on("request", lambda sent: names.append((sent.post_data_json or {}).get("operationName", "")) if sent.url.endswith("/graphql") and sent.method == "POST" else None)  # fmt: skip
    return names


def _row(page: Page, number: int) -> Locator:
    return page.get_by_role("row").filter(has_text=f"#{number}")


def _count(page: Page) -> int:
    link = page.get_by_role("link", name=re.compile(r"^All departments"))
    expect(link.locator(".count")).to_have_text(re.compile(r"\d+"))
    return _number_in(link)


def _number_in(found: Locator) -> int:
    number = re.search(r"\d+", found.inner_text())
    assert number is not None
    return int(number[0])


def _step(page: Page) -> Locator:
    return page.get_by_role("list", name="Progress").locator("[aria-current=step]")
