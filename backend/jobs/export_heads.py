"""Once a day the end of each company's chain of attestations goes into the store of files. See `exported_heads`."""

import asyncio
from typing import Final
from uuid import uuid4

from backend.log import get_log
from backend.verification.exported_heads import export_heads

LOOK_SECONDS: Final = 60.0
_log = get_log(__name__)


async def keep_exporting(*, look_seconds: float = LOOK_SECONDS) -> None:
    """Look again and again whether a day's heads are still to be exported; a task of each worker.

    A round that fails is logged and done again: until its file is there, a head stays due.
    """
    while True:
        try:
            number = await export_heads()
            if number:
                _log.info("heads_exported", number=number)
        except Exception:  # noqa: BLE001 - database or store away, or a surprise: logged, and tried again.
            _log.exception("heads_not_exported", error_id=uuid4().hex[:12])
        await asyncio.sleep(look_seconds)
