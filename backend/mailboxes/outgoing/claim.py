"""Whoever sends a mail claims it in its row: for a while, and on and on for as long as the other server takes.

No connection to the database is held meanwhile. When the sender is killed the claim runs out, and the mail is free.
"""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import asyncpg
from piccolo.columns import Column

from backend.database import value
from backend.log import get_log
from backend.mailboxes.tables import OutgoingMail

LEASE: Final = timedelta(seconds=15)
"""How long a claim holds; renewed four times in that."""

_TAKE: Final = (
    "update outgoing_mails set sending_until = clock_timestamp() + $2::interval, leased_until = clock_timestamp() + $2::interval "
    "where id = $1"
)
_LOST = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
_log = get_log(__name__)


class Claim:
    """The claim on one mail of the bound tenant."""

    def __init__(self, tenant_id: UUID, mail_id: UUID, lease: timedelta) -> None:
        self._tenant_id = tenant_id
        self._mail_id = mail_id
        self._lease = lease
        self._until: datetime | None = None
        self._ended = asyncio.Event()

    async def take(self) -> None:
        """Claim the mail, whose row the caller's transaction has locked. The relay leaves it alone for as long."""
        self._until = await value(f"{_TAKE} returning sending_until", self._mail_id, self._lease)

    async def renew(self) -> None:
        """Renew the claim again and again until `end`, or until another sender has it."""
        while self._until is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout((self._lease / 4).total_seconds()):
                    await self._ended.wait()
                return
            try:
                self._until = await value(
                    f"{_TAKE} and sending_until = $3 returning sending_until", self._mail_id, self._lease, self._until
                )
            except _LOST as error:
                _log.warning("claim_not_renewed", mail=str(self._mail_id), error=type(error).__name__)

    def end(self) -> None:
        self._ended.set()

    async def finish(self, changes: dict[Column | str, Any], *, sent: bool) -> None:
        """Write what became of the mail and give up the claim.

        That it was sent is true whoever has claimed it by now; anything else is for that one to say.
        """
        update = OutgoingMail.update({**changes, OutgoingMail.sending_until: None}).where(
            OutgoingMail.tenant_id == self._tenant_id, OutgoingMail.id == self._mail_id, OutgoingMail.state == "queued"
        )
        if sent:
            await update
        elif self._until is not None:
            await update.where(OutgoingMail.sending_until == self._until)
