"""Counts the tests of one check from the report that its runner wrote."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from infra.dev.checks.plan import ALLOWED_SKIPS, Counting


@dataclass
class Result:
    """What one check came to. `remarks` are shown with a failure: what its output does not say."""

    passed: int = 0
    failed: int = 0
    seconds: float = 0.0
    output: str = ""
    remarks: list[str] = field(default_factory=list)

    def fail(self, remark: str) -> None:
        self.failed += 1
        self.remarks.append(remark)


def count(counting: Counting, exit_code: int, report: Path) -> Result:
    """A runner that failed without naming a failed test, or ran no test at all, counts as one failure."""
    result = Result()
    if counting == "one":
        if exit_code == 0:
            result.passed = 1
        else:
            result.fail(f"It ended with code {exit_code}.")
        return result
    if not report.exists():
        result.fail(f"It ended with code {exit_code} and wrote no report.")
        return result
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - our own runner wrote it
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        if case.find("failure") is not None or case.find("error") is not None:
            result.failed += 1
        elif case.find("skipped") is not None:
            if name not in ALLOWED_SKIPS:
                result.fail(f"Skipped, which is not allowed: {name}")
        else:
            result.passed += 1
    if result.passed == 0 and result.failed == 0:
        result.fail("It ran no test.")
    elif exit_code != 0 and result.failed == 0:
        result.fail(f"Every test passed, yet it ended with code {exit_code}.")
    return result
