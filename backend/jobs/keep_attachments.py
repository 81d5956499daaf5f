"""Beside the relay: files are given to the virus scanner, and what nobody uses is removed."""

import asyncio
from typing import Final
from uuid import uuid4

from backend.attachments.clamd import scans
from backend.attachments.collect import collect_unused, collect_without_row
from backend.attachments.scan import scan_one
from backend.database import system_rows
from backend.log import get_log

LOOK_SECONDS: Final = 2.0
COLLECT_SECONDS: Final = 300.0
LOOSE_SECONDS: Final = 86_400.0
_log = get_log(__name__)


async def keep_scanning(*, look_seconds: float = LOOK_SECONDS) -> None:
    """Give the scanner what waits for it; a task of each worker, which ends where no scanner is configured."""
    while scans():
        more = False
        try:
            more = await scan_one()
        except Exception:  # noqa: BLE001 - the database is away, or a surprise: logged, and tried again by the lease.
            _log.exception("scan_failed", error_id=uuid4().hex[:12])
        if not more:
            await asyncio.sleep(look_seconds)


async def keep_collecting(*, look_seconds: float = COLLECT_SECONDS, loose_seconds: float = LOOSE_SECONDS) -> None:
    """Remove what nobody uses; a task of each worker. Two that do it at once do no harm."""
    looked = 0.0
    while True:
        try:
            while number := await collect_unused():
                _log.info("unused_files_removed", number=number)
            looked += look_seconds
            if looked >= loose_seconds:
                looked = 0.0
                for each in await system_rows("select id from tenants"):
                    if number := await collect_without_row(each["id"]):
                        _log.info("loose_files_removed", tenant=str(each["id"]), number=number)
        except Exception:  # noqa: BLE001 - database or store away, or a surprise: logged, and tried again.
            _log.exception("not_collected", error_id=uuid4().hex[:12])
        await asyncio.sleep(look_seconds)
