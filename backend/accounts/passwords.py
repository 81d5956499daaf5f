"""argon2id, off the event loop. The only importer of argon2."""

import asyncio
import os
import sys
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.errors import Refusal

LEAST_LENGTH = 10
"""Characters that a new password needs."""
MOST_LENGTH = 256
"""Characters that a password may have; a longer one is never hashed, so that nobody can keep the threads busy."""

MOST_WAITING = 128
"""Passwords that may wait in a process: a few seconds of work. More are refused, so that nobody waits for minutes."""
NICENESS = 5


class Busy(Refusal):
    """So many passwords wait to be hashed that this one was not looked at."""

    def __init__(self) -> None:
        super().__init__("busy")


def _yield_to_others() -> None:
    """Give the thread less of the processors than the event loop and the database have: pages go before passwords.

    Linux alone knows the priority of a thread; elsewhere it would be the process's own.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


# OWASP's second choice: 19 MiB, two passes, one lane. Two threads bound the memory to 40 MiB a process.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2", initializer=_yield_to_others)
_waiting = 0
_count = threading.Lock()
T = TypeVar("T")
_no_account = _hasher.hash("the password of nobody")


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
    return await _in_turn(lambda: _hasher.hash(raw))


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one of the hash. Without a hash, and for what can be no password, it is refused in
    the same time. Raises: Busy.
    """
    raw = _encoded(password)
    if raw is None:
        raw, password_hash = b"", None
    return await _in_turn(lambda: _verify(raw, password_hash))


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def _encoded(password: str) -> bytes | None:
    """The bytes that are hashed. Composed form, so that two keyboards type the same é (RFC 8265, OpaqueString)."""
    if len(password) > MOST_LENGTH:
        return None
    try:
        return unicodedata.normalize("NFC", password).encode()
    except UnicodeEncodeError:
        return None


def _verify(raw: bytes, password_hash: str | None) -> bool:
    try:
        return _hasher.verify(password_hash or _no_account, raw) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


async def _in_turn(work: Callable[[], T]) -> T:
    """Run it in one of the threads. Who gives up waiting still counts as waiting until it has run."""
    global _waiting
    if _waiting >= MOST_WAITING:
        raise Busy
    with _count:
        _waiting += 1
    running = asyncio.get_running_loop().run_in_executor(_threads, _counted, work)
    return await asyncio.shield(running)


def _counted(work: Callable[[], T]) -> T:
    global _waiting
    try:
        return work()
    finally:
        with _count:
            _waiting -= 1
