"""A message or a note is written: its row and what search knows of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from backend.actor import Actor
from backend.attachments.attach import attach
from backend.database import row, rows
from backend.ids import new_id
from backend.text import folded, one_line
from backend.tickets.tables import Message

MOST_BODY = 50_000
MOST_KEY = 100
SEARCH_CONFIGS = {"en": "english", "nl": "dutch"}
CONFIGS_JSON = msgspec.json.encode(SEARCH_CONFIGS).decode()


async def write_message(
    actor: Actor,
    *,
    ticket_id: UUID,
    author_id: UUID,
    subject: str,
    body: str,
    at: datetime,
    side: Literal["client", "staff"],
    kind: Literal["message", "note"] = "message",
    channel: Literal["portal", "email", "desk"],
    level: str = "none",
    attestation_id: UUID | None = None,
    idempotency_key: str | None = None,
    mail_message_id: str | None = None,
    message_id: UUID | None = None,
    attachments: Sequence[UUID] = (),
) -> UUID:
    """Write a message with its search entry, inside the caller's transaction; `body` is checked by the caller.

    The subject stands in every entry, so that words of subject and message are found together.

    Raises:
        Refusal: one of the attachments is not the author's to send.
        asyncpg.UniqueViolationError: the author sent a message with this idempotency key before.
    """
    written = message_id or new_id()
    await Message.insert(
        Message(
            tenant_id=actor.tenant_id,
            id=written,
            ticket_id=ticket_id,
            author_id=author_id,
            side=side,
            kind=kind,
            channel=channel,
            body=body,
            level=level,
            attestation_id=attestation_id,
            at=at,
            idempotency_key=idempotency_key,
            mail_message_id=mail_message_id,
        )
    )
    await rows(
        "insert into search_entries (tenant_id, id, ticket_id, internal, vector) "
        "select $1, $2, $3, $4, search_vector(($5::jsonb ->> t.language)::regconfig, $6) from tenants t where t.id = $1",
        actor.tenant_id,
        written,
        ticket_id,
        kind == "note",
        CONFIGS_JSON,
        folded(f"{subject}\n{body}"),
    )
    await attach(actor, written, attachments)
    return written


def idempotency_key_of(raw: str | None) -> str | None:
    """The key as it is kept. Raises: Refusal where it cannot be."""
    return None if raw is None else one_line(raw, "idempotencyKey", MOST_KEY)


async def sent_before(author_id: UUID, idempotency_key: str | None) -> tuple[UUID, UUID] | None:
    """The message that the author sent with this key before, and its ticket."""
    if idempotency_key is None:
        return None
    found = await row(
        "select id, ticket_id from messages where author_id = $1 and idempotency_key = $2", author_id, idempotency_key
    )
    return (found["id"], found["ticket_id"]) if found else None
