"""Nothing for axe to find on any page, in light and dark, wide and narrow, English and Dutch."""

from __future__ import annotations

import pytest

from e2e.places import AREAS, COMPANIES
from e2e.tour import Tours
from e2e.visitors import Visitors


@pytest.mark.parametrize("language", COMPANIES)
@pytest.mark.parametrize("area", AREAS)
def test_axe_finds_nothing(area: str, language: str, visitors: Visitors, tours: Tours) -> None:
    found = tours.of(area, language, visitors)
    assert found.languages == {language}
    assert not found.axe, "\n".join(found.axe)
