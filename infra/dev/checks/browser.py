"""The browser of the end-to-end tests: Debian's Chromium where we may install it, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


class NoBrowser(Exception):
    """The text says why none could be installed."""


def find_or_install_chromium() -> str:
    """The path of the system's Chromium, or an empty word when Playwright is to use its own. Raises NoBrowser."""
    found = _system_chromium()
    if found is not None:
        return found
    apt = shutil.which("apt-get")
    if apt is not None and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run([apt, "update", "-q"], environment)
        _run([apt, "install", "-y", "-q", "--no-install-recommends", "chromium"], environment)
        found = _system_chromium()
        if found is None:
            raise NoBrowser("apt-get installed chromium, but there is no program of that name.")
        return found
    _run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))
    return ""


def _system_chromium() -> str | None:
    named = os.environ.get("COUNTERSIGN_CHROMIUM")
    if named:
        if not Path(named).exists():
            raise NoBrowser(f"COUNTERSIGN_CHROMIUM names {named}, which does not exist.")
        return named
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _run(command: Sequence[str], environment: dict[str, str]) -> None:
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        words = "\n".join((ran.stdout + ran.stderr).strip().splitlines()[-15:])
        raise NoBrowser(f"`{' '.join(command)}` failed:\n{words}")
