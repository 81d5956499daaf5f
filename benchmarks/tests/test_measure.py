"""Times, answers and results: what is written is what was measured."""

import json
from pathlib import Path

import pytest

from benchmarks.cases import check
from benchmarks.http_client import Failed, data_of
from benchmarks.measure import Measured, times_of
from benchmarks.report import Figure, table, write


def test_times_are_milliseconds_with_the_median_and_the_ninety_fifth_part() -> None:
    times = times_of([0.001 * each for each in range(1, 101)], seconds=2.0)

    assert times.p50 == pytest.approx(50.5)
    assert times.p95 == pytest.approx(96)
    assert times.per_second == 50


def test_ours_is_the_time_above_the_bare_route_and_the_ratio_is_to_the_floor() -> None:
    measured = Measured(times_of([0.010], 1), times_of([0.001], 1), times_of([0.003], 1))

    assert measured.ours == pytest.approx(9)
    assert measured.ratio == pytest.approx(3)


@pytest.mark.parametrize(
    "body",
    [
        b'{"data":null,"errors":[{"message":"x"}]}',
        b'{"data":{"queue":null},"errors":[{"message":"x"}]}',
        b'{"data":{"openTicket":{"__typename":"Problem","code":"x"}}}',
        b"Internal Server Error",
    ],
)
def test_an_answer_that_failed_is_never_measured(body: bytes) -> None:
    with pytest.raises(Failed):
        check(body)


def test_errors_beside_data_are_a_failure() -> None:
    with pytest.raises(Failed):
        data_of(b'{"data":{"ticket":null},"errors":[{"message":"x"}]}')


def test_figures_of_another_number_of_tickets_stay_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    figure = Figure(
        name="queue_page_1", title="queue", unit="ms", value=5.0, ratio=2.0, promise="ratio <= 3", kept=True
    )
    for tickets in (1_000_000, 20_000):
        write([figure], {"tickets": tickets, "date": "2026-01-01", "commit": "abc"}, path)

    found = json.loads(path.read_text())
    assert list(found) == ["20000", "1000000"]
    assert found["20000"]["figures"]["queue_page_1"]["ratio"] == 2.0
    assert found["1000000"]["figures"]["queue_page_1"]["tickets"] == 1_000_000


def test_the_table_says_which_promise_was_not_kept() -> None:
    slow = Figure(name="search_1", title="search", unit="ms", value=12.0, promise="p50 <= 10", kept=False)

    assert "p50 <= 10 NOT KEPT" in table([slow])


def test_a_part_that_is_measured_alone_stands_beside_what_was_measured_before(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    usual = Figure(name="queue_page_1", title="queue", unit="ms", value=5.0)
    alone = Figure(name="refusals_spread", title="spread", unit="ms", value=0.1)
    write([usual], {"tickets": 20_000, "date": "2026-01-01", "commit": "abc"}, path)
    write([alone], {"tickets": 20_000, "date": "2026-01-02", "commit": "def"}, path, beside=True)

    found = json.loads(path.read_text())["20000"]
    assert found["run"]["commit"] == "abc"
    assert {name: each["commit"] for name, each in found["figures"].items()} == {
        "queue_page_1": "abc", "refusals_spread": "def",
    }  # fmt: skip
