"""A mail about a timer is answered with one click; a mail scanner that follows every link of it changes nothing."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import expect

from e2e.api import Api, SignIns
from e2e.mailbox import Mail, Mailbox
from e2e.people import JONAS, NAOMI
from e2e.system import System, until
from e2e.visitors import Visitors

STANDS = "query($n: Int!) { ticket(number: $n) { status { key } timers { action dueAt } } }"


def _scan(mail: Mail) -> None:
    """Follow every address in the text and the HTML of a mail as scanners do, and some more."""
    addresses = set(re.findall(r'https?://[^\s"<>]+', mail.text + mail.html))
    assert len(addresses) >= 3, addresses
    for address in addresses:
        url = urlsplit(address)
        with httpx.Client(
            base_url=f"http://127.0.0.1:{url.port}", headers={"Host": url.netloc}, trust_env=False, timeout=10
        ) as scanner:
            for method in ("HEAD", "GET", "GET", "OPTIONS", "POST"):
                answer = scanner.request(method, url.path, follow_redirects=False)
                assert answer.status_code < 500, (method, url.path)


def test_a_reminder_is_answered_with_one_click_and_a_scanner_answers_nothing(
    system: System, mail: Mailbox, signed_in: SignIns, visitors: Visitors
) -> None:
    client, agent = signed_in(NAOMI), signed_in(JONAS)
    number = client.open("Questions", "Answer by one click")
    agent.reply(number, "Which page do you mean?", "pending")
    system.cli("clock", "advance", "25h")
    reminder = mail.wait_for(NAOMI.email, subject="We are waiting for you: Answer by one click")
    before = _stands(client, number)
    _scan(reminder)
    assert _stands(client, number) == before
    keep, close = _answers(reminder)

    # Whoever has the mail need not sign in.
    page = visitors.at("foundry", keep)
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep your request open?")
    assert _stands(client, number) == before
    page.get_by_role("button", name="Keep open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It stays open")
    until(lambda: len(_stands(client, number)["timers"]) == 3, "the ladder begins again")
    again = visitors.at("foundry", keep)
    expect(again.get_by_role("heading", level=1)).to_have_text("That is done already")
    elsewhere = visitors.at("anchor", close)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("This link no longer works")

    closing = visitors.at("foundry", close)
    closing.get_by_role("button", name="It works, close now").click()
    expect(closing.get_by_role("heading", level=1)).to_have_text("It is closed")
    assert _stands(client, number)["status"]["key"] == "closed"


def test_both_sides_see_the_timer_and_can_move_it(signed_in: SignIns, visitors: Visitors) -> None:
    client, agent = signed_in(NAOMI), signed_in(JONAS)
    number = client.open("Questions", "Put off by key")
    agent.reply(number, "Which page do you mean?", "pending")
    desk = visitors.staff(JONAS, f"/tickets/{number}")
    expect(desk.get_by_role("button", name=re.compile("closes"))).to_be_visible()
    before = _stands(client, number)["timers"]
    desk.keyboard.press("z")
    desk.get_by_role("menuitem", name="A week longer").click()
    until(lambda: _stands(client, number)["timers"] != before, "the timers are put off")
    desk.get_by_role("button", name="Pause", exact=True).click()
    expect(desk.get_by_role("button", name=re.compile("Timers paused"))).to_be_visible()
    desk.get_by_role("button", name=re.compile("Timers paused")).click()
    expect(desk.get_by_role("button", name=re.compile("closes"))).to_be_visible()

    portal = visitors.client(NAOMI, f"/tickets/{number}")
    portal.get_by_role("button", name="Keep open").click()
    expect(portal.get_by_text("Kept open:")).to_be_visible()
    portal.get_by_role("button", name="It works, close now").click()
    expect(portal.locator(".standing")).to_have_text("Closed")


def _answers(mail: Mail) -> tuple[str, str]:
    """The paths of *keep open* and *close now*."""
    found = dict(re.findall(r"^(.+):\nhttps?://[^/]+(/link/\S+)$", mail.text, re.MULTILINE))
    return found["Keep it open"], found["It works, close it now"]


def _stands(client: Api, number: int) -> Any:
    return client.ask(STANDS, n=number)
