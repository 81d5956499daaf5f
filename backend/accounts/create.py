"""Make an account: a member of the staff, a contact of a client, or a guest who wrote."""

from typing import Literal
from uuid import UUID

from backend.accounts.tables import Account
from backend.actor import Actor
from backend.clock import real_now
from backend.database import row, value
from backend.errors import Refusal
from backend.ids import new_id
from backend.text import email_address, one_line


async def create_account(
    actor: Actor,
    *,
    kind: Literal["member", "contact", "guest"],
    email: str,
    name: str,
    language: str | None = None,
    password_hash: str | None = None,
) -> UUID:
    """A new account in the actor's tenant. An address signs in once per tenant.

    An account that a guest's mail or form made takes the new kind, so that its tickets stay with it.

    Raises:
        Refusal: the address is in use by a member or contact, or a field cannot be kept.
    """
    address = email_address(email)
    shown = one_line(name, "name", 200)
    made: UUID | None = await value(
        """insert into accounts (tenant_id, id, kind, email, name, language, password_hash, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant_id, email) do nothing returning id""",
        actor.tenant_id,
        new_id(),
        kind,
        address,
        shown,
        language,
        password_hash,
        real_now(),
    )
    if made is not None:
        return made
    # A statement of its own: only a new snapshot sees an account that another transaction made meanwhile.
    found = await row("select id, kind from accounts where email = $1 for update", address)
    if found is None or found["kind"] != "guest" or kind == "guest":
        raise Refusal("email_taken", "email")
    await Account.update(
        {Account.kind: kind, Account.name: shown, Account.language: language, Account.password_hash: password_hash}
    ).where(Account.tenant_id == actor.tenant_id, Account.id == found["id"])
    account_id: UUID = found["id"]
    return account_id
