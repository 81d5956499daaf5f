"""The whole system as a person starts it: the supervisor on ports and a data folder of its own, seen from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS = 120.0
T = TypeVar("T")


class System:
    """Started once for all tests. Its processes can be found and killed, its clock moved."""

    def __init__(self, folder: Path) -> None:
        self.data_dir = folder / "var"
        self.port, self.mail_port, catcher, self.mail_page_port, self.stripe_port = _free_ports(5)
        settings = {
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "MAIL_PORT": str(self.mail_port),
            "MAIL_CATCHER_PORT": str(catcher),
            "MAIL_PAGE_PORT": str(self.mail_page_port),
            # A stand-in of Stripe answers there, in the stories that have one.
            "STRIPE_API_BASE": f"http://127.0.0.1:{self.stripe_port}",
            # Whatever kills the tests ends the system with them.
            "STOP_WITH_PARENT": "1",
        }
        clean = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERSIGN_")}
        self._environment = clean | {f"COUNTERSIGN_{name}": value for name, value in settings.items()}
        self._output = folder / "up.log"
        self._supervisor: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._output.open("wb") as output:
            self._supervisor = subprocess.Popen(
                [sys.executable, "-m", "backend.cli", "up"],
                cwd=ROOT,
                env=self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

        def runs() -> bool:
            assert self._supervisor is not None
            assert self._supervisor.poll() is None, self.output()
            return "Countersign is running" in self.output()

        until(runs, "everything runs", seconds=_START_SECONDS)

    def stop(self) -> None:
        if self._supervisor is not None and self._supervisor.poll() is None:
            self._supervisor.send_signal(signal.SIGINT)
            assert self._supervisor.wait(timeout=30) == 0, self.output()

    def output(self) -> str:
        """What the supervisor has said so far."""
        return self._output.read_text(errors="replace")

    def log(self, program: str) -> str:
        return (self.data_dir / "logs" / f"{program}.log").read_text(errors="replace")

    def origin(self, tenant: str) -> str:
        return f"http://{tenant}.localhost:{self.port}"

    def cli(self, *arguments: str) -> str:
        """Run a verb in a second terminal; returns what it printed."""
        ran = subprocess.run(
            [sys.executable, "-m", "backend.cli", *arguments],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def second_worker(self) -> subprocess.Popen[bytes]:
        """A worker beside the supervisor's own; whoever starts it ends it."""
        with (self.data_dir / "logs" / "second-worker.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "backend.cli", "worker"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def pid_of(self, words: str) -> int:
        """The supervisor's own child whose command line has these words; one that has died is waited for."""

        def one() -> list[int]:
            assert self._supervisor is not None
            mine = [pid for pid, parent, command in _processes() if parent == self._supervisor.pid and words in command]
            return mine if len(mine) == 1 else []

        return until(one, f"one child runs {words!r}")[0]

    def kill(self, words: str) -> int:
        """SIGKILL for that child; the supervisor will start it again. Returns what its number was."""
        pid = self.pid_of(words)
        os.kill(pid, signal.SIGKILL)
        return pid


def until(truth: Callable[[], T], what: str, *, seconds: float = 15.0) -> T:
    """Ask until the answer is true, and return it; after `seconds` the test fails, saying what it waited for."""
    deadline = time.monotonic() + seconds
    while True:
        answer = truth()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"not after {seconds:g} s: {what}"
        time.sleep(0.05)


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _processes() -> list[tuple[int, int, str]]:
    """Number, parent and command line of every process that lives."""
    listed = subprocess.run(
        ["ps", "-Awwo", "pid=,ppid=,command="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [line.split(None, 2) for line in listed]
    return [(int(row[0]), int(row[1]), row[2]) for row in rows if len(row) == 3 and "<defunct>" not in row[2]]
