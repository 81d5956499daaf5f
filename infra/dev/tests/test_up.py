"""`npm start` from outside: the supervisor as a process of its own, on the real system."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from infra.dev.data_folder import free_port
from infra.dev.tests.processes import command_of, descendants, wait_until_gone

ROOT = Path(__file__).resolve().parents[3]
TENANTS = ("larkspur", "foundry", "anchor", "polder", "orchard")


class System:
    """One data folder and its ports; the supervisor can be started on it again and again."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        ports = {"MAIL_PORT": free_port(), "MAIL_CATCHER_PORT": free_port(), "MAIL_PAGE_PORT": free_port()}
        settings = {"DATA_DIR": str(data_dir), "PORT": str(self.port)} | {k: str(v) for k, v in ports.items()}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERSIGN_")}
        self.environment = clean | {f"COUNTERSIGN_{name}": value for name, value in settings.items()}
        self.environment["PYTHONUNBUFFERED"] = "1"
        self.log = data_dir.with_name("up.log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *command: str, seconds: float = 90.0) -> float:
        """Returns the seconds until everything runs."""
        began = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*(command or (sys.executable,)), "-m", "backend.cli", "up"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        while "Countersign is running" not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() - began < seconds, self.output()
            time.sleep(0.05)
        return time.monotonic() - began

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_for_output(self, pattern: str, seconds: float = 15.0) -> None:
        deadline = time.monotonic() + seconds
        while re.search(pattern, self.output()) is None:
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.05)

    def pids(self) -> set[int]:
        assert self.process is not None
        return descendants(self.process.pid)

    def pid_of(self, words: str) -> int:
        assert self.process is not None
        mine = [pid for pid in self.pids() if words in command_of(pid)]
        assert mine, [command_of(pid) for pid in self.pids()]
        return min(mine)

    def portal(self, tenant: str) -> httpx.Response:
        host = f"{tenant}.localhost:{self.port}"
        return httpx.get(f"http://127.0.0.1:{self.port}/", headers={"Host": host}, trust_env=False, timeout=10)

    def end(self, sent: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(sent)
        return self.process.wait(timeout=20)


def run_up(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """For starts that must fail."""
    command = [sys.executable, "-m", "backend.cli", "up"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def system(data_dir: Path) -> Iterator[System]:
    one = System(data_dir)
    yield one
    if one.process is not None and one.process.poll() is None:
        one.end(signal.SIGTERM)


def test_everything_starts_answers_on_five_portals_stops_cleanly_and_starts_again_in_seconds(system: System) -> None:
    system.start()
    assert {tenant: system.portal(tenant).status_code for tenant in TENANTS} == dict.fromkeys(TENANTS, 200)
    for tenant in TENANTS:
        assert f"http://{tenant}.localhost:{system.port}" in system.output()

    second = run_up(system.environment)
    assert system.process is not None
    assert second.returncode == 1
    assert f"is in use by process {system.process.pid}" in second.stderr
    assert "Traceback" not in second.stderr

    os.kill(system.pid_of("backend.cli worker"), signal.SIGKILL)
    system.wait_for_output(r"worker ended unexpectedly \(signal 9\)")
    system.wait_for_output("worker was started again")

    running = system.pids()
    assert system.end(signal.SIGINT) == 0
    assert wait_until_gone(running, 1.0) == []
    assert "Traceback" not in system.output()

    seconds = system.start()
    assert seconds < 8.0
    assert "Loading the demo" not in system.output()
    assert system.portal("anchor").status_code == 200

    running = system.pids()
    system.end(signal.SIGKILL)
    assert wait_until_gone(running) == []

    system.start("node", "infra/dev/run.mjs")  # As npm runs it, and npm is killed.
    running = system.pids()
    system.end(signal.SIGKILL)
    assert wait_until_gone(running) == []


def test_a_taken_port_is_refused_in_a_sentence_before_anything_is_started(system: System) -> None:
    with socket.create_server(("127.0.0.1", system.port)):
        ran = run_up(system.environment)
    assert ran.returncode == 1
    assert ran.stderr == (
        f"Port {system.port}, meant for the web server, is taken: stop the other program or set COUNTERSIGN_PORT.\n"
    )
    assert ran.stdout == ""
    assert not (system.data_dir / "postgres").exists()


def test_database_addresses_are_set_all_or_not_at_all(system: System) -> None:
    environment = system.environment | {"COUNTERSIGN_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    ran = run_up(environment)
    assert ran.returncode == 1
    assert "set either all three or none" in ran.stderr
