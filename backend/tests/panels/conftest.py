"""A company whose clients' passwords are known to a hosting panel."""

from collections.abc import Iterator

import pytest

from backend.panels import breaker
from backend.panels.addresses import configure_panels
from backend.tests.simulators.panel import PanelSimulator


@pytest.fixture
def panel() -> Iterator[PanelSimulator]:
    configure_panels(private_allowed=True)
    with PanelSimulator() as simulator:
        yield simulator
    breaker._breakers.clear()
