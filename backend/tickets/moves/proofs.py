"""What is proved about a ticket once its messages have parted: each part has what its own messages prove.

A proof that came with a message goes with it. What was proved about a ticket itself, later on its page, by a mailed link
or by voice, was proved about that ticket and stays there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.database import Row, row, rows
from backend.verification.attestations import attest_by_message
from backend.verification.levels import highest, reaches

_ORDER: Final = "array_position(array['email', 'signed_in', 'card', 'password', 'second_factor'], a.level) desc"


@dataclass(frozen=True, slots=True)
class Proved:
    """A ticket's level and the attestation that bears it out."""

    level: str
    attestation_id: UUID | None


async def own_level(message_ids: Sequence[UUID]) -> str:
    """The highest level of these messages."""
    found = await rows("select level from messages where id = any($1)", list(message_ids))
    return highest("none", *(each["level"] for each in found))


async def proved_by_messages(tenant_id: UUID, ticket_id: UUID, message_ids: Sequence[UUID]) -> Proved:
    """What these messages prove about the ticket that they are on: a copy of the best of their proofs."""
    found = await row(
        f"""select m.id, a.id as attestation_id, a.level
              from messages m join attestations a on a.tenant_id = m.tenant_id and a.id = m.attestation_id
             where m.id = any($1) order by {_ORDER}, m.at, m.id limit 1""",  # noqa: S608 (ours)
        list(message_ids),
    )
    copy = None
    if found is not None:
        copy = await attest_by_message(tenant_id, found["attestation_id"], ticket_id=ticket_id, message_id=found["id"])
    return Proved(found["level"], copy) if found is not None and copy is not None else Proved("none", None)


async def proved_without(tenant_id: UUID, ticket_id: UUID, gone: Sequence[UUID], stay: Sequence[UUID]) -> Proved | None:
    """What is proved about a ticket that these messages have left; None where nothing of it went with them."""
    held: Row | None = await row(
        """select a.message_id from tickets t join attestations a on a.tenant_id = t.tenant_id and a.id = t.attestation_id
            where t.id = $1""",
        ticket_id,
    )
    if held is None or held["message_id"] not in gone:
        return None
    about_itself = await row(
        f"""select a.id, a.level from attestations a
             where a.ticket_id = $1 and (a.message_id is null or a.message_id <> all($2))
             order by {_ORDER}, a.at desc limit 1""",  # noqa: S608 (ours)
        ticket_id,
        list(gone),
    )
    if about_itself is not None:
        return Proved(about_itself["level"], about_itself["id"])
    return await proved_by_messages(tenant_id, ticket_id, stay)


def still_required(level: str, required: str, *others: str) -> str:
    """What a ticket needs that takes over messages of one with this level and need: what was held back stays held back."""
    return highest(*others) if reaches(level, required) else highest(required, *others)
