"""argon2id, off the event loop. The only importer of argon2."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_LENGTH = 10
"""Characters that a new password needs."""

# OWASP's second choice: 19 MiB, two passes, one lane. Two threads bound the memory to 40 MiB a process.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_no_account = _hasher.hash("the password of nobody")


async def hash_password(password: str) -> str:
    """The argon2id hash of a password, with its own salt."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one of the hash. Without a hash it is refused in the same time."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _verify, password, password_hash)


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def _verify(password: str, password_hash: str | None) -> bool:
    try:
        return _hasher.verify(password_hash or _no_account, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False
