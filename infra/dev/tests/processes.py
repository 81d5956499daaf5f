"""Looks at running processes, for tests of what must be gone."""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path


def is_running(pid: int) -> bool:
    return _stat(pid)[0] not in ("", "Z")


def wait_until_gone(pids: Collection[int], seconds: float = 10.0) -> list[str]:
    """The command lines of those that are still there after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(is_running(pid) for pid in pids):
        time.sleep(0.05)
    return [command_of(pid) for pid in pids if is_running(pid)]


def descendants(pid: int) -> set[int]:
    parents = {int(path.name): _stat(int(path.name))[1] for path in Path("/proc").iterdir() if path.name.isdigit()}
    found: set[int] = set()
    grown = {pid}
    while grown:
        grown = {child for child, parent in parents.items() if parent in grown} - found
        found |= grown
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _stat(pid: int) -> tuple[str, int]:
    """State and parent; an empty state when there is no such process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return "", 0
    return fields[0], int(fields[1])
