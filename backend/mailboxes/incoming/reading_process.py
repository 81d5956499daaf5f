"""The process that reads mails for a worker: one after the other, within a bound of memory, until its pipe closes."""

import resource
import signal
import sys
from typing import Final

from backend.mailboxes.incoming.reader import read_frame, write_frame
from backend.mailboxes.reading.read_mail import read_mail

MOST_MEMORY: Final = 1_024 * 2**20
"""Bytes of address space: the largest mail that is taken needs a third of it."""


def run() -> None:
    """Answer each mail with what was read, or with the name of what went wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    while True:
        try:
            asked = read_frame(sys.stdin.buffer)
        except EOFError:
            return
        assert isinstance(asked, tuple)
        try:
            answer: object = read_mail(*asked)
        except Exception as error:  # noqa: BLE001 - it is told by name, and the mail is put aside.
            answer = type(error).__name__
        del asked
        try:
            write_frame(sys.stdout.buffer, answer)
        except MemoryError:
            write_frame(sys.stdout.buffer, "MemoryError")


if __name__ == "__main__":
    run()
