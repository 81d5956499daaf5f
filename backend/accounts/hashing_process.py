"""A process of its own that hashes passwords and nothing else; the only importer of argon2.

It has a low priority. A thread with one would not do: while it holds the interpreter's lock the event loop waits for it, and it
waits for everybody else. It ends when whoever started it ends.

A job is a line: `hash`, or `verify` and the hash to compare with, then the password in base64. So is the answer.
"""

import base64
import ctypes
import os
import signal
import sys
import threading
import time
from typing import Final, TextIO

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

NICENESS: Final = 10
IDLE_SECONDS: Final = 2.0
"""After so long without a password the memory of a hash goes back to the system. At once would cost each hash its half again."""

# OWASP's second choice: 19 MiB, two passes, one lane.
hasher: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def answer(line: str, nobody: str) -> str:
    """What is said to a job: a hash, or whether the password is right. Without a hash it is wrong, in the same time."""
    job, kept, raw = line.split(" ")
    password = base64.b64decode(raw)
    if job == "hash":
        return hasher.hash(password)
    try:
        right = hasher.verify(kept or nobody, password) and kept != ""
    except (VerificationError, InvalidHashError):
        right = False
    return "right" if right else "wrong"


def work(jobs: TextIO, answers: TextIO) -> None:
    """Answer jobs until no more can come."""
    nobody = hasher.hash("the password of nobody")
    worked = threading.Event()
    worked.set()
    threading.Thread(target=_give_memory_back, args=(worked,), daemon=True).start()
    for line in jobs:
        print(answer(line.removesuffix("\n"), nobody), file=answers, flush=True)
        worked.set()


def _give_memory_back(worked: threading.Event) -> None:
    """Whenever it was idle for a while. glibc keeps what argon2 has freed; others, and other systems, need no word."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    while trim is not None:
        worked.wait()
        while worked.is_set():
            worked.clear()
            time.sleep(IDLE_SECONDS)
        trim(0)


if __name__ == "__main__":
    os.nice(NICENESS)
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Of a terminal it reaches everybody; whoever started this one decides.
    work(sys.stdin, sys.stdout)
