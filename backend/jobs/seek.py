"""Every few seconds tickets that wait for somebody are offered to whoever has become available. See `routing/seek.py`."""

import asyncio
from typing import Final
from uuid import uuid4

from backend.log import get_log
from backend.tickets.routing.seek import seek

LOOK_SECONDS: Final = 3.0
_log = get_log(__name__)


async def keep_seeking(*, look_seconds: float = LOOK_SECONDS) -> None:
    """Seek again and again; a task of each worker. Several may: each ticket is given once, under its lock."""
    while True:
        given = 0
        try:
            given = await seek()
        except Exception:  # noqa: BLE001 - the database is away, or a surprise: logged, and tried again.
            _log.exception("not_sought", error_id=uuid4().hex[:12])
        if not given:
            await asyncio.sleep(look_seconds)
