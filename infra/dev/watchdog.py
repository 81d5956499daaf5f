"""Ends processes whose parent has gone, for systems whose kernel does not.

Reads lines `<pid> <signal>` from standard input. Its end means that the parent has gone: each process then gets
its signal and, if it is still there three seconds later, SIGKILL.
"""

import os
import signal
import sys
import time

_PATIENCE_SECONDS = 3.0


def main() -> None:
    signals: dict[int, int] = {}
    for line in sys.stdin:
        pid, number = line.split()
        signals[int(pid)] = int(number)
    for pid, number in signals.items():
        _send(pid, number)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and any(_send(pid, 0) for pid in signals):
        time.sleep(0.05)
    for pid in signals:
        _send(pid, signal.SIGKILL)


def _send(pid: int, number: int) -> bool:
    """Whether the process was there to get the signal. Its number may have been given to another user's process."""
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
