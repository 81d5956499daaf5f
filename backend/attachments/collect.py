"""What nobody uses goes: files that no message took within a day, then contents that no file names, then what lies in the
store without a row."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from backend import files
from backend.attachments.contents import content_key, preview_key
from backend.attachments.pictures import SIDES
from backend.clock import real_now
from backend.database import bind, rows, system_rows, transaction

UNUSED_FOR: Final = timedelta(days=1)
AT_ONCE: Final = 200


async def collect_unused() -> int:
    """Remove a batch of what has been of no use for a day, in every company. Returns how many files and contents went."""
    before = real_now() - UNUSED_FOR
    gone = await system_rows(
        """delete from attachments f using (
               select tenant_id, id from attachments a where message_id is null and uploaded_at < $1
                  and not exists (select from waiting_replies w where w.tenant_id = a.tenant_id
                      and w.state in ('waiting', 'stopped') and a.id = any(w.attachments)) limit $2
           ) old where f.tenant_id = old.tenant_id and f.id = old.id and f.message_id is null returning f.id""",
        before,
        AT_ONCE,
    )
    loose = await system_rows(
        """select c.tenant_id, c.id from attachment_contents c where c.used_at < $1
              and not exists (select from attachments f where f.tenant_id = c.tenant_id and f.content_id = c.id) limit $2""",
        before,
        AT_ONCE,
    )
    number = len(gone)
    for each in loose:
        with bind(each["tenant_id"]):
            number += await _collect(each["tenant_id"], each["id"])
    return number


async def _collect(tenant_id: UUID, content_id: UUID) -> int:
    """Remove a content, its lock held: who stores the same meanwhile waits, and then stores it anew."""
    async with transaction():
        found = await rows(
            """select sha256 from attachment_contents c where tenant_id = $1 and id = $2 and used_at < $3
                  and not exists (select from attachments f where f.tenant_id = $1 and f.content_id = $2)
                  for update skip locked""",
            tenant_id, content_id, real_now() - UNUSED_FOR,
        )  # fmt: skip
        if not found:
            return 0
        await _remove(tenant_id, found[0]["sha256"])
        await rows("delete from attachment_contents where tenant_id = $1 and id = $2", tenant_id, content_id)
    return 1


async def collect_without_row(tenant_id: UUID, *, unused_for: timedelta = UNUSED_FOR) -> int:
    """Remove files of a company that no row names, as a restored database leaves them. Returns how many."""
    before, number = real_now() - unused_for, 0
    with bind(tenant_id):
        known = {each["sha256"].hex() for each in await rows("select sha256 from attachment_contents")}
        for folder in ("attachments", "previews"):
            loose = [
                each.key
                async for each in files.list_files(f"{tenant_id}/{folder}")
                if each.changed_at < before and each.key.rsplit("/", 1)[1].partition("-")[0] not in known
            ]
            for key in loose:
                await files.delete(key)
            number += len(loose)
    return number


async def _remove(tenant_id: UUID, sha256: bytes) -> None:
    for variant in SIDES:
        await files.delete(preview_key(tenant_id, sha256, variant))
    await files.delete(content_key(tenant_id, sha256))
