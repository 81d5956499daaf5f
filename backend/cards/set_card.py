"""Card digits as the company's billing system tells them through the API."""

from uuid import UUID

from backend.accounts.secret import Secret
from backend.actor import Actor, require_recent_sign_in, require_scope
from backend.cards.customers import client_of_number
from backend.cards.facts import keep_card
from backend.database import transaction
from backend.errors import Refusal


async def set_client_card(actor: Actor, client_number: int, last_four: Secret) -> None:
    """Keep the last four digits of the card that pays for a client.

    Raises:
        Refusal: neither an admin who signed in a short while ago nor a program that may; no such client; not four digits.
    """
    require_scope(actor, "cards")
    require_recent_sign_in(actor)
    digits = last_four.reveal().strip()
    if len(digits) != 4 or not (digits.isascii() and digits.isdigit()):
        raise Refusal("not_four_digits", "lastFour")
    async with transaction():
        await keep_card(actor, await _client(client_number), Secret(digits), _source(actor))


async def remove_client_card(actor: Actor, client_number: int) -> None:
    """No card pays for the client any more. Raises: Refusal: as above."""
    require_scope(actor, "cards")
    require_recent_sign_in(actor)
    async with transaction():
        await keep_card(actor, await _client(client_number), None, _source(actor))


async def _client(number: int) -> UUID:
    found = await client_of_number(number)
    if found is None:
        raise Refusal("not_found", "clientNumber")
    return found


def _source(actor: Actor) -> str:
    return "hand" if actor.kind == "member" else "api"
