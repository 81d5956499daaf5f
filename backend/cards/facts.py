"""What is known of a client's default card: its last four digits as a keyed hash, and no more.

Ten thousand values need no database to guess: the key lies outside it, and the hash is tied to its client.
"""

import hmac
import re
from uuid import UUID

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.cards.events import ClientCardChanged
from backend.cards.tables import CardFact
from backend.clock import real_now
from backend.database import value
from backend.events import record
from backend.ids import new_id
from backend.keys import keyed_hash

_DIGITS = re.compile(r"[0-9]{4}")


def digits_hash(tenant_id: UUID, client_id: UUID, digits: str) -> bytes:
    """The keyed hash of four digits for this client alone; 32 bytes."""
    return keyed_hash("card", tenant_id.bytes, client_id.bytes, digits)


async def set_default_card(actor: Actor, client_id: UUID, digits: str) -> None:
    """Keep the digits of the card that pays for the client; inside the caller's transaction.

    Raises:
        ValueError: they are not four digits.
    """
    if not _DIGITS.fullmatch(digits):
        raise ValueError("The last four digits of a card are four digits.")
    await CardFact.delete().where(CardFact.tenant_id == actor.tenant_id, CardFact.client_id == client_id)
    await CardFact.insert(
        CardFact(
            tenant_id=actor.tenant_id,
            id=new_id(),
            client_id=client_id,
            digits_hmac=digits_hash(actor.tenant_id, client_id, digits),
            is_default=True,
            updated_at=real_now(),
        )
    )


async def keep_card(actor: Actor, client_id: UUID, digits: Secret | None, source: str) -> bool:
    """Keep the digits of the card that pays for the client now, or that there is none; inside the caller's transaction.

    Returns whether that is news. `source` says where it comes from: `stripe`, `api` or `hand`.

    Raises:
        ValueError: they are not four digits.
    """
    await value("select id from clients where id = $1 for no key update", client_id)
    kept: bytes | None = await value(
        "select digits_hmac from card_facts where client_id = $1 and is_default", client_id
    )
    wanted = digits_hash(actor.tenant_id, client_id, digits.reveal()) if digits is not None else None
    if kept == wanted:
        return False
    if digits is None:
        await CardFact.delete().where(CardFact.tenant_id == actor.tenant_id, CardFact.client_id == client_id)
    else:
        await set_default_card(actor, client_id, digits.reveal())
    await record(actor, ClientCardChanged(client_id=client_id, source=source, known=digits is not None))
    return True


async def digits_match(tenant_id: UUID, client_id: UUID, digits: str) -> bool:
    """Whether these are the last four digits of the client's default card; False where there is none."""
    kept = await value("select digits_hmac from card_facts where client_id = $1 and is_default", client_id)
    expected: bytes = kept if kept is not None else bytes(32)
    return hmac.compare_digest(expected, digits_hash(tenant_id, client_id, digits)) and kept is not None
