"""The end of each company's chain, kept once a day outside the database, where who rewrites the database does not reach.

`attestation-heads/<tenant>/<date>.json` holds number and link of the last attestation of that day. A file that is there
is never written again: of two that export at once, one writes.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from backend.clock import real_now
from backend.database import system_rows
from backend.files import get, list_keys, put_new

FOLDER: Final = "attestation-heads"
BATCH: Final = 200


class ExportedHead(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says. `exported_at` is for people."""

    tenant: UUID
    date: date
    sequence: int
    link: bytes
    exported_at: str


@dataclass(frozen=True, slots=True)
class _Due:
    tenant_id: UUID
    sequence: int
    link: bytes


async def export_heads() -> int:
    """Export the head of every company of which today's is not exported; returns how many were.

    Safe to repeat, and side by side: the day is noted after its file is there. What a day lacked because nothing ran
    is covered by the next day's, for each link stands for all before it.
    """
    today = real_now().date()
    number = 0
    while due := await _due(today):
        for each in due:
            await _export(each, today)
            number += 1
    return number


async def exported_heads(tenant_id: UUID) -> list[ExportedHead]:
    """What was exported of a company, by day. Raises: msgspec.DecodeError where a file is none of ours."""
    return [msgspec.json.decode(await get(key), type=ExportedHead) for key in await list_keys(f"{FOLDER}/{tenant_id}")]


async def _due(today: date) -> list[_Due]:
    found = await system_rows(
        "select tenant_id, sequence, link from attestation_heads where sequence > 0 "
        "and (exported_on is null or exported_on < $1) order by tenant_id limit $2",
        today,
        BATCH,
    )
    return [_Due(**row) for row in found]


async def _export(due: _Due, today: date) -> None:
    head = ExportedHead(
        tenant=due.tenant_id, date=today, sequence=due.sequence, link=due.link,
        exported_at=real_now().isoformat(timespec="seconds"),
    )  # fmt: skip
    await put_new(f"{FOLDER}/{due.tenant_id}/{today.isoformat()}.json", msgspec.json.encode(head))
    await system_rows(
        "update attestation_heads set exported_on = $2 where tenant_id = $1 and (exported_on is null or exported_on < $2)",
        due.tenant_id,
        today,
    )
