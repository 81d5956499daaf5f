"""Markup, scripts, tricks of writing direction and endless words in every text that a stranger may choose."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.people import DANA, RUTH, WALTER
from e2e.visitors import Visitors

SCRIPT = """<script>window.hacked=1</script><img src=x onerror="window.hacked=1">"""
SUBJECT = f"""{SCRIPT}"'><svg/onload=window.hacked=1> {{{{7*7}}}} &lt;i&gt; \u202egnp.exe"""
SHOWN_SUBJECT = SUBJECT.replace("\u202e", "")
NAME = """</title><b onmouseover="window.hacked=1">Eve</b>"""
LONG = "Donaudampfschifffahrtsgesellschaft" * 12
BODY = "\n\n".join(
    [
        SCRIPT,
        'javascript:window.hacked=1 http://evil.example/"onmouseover="window.hacked=1 https://ok.example/a_(b).',
        "<a href='javascript:window.hacked=1'>click</a> <!-- ]]> --> ${7*7}",
        "\u202eright to left \u2066isolated",
        LONG,
    ]
)
HACKED = "() => window.hacked"


def test_a_strangers_request_is_shown_harmlessly(visitors: Visitors, mail: Mailbox) -> None:
    page = visitors.at("anchor", "/new")
    page.get_by_label("Subject").fill(SUBJECT)
    page.get_by_label("What happened, or what should be done?").fill(BODY)
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("Your e-mail address").fill("eve@evil.example")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", name="Your request is number")).to_be_visible()

    desk = visitors.staff(DANA)
    row = desk.get_by_role("row", name="window.hacked")
    expect(row).to_contain_text(SHOWN_SUBJECT)
    expect(row).to_contain_text(NAME)
    row.get_by_role("link").click()
    ticket = desk.get_by_role("region", name="Ticket #")
    expect(ticket.get_by_role("heading", name=SHOWN_SUBJECT)).to_be_visible()
    expect(ticket.get_by_text(SCRIPT, exact=True)).to_be_visible()
    links = ticket.get_by_role("article", name=NAME).get_by_role("link")
    hrefs = [link.get_attribute("href") for link in links.all()]
    assert hrefs == ["http://evil.example/", "https://ok.example/a_(b)"]
    _is_harmless(desk)
    desk.set_viewport_size({"width": 390, "height": 844})
    _is_harmless(desk)

    receipt = mail.wait_for("eve@evil.example", subject="received:")
    assert SHOWN_SUBJECT in receipt.subject
    assert "<script" not in receipt.html
    assert "<img src=x" not in receipt.html
    assert "<b onmouseover" not in receipt.html


@pytest.mark.parametrize("width", [390, 1440])
def test_a_client_sees_both_sides_words_as_they_were_written(
    width: int, visitors: Visitors, signed_in: SignIns
) -> None:
    number = signed_in(WALTER).open("Contact form", SUBJECT, BODY)
    signed_in(DANA).reply(number, f"You wrote: {BODY}", "awaiting_you")
    page = visitors.client(WALTER, f"/tickets/{number}", viewport={"width": width, "height": 900})
    expect(page.get_by_role("heading", name=SHOWN_SUBJECT)).to_be_visible()
    expect(page.get_by_role("region", name="Conversation").get_by_role("article").last).to_contain_text(LONG)
    _is_harmless(page)
    page.get_by_role("link", name="Your requests").first.click()
    expect(page.get_by_role("link", name=f"#{number}")).to_contain_text(SHOWN_SUBJECT)
    _is_harmless(page)


def test_an_admins_words_are_harmless_on_the_portal(visitors: Visitors, signed_in: SignIns) -> None:
    words = {"name": f"{SCRIPT} {'Wide' * 20}", "description": BODY, "audience": "EVERYONE", "proofLevel": "NONE"}
    admin = signed_in(RUTH)
    create = "mutation($d: DepartmentInput!) { createDepartment(input: $d) { ... on Department { id } } }"
    department = admin.ask(create, d=words)["id"]
    try:
        for width in (390, 1440):
            page = visitors.at(RUTH.tenant, viewport={"width": width, "height": 900})
            expect(page.get_by_role("link", name="window.hacked")).to_contain_text(LONG)
            _is_harmless(page)
            page.goto(f"{page.url}new?department={department}&subject={SCRIPT}")
            expect(page.get_by_label("Subject")).to_have_value(SCRIPT)
            _is_harmless(page)
            settings = visitors.staff(RUTH, "/admin/departments", viewport={"width": width, "height": 900})
            settings.get_by_role("main").get_by_role("link", name="window.hacked").click()
            expect(settings.get_by_label("Description").first).to_have_value(BODY)
            _is_harmless(settings)
    finally:
        admin.ask("mutation($id: ID!) { archiveDepartment(id: $id) { __typename } }", id=department)


def _is_harmless(page: Page) -> None:
    """No script of theirs ran, and no word of theirs pushed the page out of shape."""
    assert page.evaluate(HACKED) is None
    over = page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")
    assert over <= 0, f"{page.url} is {over} px too wide"
