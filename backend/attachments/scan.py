"""Files that wait for the virus scanner are given to it, one after the other; what it could not judge comes again."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from backend import files
from backend.actor import system
from backend.attachments.clamd import ScannerAway, scan, scans
from backend.attachments.contents import content_key
from backend.attachments.events import AttachmentInfected, AttachmentsChecked
from backend.clock import real_now
from backend.database import bind, rows, system_rows, transaction
from backend.events import record
from backend.log import get_log
from backend.tenants.queries import get_language

LEASE: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(minutes=10)
_log = get_log(__name__)


async def scan_one() -> bool:
    """Scan the file that waits longest, of whatever company. Returns whether there was one that got its verdict."""
    if not scans():
        return False
    at = real_now()
    claimed = await system_rows(
        """with due as (
               select tenant_id, id from attachment_contents
                where scan = 'waiting' and stored and scan_due_at <= $1 order by scan_due_at limit 1 for update skip locked
           )
           update attachment_contents c set scan_due_at = $2, scan_attempts = scan_attempts + 1
             from due where c.tenant_id = due.tenant_id and c.id = due.id
        returning c.tenant_id, c.id, c.sha256, c.scan_attempts""",
        at,
        at + LEASE,
    )
    if not claimed:
        return False
    with bind(claimed[0]["tenant_id"]):
        return await _scan(claimed[0])


async def _scan(content: Any) -> bool:
    tenant_id, content_id = content["tenant_id"], content["id"]
    try:
        found = await scan(files.read(content_key(tenant_id, content["sha256"])))
    except (ScannerAway, files.FileMissing) as trouble:
        wait = min(timedelta(seconds=5) * 2 ** min(content["scan_attempts"], 10), LONGEST_WAIT)
        await rows(
            "update attachment_contents set scan_due_at = $3 where tenant_id = $1 and id = $2 and scan = 'waiting'",
            tenant_id, content_id, real_now() + wait,
        )  # fmt: skip
        _log.warning("not_scanned", tenant=str(tenant_id), content=str(content_id), why=str(trouble))
        return False
    async with transaction():
        await rows(
            """update attachment_contents set scan = $3, found = $4, scanned_at = $5, scan_due_at = null
                where tenant_id = $1 and id = $2""",
            tenant_id, content_id, "infected" if found else "clean", found, real_now(),
        )  # fmt: skip
        await _tell(tenant_id, content_id, found)
    if found:
        _log.warning("infected", tenant=str(tenant_id), content=str(content_id), found=found)
    return True


async def _tell(tenant_id: UUID, content_id: UUID, found: str | None) -> None:
    """What became of it, on each ticket that has it."""
    on = await rows(
        """select distinct m.ticket_id, f.name from attachments f
             join messages m on m.tenant_id = f.tenant_id and m.id = f.message_id
            where f.tenant_id = $1 and f.content_id = $2""",
        tenant_id, content_id,
    )  # fmt: skip
    if not on:
        return
    scanner = system(tenant_id, await get_language(), "virus scan")
    for each in on:
        happened = (
            AttachmentInfected(ticket_id=each["ticket_id"], name=each["name"], found=found)
            if found
            else AttachmentsChecked(ticket_id=each["ticket_id"])
        )
        await record(scanner, happened)
