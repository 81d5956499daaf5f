"""Requests find who works on them by the agency's four rules; colleagues take over from who is away, and hand back."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.people import JONAS, NAOMI, Person
from e2e.visitors import Visitors

TESSA = Person("foundry", "tessa@foundry.example", "Tessa Nguyen")
CALEB = Person("foundry", "caleb@foundry.example", "Caleb Foster")
CHLOE = Person("foundry", "marketing@prairiewind.example", "Chloe Baptiste")
GRANT = Person("foundry", "hello@northsidetools.example", "Grant Meeks")


def test_b4_a_new_question_goes_to_the_next_available_and_an_existing_one_to_who_answered_first(
    visitors: Visitors, signed_in: SignIns
) -> None:
    number = signed_in(NAOMI).open("Questions", "The shop has no logo")
    desk = visitors.staff(TESSA, f"/tickets/{number}")
    ticket = _ticket(desk, number)
    because = ticket.get_by_text(
        re.compile("^Assigned to (Jonas Meyer|Tessa Nguyen) because they are next available")
    ).first
    expect(because).to_be_visible()

    # The colleague who was not chosen answers, and so has the next word too.
    other = JONAS if "Tessa" in because.inner_text() else TESSA
    signed_in(other).reply(number, "Which page?", "pending")
    signed_in(NAOMI).reply(number, "The first one.")
    expect(ticket.get_by_text(f"Assigned to {other.name} because they answered first.").first).to_be_visible()


def test_b4_a_message_on_a_project_that_the_client_chooses_goes_to_its_lead(visitors: Visitors) -> None:
    portal = visitors.client(CHLOE, "/new")
    portal.get_by_role("radio", name="Projects").check()
    portal.get_by_role("radio", name="Feedback on a draft").check()
    portal.get_by_label("Which project is it about?").select_option("New portfolio")
    expect(portal.get_by_text("Caleb Foster leads it and gets your message.")).to_be_visible()
    portal.get_by_label("Subject").fill("The map is lovely")
    portal.get_by_label("What happened, or what should be done?").fill("Grey was the right choice.")
    portal.get_by_role("button", name="Send the request").click()
    heading = portal.get_by_role("heading", name="Your request is number")
    expect(heading).to_be_visible()
    number = int(re.sub(r"\D", "", heading.inner_text()))

    desk = visitors.staff(CALEB, f"/tickets/{number}")
    ticket = _ticket(desk, number)
    expect(ticket.get_by_text("because they lead the project New portfolio").first).to_be_visible()
    expect(ticket.get_by_role("button", name="Assigned to you")).to_be_visible()
    expect(ticket.get_by_role("button", name="New portfolio", exact=True)).to_be_visible()


def test_b4_a_new_project_request_goes_to_the_agent_this_client_has_worked_with_most(
    visitors: Visitors, signed_in: SignIns
) -> None:
    number = signed_in(GRANT).open("Work requests", "A page for the tool of the month")
    desk = visitors.staff(TESSA, f"/tickets/{number}")
    ticket = _ticket(desk, number)
    expect(
        ticket.get_by_text("Assigned to Caleb Foster because they have worked with this client most").first
    ).to_be_visible()

    # It turns out to be a question: by key, and the rules choose anew.
    desk.keyboard.press("y")
    desk.get_by_role("menuitem", name="Question").click()
    expect(ticket.get_by_role("button", name="Question", exact=True)).to_be_visible()
    expect(ticket.get_by_text("This is a question, not a work request")).to_be_visible()


def test_a3_the_unfinished_work_of_who_is_away_is_taken_over_by_key_and_handed_back(
    visitors: Visitors, signed_in: SignIns, mail: Mailbox
) -> None:
    first, second = (signed_in(NAOMI).open("Questions", subject) for subject in ("One of two", "Two of two"))
    for number in (first, second):
        signed_in(JONAS).ask(
            """mutation($n: Int!, $m: ID!) { assign(number: $n, memberId: $m) { __typename } }""",
            n=number, m=_own_member(signed_in, JONAS),
        )  # fmt: skip

    # Jonas says that he is ill.
    his = visitors.staff(JONAS, "/team")
    his.get_by_role("button", name="Your hours and absence").click()
    his.get_by_label("Why, for colleagues").fill("Ill")
    his.get_by_role("button", name="I am away").click()
    expect(_of(his, JONAS)).to_contain_text("Away")

    # Tessa sees it in her list of queues, and takes over one ticket by key, then all of them.
    hers = visitors.staff(TESSA)
    hers.get_by_role("link", name="Left by people away").click()
    left = hers.get_by_role("region", name=f"Left by {JONAS.name}")
    expect(left.get_by_text("Ill")).to_be_visible()
    left.get_by_role("link", name="One of two").focus()
    hers.keyboard.press("Shift+T")
    expect(left.get_by_role("link", name="One of two")).to_have_count(0)
    left.get_by_role("link", name="Two of two").focus()
    hers.keyboard.press("Shift+E")
    expect(left).to_have_count(0)
    assert _assignee(signed_in, first) == _assignee(signed_in, second) == TESSA.name
    mail.wait_for(JONAS.email, subject="Tessa Nguyen took over from Jonas Meyer", count=2)

    # He is back, and gets them back with one click: one on the ticket, the rest on the page.
    his.get_by_role("button", name="I am back").click()
    expect(_of(his, JONAS)).to_contain_text("In")
    page = visitors.staff(TESSA, f"/tickets/{first}")
    ticket = _ticket(page, first)
    ticket.get_by_role("button", name=f"Hand back to {JONAS.name}").click()
    expect(ticket.get_by_text(f"Handed back to {JONAS.name}; {TESSA.name} had it meanwhile").first).to_be_visible()
    back = hers.get_by_role("region", name=f"{JONAS.name} is back")
    expect(back.get_by_role("link", name="Two of two")).to_be_visible()
    back.get_by_role("button", name=re.compile("^Hand back (all|the)")).click()
    expect(back).to_have_count(0)
    assert _assignee(signed_in, second) == JONAS.name
    mail.wait_for(TESSA.email, subject="Handed back to Jonas Meyer", count=2)


def _ticket(desk: Page, number: int) -> Locator:
    return desk.get_by_role("region", name=f"Ticket #{number}")


def _of(page: Page, person: Person) -> Locator:
    return page.locator(f"[data-member='{person.name}'] .pill").first


def _own_member(signed_in: SignIns, person: Person) -> str:
    return next(str(each["id"]) for each in signed_in(person).ask("{ members { id you } }") if each["you"])


def _assignee(signed_in: SignIns, number: int) -> str:
    return str(signed_in(TESSA).ticket(number, "assignee { name }")["assignee"]["name"])
