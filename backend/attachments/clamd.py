"""A virus scanner that speaks clamd's protocol: a file is streamed to it (INSTREAM) and it answers what it found.

The protocol is three lines long; see clamd(8).
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 120.0
_address: "_Address | None" = None


class ScannerAway(Exception):
    """The scanner cannot be asked now, or gave no verdict; the text says why."""


@dataclass(frozen=True, slots=True)
class _Address:
    host: str
    port: int
    path: str


def configure_clamd(url: str) -> None:
    """Say where the scanner listens: tcp://host:port or unix:/path; empty: there is none. Once, at the start.

    Raises:
        ValueError: it is no such address.
    """
    global _address
    if not url:
        _address = None
        return
    parts = urlsplit(url)
    if parts.scheme == "unix" and parts.path:
        _address = _Address("", 0, parts.path)
    elif parts.scheme == "tcp" and parts.hostname:
        _address = _Address(parts.hostname, parts.port or 3310, "")
    else:
        raise ValueError("The scanner's address looks like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl.")


def scans() -> bool:
    """Whether files are scanned here."""
    return _address is not None


async def scan(pieces: AsyncIterator[bytes]) -> str | None:
    """What was found in a file, by its name in the scanner's list; None where it is clean.

    Raises:
        ScannerAway: no verdict.
    """
    if _address is None:
        raise ScannerAway("No scanner is configured.")
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            if _address.path:
                reader, writer = await asyncio.open_unix_connection(_address.path)
            else:
                reader, writer = await asyncio.open_connection(_address.host, _address.port)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await _ask(reader, writer, pieces)
        finally:
            writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as trouble:
        raise ScannerAway(f"The scanner could not be asked ({type(trouble).__name__}).") from trouble


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pieces: AsyncIterator[bytes]) -> str | None:
    writer.write(b"zINSTREAM\0")
    try:
        async for piece in pieces:
            writer.write(len(piece).to_bytes(4, "big") + piece)
            await writer.drain()
        writer.write(b"\0\0\0\0")
        await writer.drain()
    except ConnectionError:
        # It stops listening at its own limit, and says so.
        pass
    answer = (await reader.readuntil(b"\0"))[:-1].decode("utf-8", "replace").strip()
    verdict = answer.partition(":")[2].strip() if answer.startswith("stream:") else answer
    if verdict == "OK":
        return None
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")[:200]
    raise ScannerAway(f"The scanner gave no verdict: {verdict[:200]}")
