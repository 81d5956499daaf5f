"""`npm test`: every check, and one last line `N passed, M failed`. With --long, the big runs at full size."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import get_args

from infra.dev.checks.plan import CHECKS, ROOT, Check, Group
from infra.dev.checks.results import Result
from infra.dev.checks.run import end_everything, run_all

_SHOWN_LINES = 200
_LONG_FACTOR = 20.0
_LONG_RESULTS = ROOT / "benchmarks" / "long.json"


def main() -> int:
    parser = argparse.ArgumentParser(prog="npm test --", description=__doc__)
    parser.add_argument("--only", choices=get_args(Group), action="append", help="run one group of checks; repeatable")
    parser.add_argument("--long", action="store_true", help=f"full size; writes {_LONG_RESULTS.relative_to(ROOT)}")
    options = parser.parse_args()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    checks = [check for check in CHECKS if not options.only or check.group in options.only]
    began = time.monotonic()
    totals = Result()

    def report(check: Check, result: Result) -> None:
        totals.passed += result.passed
        totals.failed += result.failed
        word = "FAILED" if result.failed else "ok"
        counted = "" if check.counting == "one" else f"  {result.passed} passed, {result.failed} failed"
        print(f"{word:6}  {check.name:30} {result.seconds:6.1f} s{counted}", flush=True)
        if result.failed:
            lines = result.output.strip().splitlines()
            if len(lines) > _SHOWN_LINES:
                print(f"        ... {len(lines) - _SHOWN_LINES} lines before")
            for line in [*lines[-_SHOWN_LINES:], *result.remarks]:
                print(f"        {line}")
            sys.stdout.flush()

    if options.long:
        with tempfile.TemporaryDirectory(prefix="countersign-figures-") as folder:
            figures = Path(folder) / "figures.jsonl"
            checks = [replace(check, minutes=check.minutes * _LONG_FACTOR) for check in checks]
            extra = {"COUNTERSIGN_TEST_SIZE": "long", "COUNTERSIGN_TEST_FIGURES": str(figures)}
            run_all(checks, extra, report)
            _write_long_results(figures)
    else:
        run_all(checks, {}, report)

    print(f"\nin {time.monotonic() - began:.0f} s")
    print(f"{totals.passed} passed, {totals.failed} failed")
    return 1 if totals.failed else 0


def _stop(number: int, frame: FrameType | None) -> None:
    end_everything()
    print("\nStopped before the end.", flush=True)
    os._exit(130)  # The threads that wait for the checks would keep us here.


def _write_long_results(figures: Path) -> None:
    """One object per figure that the tests wrote, beside the day and the commit that they hold for."""
    lines = figures.read_text().splitlines() if figures.exists() else []
    content = {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _git("rev-parse", "HEAD") + ("+" if _git("status", "--porcelain", "--untracked-files=no") else ""),
        "figures": [json.loads(line) for line in lines],
    }
    _LONG_RESULTS.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
