"""Messages change their ticket with all that is theirs: what search knows, sealed secrets with their timers, kept mails.

A message's proof goes with it untouched: it was made for that very message.
"""

from collections.abc import Sequence
from uuid import UUID

from backend.actor import Actor
from backend.database import row, rows
from backend.errors import Refusal
from backend.text import folded
from backend.tickets.moves.waiting import Said
from backend.tickets.write_message import CONFIGS_JSON


async def said_on(ticket_id: UUID) -> list[Said]:
    """The messages and notes of a ticket, oldest first."""
    found = await rows(
        """select m.id, m.at, m.side, m.kind, t.id is not null as only_thanks from messages m
             left join thanks t on t.tenant_id = m.tenant_id and t.id = m.id and t.undone_at is null
            where m.ticket_id = $1 order by m.at, m.id""",
        ticket_id,
    )
    return [
        Said(
            id=each["id"],
            at=each["at"],
            side=each["side"],
            public=each["kind"] == "message",
            asks=each["side"] == "client" and each["kind"] == "message" and not each["only_thanks"],
        )
        for each in found
    ]


async def secrets_of(ticket_id: UUID, message_ids: Sequence[UUID] | None = None) -> list[UUID]:
    """The secrets of a ticket, also those that are gone; those of some messages where they are named."""
    found = await rows(
        "select id from secrets where ticket_id = $1 and ($2::uuid[] is null or message_id = any($2)) order by id",
        ticket_id,
        None if message_ids is None else list(message_ids),
    )
    return [each["id"] for each in found]


async def carry(actor: Actor, message_ids: Sequence[UUID], secret_ids: Sequence[UUID], *, to: UUID) -> None:
    """Move messages and secrets to another ticket; the caller holds the locks of both."""
    messages, secrets = list(message_ids), list(secret_ids)
    for statement, ids in (
        ("update messages set ticket_id = $2 where tenant_id = $1 and id = any($3)", messages),
        ("update search_entries set ticket_id = $2 where tenant_id = $1 and id = any($3)", messages),
        ("update incoming_mails set ticket_id = $2 where tenant_id = $1 and message_id = any($3)", messages),
        ("update secrets set ticket_id = $2 where tenant_id = $1 and id = any($3)", secrets),
        ("update timers set ticket_id = $2 where tenant_id = $1 and secret_id = any($3)", secrets),
    ):
        if ids:
            await rows(statement, actor.tenant_id, to, ids)


async def find_under(actor: Actor, message_ids: Sequence[UUID], subject: str) -> None:
    """Let search find messages together with the words of the subject under which they stand now."""
    for message_id in message_ids:
        message = await row("select body from messages where id = $1", message_id)
        if message is None:
            raise Refusal("not_found", "messageIds")
        await rows(
            "update search_entries s set vector = search_vector(($3::jsonb ->> t.language)::regconfig, $4) "
            "from tenants t where t.id = $1 and s.tenant_id = $1 and s.id = $2",
            actor.tenant_id,
            message_id,
            CONFIGS_JSON,
            folded(f"{subject}\n{message['body']}"),
        )
