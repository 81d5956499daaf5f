"""Reads of clients, for the staff; a contact sees its own client's."""

from typing import Final
from uuid import UUID

from backend.actor import Actor
from backend.database import Row, row, rows, value
from backend.errors import Refusal

MOST_ROWS: Final = 100


async def get_client(actor: Actor, client_id: UUID) -> Row | None:
    """A client, or None where it is not there or not the actor's to see."""
    if not actor.is_staff and client_id != actor.client_id:
        return None
    return await row("select id, number, name from clients where id = $1", client_id)


async def list_contacts(client_id: UUID, first: int) -> list[Row]:
    """The first of the people who sign in for a client, by name. Raises: Refusal for more than `MOST_ROWS`."""
    return await rows(
        "select c.id, c.role, c.account_id, a.name, a.email from contacts c "
        "join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id where c.client_id = $1 "
        "order by a.name, c.id limit $2",
        client_id,
        _checked(first),
    )


async def list_services(client_id: UUID, first: int) -> list[Row]:
    """The first of the domains and packages that a client has, by name. Raises: Refusal for more than `MOST_ROWS`."""
    return await rows(
        "select id, name, plan, server from services where client_id = $1 order by name, id limit $2",
        client_id,
        _checked(first),
    )


async def count_contacts(client_id: UUID) -> int:
    """How many people sign in for a client."""
    found: int = await value("select count(*) from contacts where client_id = $1", client_id)
    return found


async def count_services(client_id: UUID) -> int:
    """How many domains and packages a client has."""
    found: int = await value("select count(*) from services where client_id = $1", client_id)
    return found


async def role_of(client_id: UUID, account_id: UUID) -> str | None:
    """What someone may do for a client; None for who is no contact of it."""
    found: str | None = await value(
        "select role from contacts where client_id = $1 and account_id = $2", client_id, account_id
    )
    return found


def _checked(first: int) -> int:
    if not 1 <= first <= MOST_ROWS:
        raise Refusal("page_too_large", "first", most=MOST_ROWS)
    return first


async def card_on_file(client_id: UUID) -> bool:
    """Whether the last four digits of the client's card are known, so that they can prove something."""
    return await row("select 1 from card_facts where client_id = $1 and is_default", client_id) is not None
