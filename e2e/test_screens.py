"""Every page fits every width; and the pictures of the documentation are taken from the product itself."""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.api import SignIns
from e2e.people import DANA, MILES, WALTER, Person
from e2e.places import AREAS, COMPANIES, go, places
from e2e.system import ROOT, System
from e2e.visitors import Visitors

WIDTHS = (1440, 1024, 390)
TOO_WIDE = """() => [...document.querySelectorAll("body, body *")]
    .filter(element => {
        const style = getComputedStyle(element);
        const scrolls = element === document.body || ["auto", "scroll"].includes(style.overflowX);
        if (element.tagName === "NAV") return false; // A row of tabs may be longer than a small screen.
        return scrolls && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    })
    .map(element => `${element.tagName}.${element.className}: ${element.scrollWidth} in ${element.clientWidth}`)"""
PAGE_TOO_WIDE = "() => document.scrollingElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("language", COMPANIES)
@pytest.mark.parametrize("area", AREAS)
def test_nothing_is_wider_than_the_screen(
    area: str, language: str, visitors: Visitors, signed_in: SignIns, system: System
) -> None:
    tenant = COMPANIES[language][0].tenant
    pages: dict[Person | None, Page] = {}
    found = []
    for place in places(area, language, signed_in):
        if place.person not in pages:
            pages[place.person] = visitors.at(tenant, person=place.person, reduced_motion="reduce")
        page = pages[place.person]
        go(page, place, tenant, system)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate(PAGE_TOO_WIDE)
            found += [f"{place.name} at {width}: {over} px too wide"] if over > 0 else []
            found += [f"{place.name} at {width}: {words}" for words in page.evaluate(TOO_WIDE)]
    assert not found, "\n".join(found)


def test_pictures_for_the_documentation_can_be_taken(visitors: Visitors, signed_in: SignIns) -> None:
    """COUNTERSIGN_WRITE_SCREENSHOTS=1 puts them into docs/."""
    looks: dict[str, Any] = {
        "viewport": {"width": 1440, "height": 900},
        "device_scale_factor": 1,
        "reduced_motion": "reduce",
    }
    [edge] = signed_in(DANA).ask('{ search(query: "oakhurst", first: 1) { edges { node { number } } } }')["edges"]
    number = edge["node"]["number"]
    for name, page in {
        "portal": visitors.client(WALTER, **looks),
        "desk": visitors.staff(DANA, f"/queue/all?ticket={number}", **looks),
        "admin": visitors.staff(MILES, "/admin/brand", **looks),
    }.items():
        expect(page.locator(".skeleton")).to_have_count(0)
        page.evaluate("document.fonts.ready.then(() => undefined)")
        picture = page.screenshot()
        assert len(picture) > 20_000, f"{name} is nearly empty"
        if os.environ.get("COUNTERSIGN_WRITE_SCREENSHOTS") == "1":
            (ROOT / "docs" / f"{name}.png").write_bytes(picture)
