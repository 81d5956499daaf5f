"""Reads of attachments. Whether someone may see the message is asked in the statement itself."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from backend.actor import Actor
from backend.database import Row, row, rows

# What a message's row says of its files, as one JSON text; `m` is the message. Where a company gives out what was not scanned
# yet, that is as good as scanned.
ATTACHED: Final = """(select json_agg(json_build_object(
    'id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size, 'inline_id', f.inline_id,
    'refused_because', f.refused_because, 'scan', case when c.scan = 'waiting'
        and coalesce((select unscanned from attachment_rules), false) then 'none' else c.scan end) order by f.place, f.id)::text
  from attachments f left join attachment_contents c on c.tenant_id = f.tenant_id and c.id = f.content_id
 where f.tenant_id = m.tenant_id and f.message_id = m.id)"""


async def get_attachment(actor: Actor, attachment_id: UUID) -> Row | None:
    """A file on a message that the actor may read, or None: those of notes are for staff alone."""
    return await row(
        """select f.id, f.name, f.media_type, f.size, f.refused_because, c.sha256, c.scan, c.stored,
                  coalesce((select unscanned from attachment_rules), false) as unscanned
             from attachments f
             join messages m on m.tenant_id = f.tenant_id and m.id = f.message_id
             join tickets t on t.tenant_id = m.tenant_id and t.id = m.ticket_id
             left join attachment_contents c on c.tenant_id = f.tenant_id and c.id = f.content_id
            where f.id = $1
              and ($2 or (m.kind = 'message' and (t.requester_id = $3::uuid or t.client_id = $4::uuid)))""",
        attachment_id, actor.is_staff, actor.account_id, actor.client_id,
    )  # fmt: skip


async def files_of_draft(ids: Sequence[UUID]) -> list[Row]:
    """Files that are on no message yet, in the order in which they are named. Whose they are is asked by the caller."""
    return await rows(
        """select f.id, f.name, f.size from unnest($1::uuid[]) with ordinality as given (id, place)
             join attachments f on f.id = given.id and f.message_id is null order by given.place""",
        list(ids),
    )
