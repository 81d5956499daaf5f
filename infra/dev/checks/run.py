"""Runs one check, and many of them two at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from infra.dev.checks.browser import NoBrowser, find_or_install_chromium
from infra.dev.checks.plan import ROOT, Check
from infra.dev.checks.results import Result, count

_SIDE_BY_SIDE = 2
_running: set[int] = set()


def run_all(checks: Sequence[Check], extra: Mapping[str, str], report: Callable[[Check, Result], None]) -> None:
    """Keeps going after a failure; calls `report` as each check ends, in the thread that called."""
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        running: dict[Future[Result], Check] = {}

        def drain(leave: int) -> None:
            while len(running) > leave:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    report(running.pop(future), future.result())

        for check in checks:
            drain(0 if check.alone else _SIDE_BY_SIDE - 1)
            running[pool.submit(run_check, check, extra)] = check
            if check.alone:
                drain(0)
        drain(0)


def run_check(check: Check, extra: Mapping[str, str], root: Path = ROOT) -> Result:
    began = time.monotonic()
    environment = _environment(extra)
    if check.needs_browser:
        try:
            environment["COUNTERSIGN_CHROMIUM"] = find_or_install_chromium()
        except NoBrowser as reason:
            result = Result(output=str(reason))
            result.fail("There is no browser for these tests, and none could be installed.")
            result.seconds = time.monotonic() - began
            return result
    before = _contents(root, check.generates)
    with tempfile.TemporaryDirectory(prefix="countersign-check-") as folder:
        path = Path(folder) / "report.xml"
        exit_code, output = _run(check, environment, path, root)
        result = count(check.counting, exit_code, path)
    stale = _put_back(root, check.generates, before)
    if stale and exit_code == 0:
        result = Result()
        result.fail("These files are not what the sources make; generate and commit them: " + ", ".join(stale))
    return replace(result, output=output, seconds=time.monotonic() - began)


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Settings of the developer's own system must not reach the tests."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERSIGN_")}
    kept = {name: os.environ[name] for name in ("COUNTERSIGN_CHROMIUM", "COUNTERSIGN_PYTHON") if name in os.environ}
    return {**ours, **kept, **extra, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}


def _run(check: Check, environment: Mapping[str, str], report: Path, root: Path) -> tuple[int, str]:
    command = [*check.command]
    if check.counting == "pytest":
        command.append(f"--junitxml={report}")
    elif check.counting == "vitest":
        command += ["--", "--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=root,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        _running.add(process.pid)
        late = ""
        try:
            code = process.wait(timeout=check.minutes * 60)
        except subprocess.TimeoutExpired:
            late = f"\nStopped after {check.minutes:g} minutes."
            os.killpg(process.pid, signal.SIGTERM)
            try:
                code = process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                code = process.wait()
            code = code or 1
        finally:
            _running.discard(process.pid)
        output.seek(0)
        return code, output.read().decode(errors="replace") + late


def end_everything() -> None:
    """Kill what still runs, for a person who has pressed Ctrl-C."""
    for group in tuple(_running):
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGTERM)


def _contents(root: Path, patterns: Sequence[str]) -> dict[Path, bytes]:
    return {path: path.read_bytes() for pattern in patterns for path in root.glob(pattern)}


def _put_back(root: Path, patterns: Sequence[str], before: Mapping[Path, bytes]) -> list[str]:
    """The names of the files that differ from `before`, after making them as they were."""
    after = _contents(root, patterns)
    stale = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    for path in stale:
        if path in before:
            path.write_bytes(before[path])
        else:
            path.unlink()
    return [str(path.relative_to(root)) for path in stale]
