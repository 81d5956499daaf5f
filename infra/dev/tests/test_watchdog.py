from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_watchdog_ends_what_it_was_told_of_when_its_parent_has_gone() -> None:
    watched = subprocess.Popen(["sleep", "60"])
    watchdog = subprocess.Popen([sys.executable, "-m", "infra.dev.watchdog"], cwd=ROOT, stdin=subprocess.PIPE)
    assert watchdog.stdin is not None
    watchdog.stdin.write(f"{watched.pid} {int(signal.SIGTERM)}\n".encode())
    watchdog.stdin.flush()
    assert watched.poll() is None

    watchdog.stdin.close()

    assert watched.wait(timeout=10) == -signal.SIGTERM
    assert watchdog.wait(timeout=10) == 0


def test_the_watchdog_kills_what_does_not_stop_when_asked() -> None:
    stubborn = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import signal,time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
    )
    assert stubborn.stdout is not None
    stubborn.stdout.readline()
    stubborn.stdout.close()
    watchdog = subprocess.Popen([sys.executable, "-m", "infra.dev.watchdog"], cwd=ROOT, stdin=subprocess.PIPE)
    watchdog.communicate(f"{stubborn.pid} {int(signal.SIGTERM)}\n".encode())

    assert stubborn.wait(timeout=10) == -signal.SIGKILL
