"""A walk over every page of an area, once for all who look at something on every page."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page, ViewportSize

from e2e.api import SignIns
from e2e.people import Person
from e2e.places import COMPANIES, go, places
from e2e.system import ROOT, System
from e2e.visitors import Visitors

WIDE: ViewportSize = {"width": 1440, "height": 900}
MIDDLE: ViewportSize = {"width": 1024, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 900}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_RUN_AXE = """async rules => {
    const found = await axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
    return found.violations.map(each => `${each.id}: ${each.nodes.map(node => node.html + " " + node.failureSummary).join(" | ")}`);
}"""
_TOO_WIDE = """() => [document.scrollingElement, ...document.querySelectorAll("body *")]
    .filter((element, index) => {
        if (element.tagName === "NAV") return false; // A row of tabs may be longer than a small screen.
        const scrolls = index === 0 || ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
        return scrolls && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
    })
    .map(element => `${element.tagName}.${element.className}: ${element.scrollWidth} in ${element.clientWidth}`)"""


@dataclass
class Findings:
    """What was found, each with the page on which it was."""

    axe: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)


class Tours:
    """Walks an area in a language at the first question about it."""

    def __init__(self, system: System, signed_in: SignIns) -> None:
        self._system = system
        self._signed_in = signed_in
        self._known: dict[tuple[str, str], Findings] = {}

    def of(self, area: str, language: str, visitors: Visitors) -> Findings:
        if (area, language) not in self._known:
            self._known[area, language] = self._walk(area, language, visitors)
        return self._known[area, language]

    def _walk(self, area: str, language: str, visitors: Visitors) -> Findings:
        tenant = COMPANIES[language][0].tenant
        axe = AXE.read_text()
        pages: dict[Person | None, Page] = {}
        found = Findings()
        for place in places(area, language, self._signed_in):
            if place.person not in pages:
                pages[place.person] = visitors.at(tenant, person=place.person, reduced_motion="reduce")
            page = pages[place.person]
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(WIDE)
            go(page, place, tenant, self._system)
            found.languages.add(page.evaluate("document.documentElement.lang"))
            page.evaluate(axe)
            _look_wide(page, found, place.name)
            page.set_viewport_size(MIDDLE)
            found.too_wide += _measure(page, f"{place.name}, middle")
            _look_narrow(page, found, place.name)
        return found


def _look_wide(page: Page, found: Findings, name: str) -> None:
    found.too_wide += _measure(page, f"{name}, wide")
    found.axe += look(page, f"{name}, wide, light")
    page.emulate_media(color_scheme="dark")
    found.axe += look(page, f"{name}, wide, dark", colours_alone=True)


def _look_narrow(page: Page, found: Findings, name: str) -> None:
    page.set_viewport_size(NARROW)
    found.too_wide += _measure(page, f"{name}, narrow")
    found.axe += look(page, f"{name}, narrow, dark", colours_alone=True)
    page.emulate_media(color_scheme="light")
    found.axe += look(page, f"{name}, narrow, light")


def look(page: Page, where: str, *, colours_alone: bool = False) -> list[str]:
    """`colours_alone`: what else axe looks at does not change with the scheme."""
    words: list[str] = page.evaluate(_RUN_AXE, ["color-contrast"] if colours_alone else None)
    return [f"{where}: {each}" for each in words]


def _measure(page: Page, where: str) -> list[str]:
    words: list[str] = page.evaluate(_TOO_WIDE)
    return [f"{where}: {each}" for each in words]
