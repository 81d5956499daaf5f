"""Make a client with its contacts and services, as the tenant's billing system or an import would."""

from typing import Literal
from uuid import UUID

from backend.accounts.create import create_account
from backend.actor import Actor, require_admin
from backend.clients.tables import Client, Contact, Service
from backend.clock import real_now
from backend.ids import new_id
from backend.tenants.counters import next_number
from backend.text import one_line


async def create_client(actor: Actor, name: str) -> UUID:
    """A new client with the tenant's next client number; inside the caller's transaction."""
    require_admin(actor)
    client_id = new_id()
    await Client.insert(
        Client(
            tenant_id=actor.tenant_id,
            id=client_id,
            number=await next_number(actor, "client"),
            name=one_line(name, "name", 200),
            created_at=real_now(),
        )
    )
    return client_id


async def add_contact(
    actor: Actor,
    client_id: UUID,
    *,
    email: str,
    name: str,
    role: Literal["owner", "may_approve", "member"],
    password_hash: str | None = None,
    language: str | None = None,
) -> UUID:
    """Someone who signs in for the client. Returns the id of the account.

    Raises:
        Refusal: the address is in use.
    """
    require_admin(actor)
    account_id = await create_account(
        actor, kind="contact", email=email, name=name, language=language, password_hash=password_hash
    )
    await Contact.insert(
        Contact(tenant_id=actor.tenant_id, id=new_id(), account_id=account_id, client_id=client_id, role=role)
    )
    return account_id


async def add_service(actor: Actor, client_id: UUID, *, name: str, plan: str = "", server: str = "") -> UUID:
    """A domain or package that the client has."""
    require_admin(actor)
    service_id = new_id()
    await Service.insert(
        Service(
            tenant_id=actor.tenant_id,
            id=service_id,
            client_id=client_id,
            name=one_line(name, "name", 253),
            plan=plan,
            server=server,
        )
    )
    return service_id
