"""An admin edits the lifecycle, tries it, saves it, and moves open tickets over exactly as previewed."""

from __future__ import annotations

import re
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.api import Api, SignIns
from e2e.people import Person
from e2e.system import System
from e2e.visitors import Visitors

OWNER = Person("copse", "ida@copse.example", "Ida Copse", "a copse of young birches")


@pytest.fixture(scope="module", autouse=True)
def _copse(system: System) -> None:
    """A company of our own with Foundry's lifecycle; the owner has chosen a password."""
    said = system.cli(
        "tenant", "create", OWNER.tenant, "Copse Hosting", "--owner", OWNER.email, "--owner-name", OWNER.name
    )
    token = said.strip().rsplit("/link/", 1)[1]
    use = "mutation($t: String!, $p: String!) { useLink(token: $t, password: $p) { __typename } }"
    with closing(Api(system, OWNER.tenant)) as guest:
        assert guest.ask(use, t=token, p=OWNER.password) == {"__typename": "Done"}


def test_a_lifecycle_is_edited_tried_saved_and_open_tickets_are_moved_as_previewed(
    signed_in: SignIns, system: System, visitors: Visitors
) -> None:
    desk = signed_in(OWNER)
    with closing(Api(system, OWNER.tenant)) as guest:
        number = guest.open("Support", "Birch", name="Abe", email="abe@else.example")
    desk.reply(number, "It leans no more.", "solved")
    admin = visitors.staff(OWNER, "/admin/lifecycle")
    admin.get_by_role("button", name=re.compile("^Solved")).click()
    step = admin.get_by_role("group", name="Step 1")
    expect(_log(admin)).to_contain_text("Closed, tag “No Response”")

    # A fault is told where it is, and nothing is saved with it.
    step.get_by_label("After").fill("0")
    faults = admin.get_by_role("region", name="To mend before this can be saved")
    expect(faults).to_contain_text("Give more than 0")
    expect(_save(admin)).to_have_attribute("aria-disabled", "true")

    # What was written outlives the page.
    step.get_by_label("After").fill("5")
    step.get_by_label("Counted in").select_option("days")
    expect(faults).to_have_count(0)
    admin.reload()
    expect(admin.get_by_text("What you wrote earlier and did not save is still here.")).to_be_visible()

    # It is tried before it is saved: solved on Monday, closed five days later.
    admin.get_by_role("group", name="Event 1").get_by_label("Status").select_option("solved")
    expect(_log(admin).get_by_role("listitem").last).to_contain_text("By itself")
    expect(_log(admin).get_by_role("listitem").last).to_contain_text("Sat")
    expect(_log(admin).get_by_role("listitem").last).to_contain_text("Closed")
    expect(_save(admin)).not_to_have_attribute("aria-disabled", "true")
    admin.keyboard.press("Control+s")
    expect(admin.get_by_text("Saved as version 2. New tickets follow it.")).to_be_visible()

    # The open ticket keeps its day until it is moved, and is moved to the day that was shown.
    before = _closes(desk, number)
    admin.get_by_role("button", name="Preview the change").click()
    expect(admin.get_by_text(re.compile("1 ticket will close .* instead"))).to_be_visible()
    assert _closes(desk, number) == before
    admin.get_by_role("button", name="Move 1 ticket").click()
    expect(admin.get_by_text("The last change-over moved 1 ticket to version 2.")).to_be_visible()
    assert _closes(desk, number) != before
    expect(admin.get_by_role("button", name="Preview the change")).to_have_count(0)


def _log(page: Page) -> Locator:
    return page.locator(".trial")


def _save(page: Page) -> Locator:
    return page.get_by_role("button", name="Save as a new version")


def _closes(desk: Api, number: int) -> str:
    return str(desk.ticket(number, "timers { action dueAt }")["timers"][-1]["dueAt"])
