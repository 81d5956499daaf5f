"""One running system for all stories, and browsers whose consoles must stay silent."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from e2e.api import SignIns
from e2e.mailbox import Mailbox
from e2e.system import ROOT, System
from e2e.tour import Tours
from e2e.visitors import Visitors

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    if not (ROOT / "dist" / "index.html").exists():
        subprocess.run(["node", "infra/dev/setup.mjs"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory(prefix="countersign-e2e-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # The servers run under an account of their own where root starts them.
        running = System(folder)
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="session")
def mail(system: System) -> Iterator[Mailbox]:
    with closing(Mailbox(system)) as mailbox:
        yield mailbox


@pytest.fixture(scope="session")
def signed_in(system: System) -> Iterator[SignIns]:
    with closing(SignIns(system)) as known:
        yield known


@pytest.fixture(scope="session")
def tours(system: System, signed_in: SignIns) -> Tours:
    return Tours(system, signed_in)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    named = os.environ.get("COUNTERSIGN_CHROMIUM")
    found = named if named is not None else shutil.which("chromium") or shutil.which("chromium-browser")
    quiet = ["--disable-gpu", "--disable-quic", "--disable-component-update", "--disable-sync"]
    arguments = {**browser_type_launch_args, "args": ["--no-sandbox", *quiet]}
    return {**arguments, "executable_path": found} if found else arguments


@pytest.fixture
def visitors(browser: Browser, system: System, signed_in: SignIns) -> Iterator[Visitors]:
    """Browsers of people; whatever their consoles complained about fails the test."""
    everybody = Visitors(browser, system, lambda person: signed_in(person).session)
    yield everybody
    everybody.leave()
    assert everybody.complaints == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories that move the business clock come last, for all share one system and its today: the week of silence first."""
    last = ("test_timers", "test_answer_by_mail")
    items.sort(key=lambda each: next((1 + place for place, name in enumerate(last) if name in each.nodeid), 0))
