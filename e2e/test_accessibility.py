"""Nothing for axe to find on any page, in light and dark, wide and narrow, English and Dutch."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.api import SignIns
from e2e.people import DANA, WALTER
from e2e.places import WALKS
from e2e.tour import AXE, Tours, look
from e2e.visitors import Visitors

OVERLAYS = {
    "Control+k": "Find or do",
    "?": "Keys",
    "t": "Transfer to",
    "s": "Set status",
    "p": "Set priority",
    "Shift+A": "Assign to",
}


@pytest.mark.parametrize(("area", "language"), WALKS)
def test_axe_finds_nothing(area: str, language: str, visitors: Visitors, tours: Tours) -> None:
    found = tours.of(area, language, visitors)
    assert found.languages == {language}
    assert not found.axe, "\n".join(found.axe)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_lies_over_the_page(scheme: str, visitors: Visitors, signed_in: SignIns) -> None:
    number = signed_in(WALTER).open("Contact form", "Something to lie over")
    page = visitors.staff(DANA, f"/tickets/{number}", color_scheme=scheme, reduced_motion="reduce")
    expect(page.get_by_role("button", name="Take it")).to_be_visible()
    page.evaluate(AXE.read_text())
    found = []
    for keys, name in OVERLAYS.items():
        page.keyboard.press(keys)
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        found += look(page, f"{name}, {scheme}")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    assert not found, "\n".join(found)
