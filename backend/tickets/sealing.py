"""Secrets of a ticket, inside the transaction that holds its lock: sealed with a timer, gone when the ticket closes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from backend.actor import Actor
from backend.database import rows
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.secrets.events import MessageMasked, SecretDestroyed, SecretSent
from backend.secrets.queries import secret_days
from backend.secrets.seal import MOST_AT_ONCE, NewSecret, Side, check_secret, destroy_secret_row, store_secret
from backend.tickets.tables import Timer

Because = Literal["closed", "expired", "by_hand"]


def check_secrets(new: Sequence[NewSecret]) -> None:
    """Raises: Refusal where one of them cannot be kept, or there are too many."""
    if len(new) > MOST_AT_ONCE:
        raise Refusal("too_many", "secrets", most=MOST_AT_ONCE)
    for each in new:
        check_secret(each)


async def seal_secrets(
    actor: Actor, new: Sequence[NewSecret], *, ticket_id: UUID, number: int, message_id: UUID, by: UUID, side: Side,
    at: datetime,
) -> None:  # fmt: skip
    """Seal what came with a message."""
    if not new:
        return
    due_at = at + timedelta(days=await secret_days())
    for each in new:
        secret_id = await store_secret(
            actor.tenant_id, ticket_id, each, by=by, side=side, message_id=message_id, at=at
        )  # fmt: skip
        await Timer.insert(
            Timer(
                tenant_id=actor.tenant_id, id=new_id(), ticket_id=ticket_id, step=0, action="destroy_secret",
                due_at=due_at, attempts=0, secret_id=secret_id,
            )
        )  # fmt: skip
        if each.source == "mail":
            await record(
                actor, MessageMasked(ticket_id=ticket_id, number=number, message_id=message_id, secret_id=secret_id)
            )
        else:
            await record(
                actor, SecretSent(ticket_id=ticket_id, number=number, secret_id=secret_id, label=each.label.strip())
            )


async def destroy_secrets(
    actor: Actor, *, ticket_id: UUID, number: int, because: Because, at: datetime, only: UUID | None = None
) -> int:
    """Destroy the ticket's secrets, or one of them, with their keys and timers. Returns how many there were.

    With all of them go those of answers that have not left: what is left there opens no more.
    """
    if only is None:
        await rows("update waiting_replies set sealed = '' where ticket_id = $1 and length(sealed) > 0", ticket_id)
    found = await rows(
        "select id, label from secrets where ticket_id = $1 and state <> 'destroyed' and ($2::uuid is null or id = $2) "
        "order by id for update",
        ticket_id,
        only,
    )
    for secret in found:
        await destroy_secret_row(actor.tenant_id, secret["id"], because, at)
        await rows(
            "update timers set cancelled_at = $3 where tenant_id = $1 and ticket_id = $4 and secret_id = $2 "
            "and done_at is null and cancelled_at is null",
            actor.tenant_id,
            secret["id"],
            at,
            ticket_id,
        )
        await record(
            actor,
            SecretDestroyed(
                ticket_id=ticket_id, number=number, secret_id=secret["id"], label=secret["label"], because=because
            ),
        )
    return len(found)
