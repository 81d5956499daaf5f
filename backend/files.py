"""The store of files: a local folder, or a bucket of an S3-compatible service. Nobody else reads or writes stored files.

Keys are paths with slashes that begin with the tenant's id, so that one tenant's files lie together; the exported heads
of attestations have a folder of their own, so that it can be copied elsewhere.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from obstore.exceptions import AlreadyExistsError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

if TYPE_CHECKING:
    from obstore import GetOptions

PIECE_BYTES: Final = 262_144
"""How much of a file is in memory at a time while it is read."""
_PART_BYTES: Final = 5 * 1024 * 1024
"""The least part of a large file that an S3-compatible service takes; one is on its way at a time."""

_store: ObjectStore | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the store says of a file."""

    key: str
    changed_at: datetime


class FileMissing(Exception):
    """No file is stored under that key."""


def open_files(place: str | Path) -> None:
    """Choose the store of this process: a folder, which is made, or an address such as s3://bucket/prefix.

    Keys and addresses of the service come from its usual environment variables (AWS_ACCESS_KEY_ID and so on).
    """
    global _store
    if isinstance(place, str) and "://" in place:
        _store = from_url(place, client_options={"timeout": "30s", "connect_timeout": "5s"})
    else:
        _store = LocalStore(prefix=Path(place).absolute(), mkdir=True, automatic_cleanup=True)


def close_files() -> None:
    """Forget the store of this process."""
    global _store
    _store = None


def _opened() -> ObjectStore:
    if _store is None:
        raise RuntimeError("The store of files is not open.")
    return _store


async def put(key: str, data: bytes) -> None:
    """Keep a file; one that was there under the key is replaced as a whole."""
    await _opened().put_async(key, data)


async def put_from(key: str, source: Path) -> None:
    """As `put`, from a file on disk, of which no more than a part or two is in memory at a time."""
    await _opened().put_async(key, source, chunk_size=_PART_BYTES, max_concurrency=1)


async def put_new(key: str, data: bytes) -> bool:
    """Keep a file where none is under the key; returns whether it was written. One that is there stays as it is."""
    try:
        await _opened().put_async(key, data, mode="create")
    except (AlreadyExistsError, FileExistsError):
        return False
    return True


async def get(key: str) -> bytes:
    """A stored file. Raises: FileMissing."""
    try:
        found = await _opened().get_async(key)
        return bytes(await found.bytes_async())
    except (NotFoundError, FileNotFoundError):
        raise FileMissing(key) from None


async def read(key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
    """The pieces of a stored file, or of its bytes from `start` to before `end`. Raises: FileMissing."""
    options: GetOptions = {}
    if end is not None:
        options["range"] = (start, end)
    elif start:
        options["range"] = {"offset": start}
    try:
        found = await _opened().get_async(key, options=options)
    except (NotFoundError, FileNotFoundError):
        raise FileMissing(key) from None
    async for piece in found.stream(min_chunk_size=PIECE_BYTES):
        yield bytes(piece)


async def delete(key: str) -> None:
    """Remove a file; one that is not there is gone already."""
    try:
        await _opened().delete_async(key)
    except (NotFoundError, FileNotFoundError):
        return


async def list_keys(prefix: str = "") -> list[str]:
    """The keys that lie under a prefix (whole path segments), in order."""
    keys: list[str] = []
    async for batch in _opened().list(prefix or None):
        keys.extend(meta["path"] for meta in batch)
    return sorted(keys)


async def list_files(prefix: str) -> AsyncIterator[StoredFile]:
    """What lies under a prefix, in no order."""
    async for batch in _opened().list(prefix):
        for meta in batch:
            yield StoredFile(meta["path"], meta["last_modified"])
