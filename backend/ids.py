"""Ids: uuidv7, so that they sort by the moment in which they were made."""

from datetime import datetime
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A new uuidv7. Its first 48 bits are real time in milliseconds."""
    return uuid_utils.compat.uuid7()


def floor_id(moment: datetime) -> UUID:
    """The smallest id that could have been made at that moment (real time)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)
