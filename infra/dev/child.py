"""Child processes that never outlive the process that started them.

On Linux the kernel itself signals a child whose parent has gone, by SIGKILL too. Elsewhere one small
watchdog process (`infra.dev.watchdog`) holds the reading end of a pipe and does the same when it closes.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_LOG_LIMIT = 5_000_000
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Account:
    """The system account that a child runs as."""

    name: str
    uid: int
    gid: int


class Watchdog:
    """Ends the registered processes when this process has gone. Used where the kernel cannot do it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "infra.dev.watchdog"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def watch(self, pid: int, death_signal: signal.Signals) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(f"{pid} {int(death_signal)}\n".encode())
        stdin.flush()


_watchdog: Watchdog | None = None


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: bytes | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own session, so that Ctrl-C reaches the parent alone.

    `death_signal` is what the child gets when the parent dies without stopping it. Call it from a thread
    that lives as long as the child should: Linux counts the end of the *thread* as the parent's death.
    """
    output: IO[bytes] | None = None
    if log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LOG_LIMIT:
            log.replace(log.with_suffix(log.suffix + ".1"))
        output = log.open("ab")
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=dict(environment) if environment is not None else None,
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_die_with_parent(death_signal) if sys.platform == "linux" else None,
            # The privileges are dropped before preexec_fn runs; the other order would clear the death signal.
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    finally:
        if output is not None:
            output.close()
    if sys.platform != "linux":
        _watch(process.pid, death_signal)
    if stdin is not None and process.stdin is not None:
        try:
            process.stdin.write(stdin)
            process.stdin.close()
        except BrokenPipeError:
            process.wait(timeout=5)  # It died at once; whoever waits for it to be ready reports its log.
    return process


def end(
    process: subprocess.Popen[bytes],
    *,
    first: signal.Signals = signal.SIGTERM,
    patience: float = 10.0,
) -> None:
    """Ask the child to stop, wait `patience` seconds, then kill it. Returns when it has gone."""
    if process.poll() is not None:
        return
    process.send_signal(first)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=patience)
    kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL for the child and whatever it left in its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _die_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def before_exec() -> None:
        if prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0) != 0:
            os._exit(126)
        if os.getppid() != parent:  # The parent died between the fork and the line above.
            os._exit(126)

    return before_exec


_watchdog_lock = threading.Lock()


def _watch(pid: int, death_signal: signal.Signals) -> None:
    global _watchdog
    with _watchdog_lock:
        if _watchdog is None:
            _watchdog = Watchdog()
        _watchdog.watch(pid, death_signal)
