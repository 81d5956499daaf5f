"""A mistake that is refused faster or slower than the others shows; noise alone does not."""

import random

import pytest

from benchmarks.refusals import MISTAKES, figures_of, spread_of


def turns(count: int = 100, *, faster: float = 0.0) -> dict[str, list[float]]:
    """Times of some 25 ms with the noise of a machine that is at work, the first mistake being faster by so much."""
    drawn = random.Random(3)
    samples: dict[str, list[float]] = {each.name: [] for each in MISTAKES}
    for _ in range(count):
        busy = drawn.expovariate(1000)
        for name, times in samples.items():
            times.append(0.025 + busy + drawn.gauss(0, 0.0005) - (faster if name == MISTAKES[0].name else 0))
    return samples


@pytest.mark.parametrize(("faster", "kept"), [(0.0, True), (0.0005, False), (0.02, False)])
def test_a_difference_above_the_noise_is_seen(faster: float, kept: bool) -> None:
    figures = {each.name: each for each in figures_of(turns(faster=faster))}

    assert figures["refusals_spread"].kept is kept
    assert set(figures) == {f"refusal_{each.name}" for each in MISTAKES} | {
        "refusals_spread",
        "refusals_spread_percent",
    }


def test_the_spread_is_that_of_the_medians_in_milliseconds_and_in_hundredths_of_the_least() -> None:
    found = spread_of([[0.020] * 9, [0.025] * 9, [0.021] * 9])

    assert found.milliseconds == pytest.approx(5)
    assert found.percent == pytest.approx(25)
