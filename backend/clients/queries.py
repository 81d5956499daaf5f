"""Reads of clients, for the staff; a contact sees its own client's."""

from uuid import UUID

from backend.actor import Actor
from backend.database import Row, row, rows


async def get_client(actor: Actor, client_id: UUID) -> Row | None:
    """A client, or None where it is not there or not the actor's to see."""
    if not actor.is_staff and client_id != actor.client_id:
        return None
    return await row("select id, number, name from clients where id = $1", client_id)


async def list_contacts(client_id: UUID) -> list[Row]:
    """The people who sign in for a client."""
    return await rows(
        "select c.id, c.role, c.account_id, a.name, a.email from contacts c "
        "join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id where c.client_id = $1 order by a.name, c.id",
        client_id,
    )


async def list_services(client_id: UUID) -> list[Row]:
    """The domains and packages that a client has."""
    return await rows(
        "select id, name, plan, server from services where client_id = $1 order by name, id limit 200", client_id
    )


async def card_on_file(client_id: UUID) -> bool:
    """Whether the last four digits of the client's card are known, so that they can prove something."""
    return await row("select 1 from card_facts where client_id = $1 and is_default", client_id) is not None
