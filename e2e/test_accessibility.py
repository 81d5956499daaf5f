"""Nothing for axe to find on any page, and the main job without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize

from e2e.api import SignIns
from e2e.people import Person
from e2e.places import AREAS, COMPANIES, go, places
from e2e.system import ROOT, System
from e2e.visitors import Visitors

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async rules => {
    const found = await axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
    return found.violations.map(each => `${each.id}: ${each.nodes.map(node => node.html + " " + node.failureSummary).join(" | ")}`);
}"""
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}


@pytest.mark.parametrize("language", COMPANIES)
@pytest.mark.parametrize("area", AREAS)
def test_axe_finds_nothing(area: str, language: str, visitors: Visitors, signed_in: SignIns, system: System) -> None:
    tenant = COMPANIES[language][0].tenant
    axe = AXE.read_text()
    pages: dict[Person | None, Page] = {}
    found = []
    for place in places(area, language, signed_in):
        if place.person not in pages:
            pages[place.person] = visitors.at(tenant, person=place.person, reduced_motion="reduce")
        page = pages[place.person]
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        go(page, place, tenant, system)
        assert page.evaluate("document.documentElement.lang") == language
        page.evaluate(axe)
        found += _look(page, f"{place.name}, wide, light")
        page.emulate_media(color_scheme="dark")
        found += _look(page, f"{place.name}, wide, dark", colours_alone=True)
        page.set_viewport_size(NARROW)
        found += _look(page, f"{place.name}, narrow, dark", colours_alone=True)
        page.emulate_media(color_scheme="light")
        found += _look(page, f"{place.name}, narrow, light")
    assert not found, "\n".join(found)


def _look(page: Page, where: str, *, colours_alone: bool = False) -> list[str]:
    """`colours_alone`: what else axe looks at does not change with the scheme."""
    words: list[str] = page.evaluate(RUN, ["color-contrast"] if colours_alone else None)
    return [f"{where}: {each}" for each in words]
