"""Once a day each company's tickets are learnt from. See `learn_places`."""

import asyncio
from typing import Final
from uuid import uuid4

from backend.log import get_log
from backend.tickets.learn_places import learn_places

LOOK_SECONDS: Final = 60.0
_log = get_log(__name__)


async def keep_learning(*, look_seconds: float = LOOK_SECONDS) -> None:
    """Look again and again whether a company is due; a task of each worker. Learning twice does no harm."""
    while True:
        number = 0
        try:
            number = await learn_places()
        except Exception:  # noqa: BLE001 - the database is away, or a surprise: logged, and tried again.
            _log.exception("not_learnt", error_id=uuid4().hex[:12])
        if not number:
            await asyncio.sleep(look_seconds)
