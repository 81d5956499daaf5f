"""Set a password by the mailed link of an invitation or a reset."""

from typing import Any, Final
from uuid import UUID

from backend.accounts.events import PasswordSet
from backend.accounts.links import Purpose, lapse_links, read_link, use_link
from backend.accounts.passwords import check_new_password, hash_password
from backend.accounts.secret import Secret
from backend.accounts.sessions import revoke_sessions
from backend.accounts.tables import Account
from backend.actor import Actor
from backend.clock import real_now
from backend.database import row, transaction
from backend.errors import Refusal
from backend.events import record

PASSWORD_PURPOSES: Final[tuple[Purpose, ...]] = ("set_password", "reset_password")
LAPSING: Final[tuple[Purpose, ...]] = (*PASSWORD_PURPOSES, "sign_in")
"""Links that a new password ends."""


async def set_password(visitor: Actor, token: str, password: Secret) -> UUID:
    """Keep the new password, end every session of the account, and let its other links to set one lapse.

    Returns the account. Its second factors stay, and are asked for when it signs in.

    A password that cannot be kept leaves the link unused.

    Raises:
        Refusal: the link was used or has expired, the account signs in no more, or the password is too short or long.
    """
    known = await read_link(visitor.tenant_id, token)
    if known is None or known.expired or known.purpose not in PASSWORD_PURPOSES:
        raise Refusal("link_expired", "token")
    check_new_password(password.reveal())
    password_hash = await hash_password(password.reveal())
    at = real_now()
    async with transaction():
        link = await use_link(visitor.tenant_id, token, known.purpose, at)
        account = await row("select kind, disabled_at from accounts where id = $1 for update", link.account_id)
        if account is None or account["disabled_at"] is not None or account["kind"] == "guest":
            raise Refusal("link_expired", "token")
        values: dict[Any, Any] = {Account.password_hash: password_hash}
        if link.purpose == "reset_password":
            values[Account.password_reset_at] = at
        await Account.update(values).where(Account.tenant_id == visitor.tenant_id, Account.id == link.account_id)
        await revoke_sessions(link.account_id)
        for purpose in LAPSING:
            await lapse_links(link.account_id, purpose, at)
        holder = Actor(
            tenant_id=visitor.tenant_id, kind=account["kind"], language=visitor.language, account_id=link.account_id,
            address=visitor.address,
        )  # fmt: skip
        await record(holder, PasswordSet(account_id=link.account_id))
        return link.account_id
