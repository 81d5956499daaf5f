"""One long-running program of the system under the supervisor's eye."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.dev import child

ROOT = Path(__file__).resolve().parents[2]
_STEADY_SECONDS = 30.0
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True)
class ProgramSpec:
    """What to run, and the port on which it answers once it is ready (None: it has none)."""

    name: str
    arguments: tuple[str, ...]
    port: int | None = None


class Program:
    """Starts, watches and restarts one program; pauses grow while it keeps dying."""

    def __init__(self, spec: ProgramSpec, environment: Mapping[str, str], logs: Path) -> None:
        self.spec = spec
        self.log = logs / f"{spec.name.replace(' ', '-')}.log"
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._deaths = 0
        self._start_again_at: float | None = None

    def start(self) -> None:
        self._started_at = time.monotonic()
        self._start_again_at = None
        command = [sys.executable, *self.spec.arguments]
        self._process = child.spawn(command, cwd=ROOT, environment=self._environment, log=self.log)

    def exit_code(self) -> int | None:
        return self._process.poll() if self._process is not None else None

    def tick(self) -> str | None:
        """Look after it: returns a line for the person when it died or was started again."""
        if self._start_again_at is not None:
            if time.monotonic() < self._start_again_at:
                return None
            self.start()
            return f"{self.spec.name} was started again."
        code = self.exit_code()
        if self._process is None or code is None:
            return None
        if time.monotonic() - self._started_at > _STEADY_SECONDS:
            self._deaths = 0
        pause = min(0.5 * 2**self._deaths, _LONGEST_PAUSE)
        self._deaths += 1
        child.kill_group(self._process)
        self._start_again_at = time.monotonic() + pause
        return f"{self.spec.name} ended unexpectedly ({describe_exit(code)}); see {self.log}. It starts again in {pause:g} s."

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_for_stop(self, deadline: float) -> None:
        """Kill what is left at the deadline, a value of `time.monotonic()`."""
        if self._process is not None:
            try:
                self._process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                print(f"{self.spec.name} did not stop in time and is killed.", flush=True)
            child.kill_group(self._process)

    def last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-15:])


def describe_exit(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
