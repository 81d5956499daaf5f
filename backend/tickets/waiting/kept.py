"""What is kept of an answer that waits: its secrets under the company's key, and what was last written before it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from backend.accounts.secret import Secret
from backend.database import Row, row, rows, value
from backend.secrets.seal import NewSecret
from backend.vault import seal, unseal

_PURPOSE = "waiting reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer as its author wrote it."""

    body: str
    status: str
    secrets: tuple[NewSecret, ...]
    attachments: tuple[UUID, ...]


async def seal_draft(tenant_id: UUID, reply_id: UUID, secrets: Sequence[NewSecret]) -> bytes | None:
    """The secrets of an answer, sealed for its row; None where there are none."""
    if not secrets:
        return None
    plain = msgspec.json.encode([[each.label, each.value.reveal()] for each in secrets])
    return await seal(tenant_id, _PURPOSE, reply_id, plain)


async def draft_of(waits: Row) -> Draft:
    """The answer in its row, whole. Raises: CannotUnseal where the key of its secrets is not here."""
    secrets: tuple[NewSecret, ...] = ()
    if waits["sealed"] is not None:
        plain = await unseal(waits["tenant_id"], _PURPOSE, waits["id"], waits["sealed"])
        secrets = tuple(NewSecret(label=label, value=Secret(said)) for label, said in msgspec.json.decode(plain))
    return Draft(body=waits["body"], status=waits["status"], secrets=secrets, attachments=tuple(waits["attachments"]))


async def last_of_client(ticket_id: UUID, *, after_id: UUID | None = None) -> UUID | None:
    """The last message of the client's side that is more than thanks; with `after_id` only one that came after it."""
    found: UUID | None = await value(
        """select m.id from messages m
            where m.ticket_id = $1 and m.side = 'client' and m.kind = 'message' and ($2::uuid is null or m.id > $2)
              and not exists (select from thanks t where t.tenant_id = m.tenant_id and t.id = m.id and t.undone_at is null)
            order by m.id desc limit 1""",
        ticket_id,
        after_id,
    )
    return found


async def waiting_reply(reply_id: UUID) -> Row | None:
    """An answer that has not left, with its row locked. Its ticket is locked by the caller."""
    return await row(
        "select * from waiting_replies where id = $1 and state in ('waiting', 'stopped') for update", reply_id
    )


async def replies_of(ticket_ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """The answers on tickets that have not left, soonest first, with who wrote them."""
    by_ticket: dict[UUID, list[Row]] = defaultdict(list)
    for each in await rows(
        """select w.id, w.ticket_id, w.author_id, w.body, w.status, w.state, w.stopped_because, w.leaves_at, w.made_at,
                  a.name as author_name, a.email as author_email
             from waiting_replies w join accounts a on a.tenant_id = w.tenant_id and a.id = w.author_id
            where w.ticket_id = any($1) and w.state in ('waiting', 'stopped') order by w.leaves_at, w.id""",
        list(ticket_ids),
    ):
        by_ticket[each["ticket_id"]].append(each)
    return by_ticket
