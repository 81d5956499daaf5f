"""Who reads mails: a process of its own in the worker, so that no mail decides how long or how much memory it takes.

One that takes too long is killed with its reader, and the next mail gets a new one.
"""

import asyncio
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import IO, Final, Literal, TypeAlias

from backend.mailboxes.reading.read_mail import ReadMail, read_mail

MOST_SECONDS: Final = 20.0
READERS: Final = 2

Trouble: TypeAlias = Literal["too_slow", "too_much_memory", "reading_failed"]
Reader: TypeAlias = Callable[[bytes, str], Awaitable[ReadMail]]


class CannotRead(Exception):
    """The mail cannot be read; `trouble` says why, `detail` is the kind of the surprise."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble
        self.detail = detail


async def read_here(raw: bytes, sender: str) -> ReadMail:
    """Read in a thread of this process: for a command, and for tests."""
    try:
        return await asyncio.to_thread(read_mail, raw, sender)
    except MemoryError:
        raise CannotRead("too_much_memory") from None
    except Exception as error:
        raise CannotRead("reading_failed", type(error).__name__) from error


class Readers:
    """Processes that read, each one mail at a time; started when first needed."""

    def __init__(self, *, number: int = READERS, seconds: float = MOST_SECONDS, module: str = "") -> None:
        self._seconds = seconds
        self._module = module or "backend.mailboxes.incoming.reading_process"
        self._idle: queue.Queue[subprocess.Popen[bytes] | None] = queue.Queue()
        for _ in range(number):
            self._idle.put(None)

    async def read(self, raw: bytes, sender: str) -> ReadMail:
        """Read a mail within the limits. Raises: CannotRead."""
        return await asyncio.to_thread(self._read, raw, sender)

    def close(self) -> None:
        """End the processes that are idle; one that reads ends when its pipe closes."""
        while True:
            try:
                process = self._idle.get_nowait()
            except queue.Empty:
                return
            if process is not None:
                _end(process)

    def _read(self, raw: bytes, sender: str) -> ReadMail:
        process = self._idle.get()
        if process is None or process.poll() is not None:
            process = subprocess.Popen(
                [sys.executable, "-m", self._module], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        kept: subprocess.Popen[bytes] | None = None
        slow = threading.Event()

        def stop() -> None:
            slow.set()
            process.kill()

        timer = threading.Timer(self._seconds, stop)
        timer.start()
        try:
            answer = _ask(process, raw, sender)
            kept = process
        except (OSError, EOFError):
            raise CannotRead("too_slow" if slow.is_set() else "reading_failed", "ended") from None
        finally:
            timer.cancel()
            if kept is None:
                _end(process)
            self._idle.put(kept)
        if isinstance(answer, ReadMail):
            return answer
        raise CannotRead("too_much_memory" if answer == "MemoryError" else "reading_failed", str(answer))


def write_frame(stream: IO[bytes], value: object) -> None:
    """One value, with its length before it."""
    data = pickle.dumps(value, protocol=5)
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> object:
    """The next value. Raises: EOFError."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    data = stream.read(int.from_bytes(head, "big"))
    if len(data) < int.from_bytes(head, "big"):
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - from a process that we started, and to it.


def _ask(process: subprocess.Popen[bytes], raw: bytes, sender: str) -> object:
    assert process.stdin is not None, "it was started with pipes"
    assert process.stdout is not None, "it was started with pipes"
    write_frame(process.stdin, (raw, sender))
    return read_frame(process.stdout)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except BrokenPipeError:
                continue  # What was not written yet is for nobody now.
    process.wait()


_reader: Reader = read_here


def use_reader(reader: Reader) -> None:
    """Say who reads the mails of this process; once, at the start."""
    global _reader
    _reader = reader


async def read_within_limits(raw: bytes, sender: str) -> ReadMail:
    """Read a mail. Raises: CannotRead."""
    return await _reader(raw, sender)
