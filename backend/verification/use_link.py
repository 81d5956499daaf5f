"""Use a mailed link for what it was made for."""

from backend.accounts.links import read_link
from backend.accounts.secret import Secret
from backend.accounts.set_password import set_password
from backend.actor import Actor
from backend.errors import Refusal
from backend.verification.lift_lock import lift_lock


async def use_link(visitor: Actor, token: str, password: Secret | None) -> None:
    """Lift the lock, or set the password, that the link is for. It works once, for whoever holds it.

    Raises:
        Refusal: the link was used, has expired or was not made here, or a password is missing or cannot be kept.
    """
    link = await read_link(visitor.tenant_id, token)
    if link is None or link.expired:
        raise Refusal("link_expired", "token")
    match link.purpose:
        case "lift_lock":
            await lift_lock(visitor, token)
        case "set_password" | "reset_password":
            if password is None:
                raise Refusal("required", "password")
            await set_password(visitor, token, password)
        case _:
            raise Refusal("link_expired", "token")
