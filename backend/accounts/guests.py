"""People who write without signing in: the address that wrote is all that is known of them."""

from uuid import UUID

from backend.actor import Actor
from backend.clock import real_now
from backend.database import value
from backend.ids import new_id
from backend.text import email_address, one_line


async def account_of_address(actor: Actor, *, email: str, name: str) -> UUID:
    """The account with that address, made as a guest's where there is none; inside the caller's transaction.

    It grants nothing (FIELD.md E6): whoever writes under an address is not thereby its owner.

    Raises:
        Refusal: the address or the name cannot be kept.
    """
    address = email_address(email)
    made: UUID | None = await value(
        """insert into accounts (tenant_id, id, kind, email, name, created_at) values ($1, $2, 'guest', $3, $4, $5)
           on conflict (tenant_id, email) do nothing returning id""",
        actor.tenant_id,
        new_id(),
        address,
        one_line(name or address.split("@")[0], "name", 200),
        real_now(),
    )
    if made is not None:
        return made
    # A statement of its own: only a new snapshot sees an account that another transaction made meanwhile.
    found: UUID = await value("select id from accounts where email = $1", address)
    return found
