"""The contents of files: each once for a company, named by its hash, so that what many send takes room once.

One company's hash tells another nothing: contents are found and stored under their tenant alone.
"""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from backend import files
from backend.attachments.clamd import scans
from backend.attachments.kinds import HEAD_BYTES
from backend.attachments.tables import AttachmentContent
from backend.clock import real_now
from backend.database import row
from backend.ids import new_id

_WRITE_BYTES: Final = 524_288
_folder: Path | None = None


def configure_scratch(folder: Path) -> None:
    """Where files lie while they arrive; once, by the composition root. What a killed process left there goes."""
    global _folder
    folder.mkdir(parents=True, exist_ok=True)
    _folder = folder


@dataclass(slots=True)
class Arriving:
    """A file on its way in, on disk: never whole in memory."""

    path: Path
    _file: BinaryIO
    _waiting: bytearray
    _hash: "hashlib._Hash"
    size: int = 0
    head: bytes = b""

    async def add(self, piece: bytes) -> None:
        """Take what came."""
        self.size += len(piece)
        if len(self.head) < HEAD_BYTES:
            self.head += piece[: HEAD_BYTES - len(self.head)]
        self._waiting += piece
        if len(self._waiting) >= _WRITE_BYTES:
            await self.flush()

    async def flush(self) -> None:
        """Write what waits, off the event loop."""
        waiting, self._waiting = self._waiting, bytearray()
        if waiting:
            await asyncio.to_thread(self._write, waiting)

    def _write(self, piece: bytearray) -> None:
        self._hash.update(piece)
        self._file.write(piece)
        self._file.flush()

    @property
    def sha256(self) -> bytes:
        """The hash of what was written."""
        return self._hash.digest()


@asynccontextmanager
async def arriving() -> AsyncIterator[Arriving]:
    """A place on disk for a file that comes in; gone at the end of the block."""
    handle, name = await asyncio.to_thread(tempfile.mkstemp, dir=_folder, prefix="arriving-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb", buffering=0) as opened:
            yield Arriving(path, opened, bytearray(), hashlib.sha256())
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def store_content(tenant_id: UUID, file: Arriving) -> UUID:
    """Keep what arrived; what the company has already is not written again. Returns the content's id.

    Its row comes first, and says when it was last wanted: what is in use a moment later is not collected meanwhile.
    """
    await file.flush()
    at = real_now()
    found = await row(
        """insert into attachment_contents (tenant_id, id, sha256, size, used_at, scan, scan_due_at)
           values ($1, $2, $3, $4, $5, $6, $5)
           on conflict (tenant_id, sha256) do update set used_at = excluded.used_at returning id, stored""",
        tenant_id, new_id(), file.sha256, file.size, at, "waiting" if scans() else "none",
    )  # fmt: skip
    assert found is not None, "an upsert returns its row"
    if not found["stored"]:
        await files.put_from(content_key(tenant_id, file.sha256), file.path)
        await AttachmentContent.update({AttachmentContent.stored: True}).where(
            AttachmentContent.tenant_id == tenant_id, AttachmentContent.id == found["id"]
        )
    content_id: UUID = found["id"]
    return content_id


def content_key(tenant_id: UUID, sha256: bytes) -> str:
    """Where the store of files keeps it."""
    return f"{tenant_id}/attachments/{sha256.hex()}"


def preview_key(tenant_id: UUID, sha256: bytes, variant: str) -> str:
    """Where the store of files keeps the picture that is shown of it."""
    return f"{tenant_id}/previews/{sha256.hex()}-{variant}"
