"""Every page fits every width; and the pictures of the documentation are taken from the product itself."""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.api import SignIns
from e2e.people import DANA, MILES, WALTER
from e2e.places import WALKS
from e2e.system import ROOT
from e2e.tour import Tours
from e2e.visitors import Visitors


@pytest.mark.parametrize(("area", "language"), WALKS)
def test_nothing_is_wider_than_the_screen(area: str, language: str, visitors: Visitors, tours: Tours) -> None:
    found = tours.of(area, language, visitors)
    assert not found.too_wide, "\n".join(found.too_wide)


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
