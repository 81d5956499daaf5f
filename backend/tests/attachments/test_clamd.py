"""The scanner itself: Debian's clamd with a signature of our own, where it is installed (apt-get install clamav-daemon)."""

import asyncio
import getpass
import hashlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.attachments.clamd import ScannerAway, configure_clamd, scan

BAD = b"countersign test: this is bad"
CONFIGURATION = """LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/db
Foreground yes
User {user}
StreamMaxLength 4M
OfficialDatabaseOnly no
SelfCheck 86400
"""


@asynccontextmanager
async def a_clamd(folder: Path) -> AsyncIterator[str]:
    """clamd with two signatures: a piece of text, and the hash of a whole file. Its address."""
    (folder / "db").mkdir()
    (folder / "db" / "own.ndb").write_text(f"Countersign.Text:0:*:{BAD.hex()}\n")
    whole = b"a whole file that is bad"
    (folder / "db" / "own.hdb").write_text(f"{hashlib.md5(whole).hexdigest()}:{len(whole)}:Countersign.File\n")
    (folder / "clamd.conf").write_text(CONFIGURATION.format(folder=folder, user=getpass.getuser()))
    process = await asyncio.create_subprocess_exec(
        "clamd", "--config-file", str(folder / "clamd.conf"), stdout=asyncio.subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            if (folder / "clamd.sock").exists():
                break
            assert process.returncode is None, "clamd ended"
            await asyncio.sleep(0.1)
        yield f"unix:{folder}/clamd.sock"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(data), 65_536):
        yield data[at : at + 65_536]


@pytest.mark.skipif(shutil.which("clamd") is None, reason="clamd is missing: apt-get install clamav-daemon")
async def test_clamd_finds_what_its_signatures_name_and_nothing_else(tmp_path: Path) -> None:
    async with a_clamd(tmp_path) as address:
        configure_clamd(address)
        try:
            assert await scan(pieces(b"hello" * 100_000)) is None
            assert await scan(pieces(b"x" * 200_000 + BAD + b"y" * 200_000)) == "Countersign.Text.UNOFFICIAL"
            assert await scan(pieces(b"a whole file that is bad")) == "Countersign.File.UNOFFICIAL"
            with pytest.raises(ScannerAway, match=r"limit|asked"):
                await scan(pieces(b"x" * 6_000_000))
            assert await scan(pieces(b"")) is None
        finally:
            configure_clamd("")
    configure_clamd(address)
    try:
        with pytest.raises(ScannerAway):
            await scan(pieces(b"hello"))
    finally:
        configure_clamd("")
