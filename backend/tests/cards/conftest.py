"""A stand-in of Stripe for each test, at which this process asks."""

from collections.abc import Iterator

import pytest

from backend.cards.stripe_gateway import configure_stripe
from backend.tests.simulators.stripe import StripeSimulator


@pytest.fixture
def stripe() -> Iterator[StripeSimulator]:
    with StripeSimulator() as simulator:
        configure_stripe(simulator.address)
        yield simulator
    configure_stripe("")
