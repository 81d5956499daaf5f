from __future__ import annotations

import sys
from pathlib import Path

import pytest

from infra.dev.checks.plan import Check
from infra.dev.checks.results import count
from infra.dev.checks.run import run_check


def report(folder: Path, *cases: str) -> Path:
    path = folder / "report.xml"
    path.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    return path


PASSED = '<testcase classname="a" name="passes"/>'
FAILED = '<testcase classname="a" name="fails"><failure message="no"/></testcase>'
SKIPPED = '<testcase classname="a" name="skips"><skipped/></testcase>'


def test_tests_are_counted_from_the_report_and_a_skipped_one_is_a_failure(tmp_path: Path) -> None:
    result = count("pytest", 1, report(tmp_path, PASSED, PASSED, FAILED, SKIPPED))
    assert (result.passed, result.failed) == (2, 2)
    assert result.remarks == ["Skipped, which is not allowed: a::skips"]


@pytest.mark.parametrize(
    ("cases", "exit_code", "remark"),
    [((), 0, "It ran no test."), ((PASSED,), 1, "Every test passed, yet it ended with code 1.")],
)
def test_a_runner_that_ran_nothing_or_died_is_a_failure(
    tmp_path: Path, cases: tuple[str, ...], exit_code: int, remark: str
) -> None:
    result = count("pytest", exit_code, report(tmp_path, *cases))
    assert result.failed == 1
    assert result.remarks == [remark]


def test_a_runner_without_a_report_is_a_failure(tmp_path: Path) -> None:
    assert count("vitest", 0, tmp_path / "none.xml").failed == 1


def test_a_check_that_changes_a_committed_file_fails_and_leaves_it_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "old.gen").write_text("committed")
    program = "import pathlib; pathlib.Path('old.gen').write_text('other'); pathlib.Path('new.gen').write_text('new')"
    check = Check("gen", "fresh", (sys.executable, "-c", program), generates=("*.gen",))
    result = run_check(check, {}, tmp_path)

    assert (result.passed, result.failed) == (0, 1)
    assert result.remarks[0].endswith("new.gen, old.gen")
    assert (tmp_path / "old.gen").read_text() == "committed"
    assert not (tmp_path / "new.gen").exists()


def test_settings_of_the_persons_own_system_do_not_reach_the_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERSIGN_DATABASE_URL", "postgresql://production")
    program = "import os, sys; sys.exit('COUNTERSIGN_DATABASE_URL' in os.environ)"
    assert run_check(Check("env", "lint", (sys.executable, "-c", program)), {}).passed == 1


def test_a_check_that_hangs_is_stopped_and_says_so() -> None:
    check = Check("slow", "lint", (sys.executable, "-c", "import time; time.sleep(60)"), minutes=0.01)
    result = run_check(check, {})
    assert result.failed == 1
    assert "Stopped after 0.01 minutes." in result.output
