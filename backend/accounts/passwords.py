"""argon2id, off the event loop and beside the process: see `hashing_process`."""

import asyncio
import atexit
import base64
import os
import subprocess
import sys
import threading
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from backend.accounts.hashing_process import hasher
from backend.errors import Refusal

LEAST_LENGTH = 10
"""Characters that a new password needs."""
MOST_LENGTH = 256
"""Characters that a password may have; a longer one is never hashed, so that nobody can keep the processes busy."""
MOST_WAITING = 128
"""Passwords that may wait in a process: a few seconds of work. More are refused, so that nobody waits for minutes."""
PROCESSES = 1
"""Processes that hash, for each process that asks. One leaves a second processor to pages and database."""
REST = 1.0
"""How long a process rests after a password, in times of what that took: so hashing, and all that each answer brings with
it, leaves room for pages. Some twenty passwords a second; one that comes alone does not wait."""
REST_OF_CROWD = 3.0
"""The same where more than FEW wait: some ten passwords a second, so that pages keep their pace however many come."""
FEW = 8

_ROOT = Path(__file__).resolve().parents[2]


class Busy(Refusal):
    """So many passwords wait to be hashed that this one was not looked at."""

    def __init__(self) -> None:
        super().__init__("busy")


def check_new_password(password: str) -> None:
    """Raises: Refusal unless it is long enough to be chosen anew."""
    if len(password) < LEAST_LENGTH:
        raise Refusal("password_too_short", "password", least=LEAST_LENGTH)


async def hash_password(password: str) -> str:
    """The argon2id hash of a password, with its own salt.

    Raises:
        Refusal: it is too long or holds what cannot be encoded; `Busy`.
    """
    if len(password) > MOST_LENGTH:
        raise Refusal("too_long", "password", most=MOST_LENGTH)
    raw = _encoded(password)
    if raw is None:
        raise Refusal("bad_text", "password")
    return await _in_turn("hash", "", raw)


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one of the hash. Without a hash, and for what can be no password, it is refused in
    the same time. Raises: Busy.
    """
    raw = _encoded(password)
    if raw is None:
        raw, password_hash = b"", None
    # No hash has white space; what has some is none.
    kept = password_hash if password_hash and password_hash.isascii() and not set(password_hash) & set(" \r\n") else ""
    return await _in_turn("verify", kept, raw) == "right"


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return hasher.check_needs_rehash(password_hash)


def _encoded(password: str) -> bytes | None:
    """The bytes that are hashed. Composed form, so that two keyboards type the same é (RFC 8265, OpaqueString)."""
    if len(password) > MOST_LENGTH:
        return None
    try:
        return unicodedata.normalize("NFC", password).encode()
    except UnicodeEncodeError:
        return None


# Each thread waits for a process of its own, and does nothing else.
_threads = ThreadPoolExecutor(max_workers=PROCESSES, thread_name_prefix="argon2")
_own = threading.local()
_started: list[subprocess.Popen[str]] = []
_waiting = 0
_count = threading.Lock()


async def _in_turn(job: str, kept: str, raw: bytes) -> str:
    """Have it done by one of the processes. Who gives up waiting still counts as waiting until it is done."""
    global _waiting
    if _waiting >= MOST_WAITING:
        raise Busy
    with _count:
        _waiting += 1
    running = asyncio.get_running_loop().run_in_executor(
        _threads, _counted, f"{job} {kept} {base64.b64encode(raw).decode()}\n"
    )
    return await asyncio.shield(running)


def _counted(line: str) -> str:
    global _waiting
    time.sleep(max(0.0, getattr(_own, "rests_until", 0.0) - time.monotonic()))
    began = time.monotonic()
    try:
        return _done(line)
    finally:
        ended = time.monotonic()
        _own.rests_until = ended + (REST_OF_CROWD if _waiting > FEW else REST) * (ended - began)
        with _count:
            _waiting -= 1


def _done(line: str) -> str:
    """What this thread's process says. One that has died is replaced, once."""
    for _ in range(2):
        process: subprocess.Popen[str] = getattr(_own, "process", None) or _start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(line)
            process.stdin.flush()
            if said := process.stdout.readline():
                return said.removesuffix("\n")
        except OSError:
            pass  # It has died; what follows starts another.
        _own.process = None
        _end(process)
    raise RuntimeError("No process that hashes passwords stays alive.")


def _start() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.accounts.hashing_process"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="ascii", cwd=_ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("COUNTERSIGN_")},
    )  # fmt: skip
    _own.process = process
    _started.append(process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    _started.remove(process)
    try:
        process.stdin.close()
    except OSError:
        process.kill()  # What was written last can no longer be said.
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


@atexit.register
def _end_all() -> None:
    for process in list(_started):
        _end(process)
