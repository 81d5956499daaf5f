"""Change one's own password while signed in."""

from backend.accounts.events import PasswordChanged
from backend.accounts.links import lapse_links
from backend.accounts.own import own_account
from backend.accounts.passwords import check_new_password, hash_password
from backend.accounts.secret import Secret
from backend.accounts.sessions import revoke_sessions
from backend.accounts.set_password import LAPSING
from backend.accounts.tables import Account
from backend.actor import Actor, require_recent_sign_in
from backend.clock import real_now
from backend.database import transaction
from backend.events import record


async def change_password(actor: Actor, password: Secret) -> None:
    """Keep the new password and end every other session. Its owner is told by mail.

    Raises:
        Refusal: not signed in a short while ago, or the password is too short or too long.
    """
    own = own_account(actor)
    require_recent_sign_in(actor)
    check_new_password(password.reveal())
    password_hash = await hash_password(password.reveal())
    async with transaction():
        await Account.update({Account.password_hash: password_hash}).where(
            Account.tenant_id == actor.tenant_id, Account.id == own.account_id
        )
        for purpose in LAPSING:
            await lapse_links(own.account_id, purpose, real_now())
        await revoke_sessions(own.account_id, but_not=own.session_id)
        await record(actor, PasswordChanged(account_id=own.account_id))
