"""Sign in by e-mail address and password."""

from uuid import UUID

from backend.accounts.passwords import Busy, hash_password, needs_rehash, verify_password
from backend.accounts.secret import Secret
from backend.accounts.sessions import DAYS, find_actor, start_session
from backend.accounts.tables import Account
from backend.accounts.throttle import give_back, take_place
from backend.actor import Actor
from backend.database import row
from backend.errors import Refusal
from backend.text import email_address


async def sign_in(
    tenant_id: UUID, email: str, password: Secret, address: str, user_agent: str, *, days: int = DAYS
) -> tuple[str, Actor]:
    """Start a session at the bound tenant. Returns its token and who acts by it.

    An unknown address, a wrong password, a disabled account and a guest's are refused in the same words and the same
    time: each of them costs one look-up and one argon2 run.

    Raises:
        Refusal: `sign_in_refused`; `too_many_tries` or `busy`, then without looking at the password.
    """
    try:
        wanted = email_address(email)
    except Refusal:
        wanted = ""
    place = await take_place(tenant_id, wanted, address)
    found = await row(
        "select id, kind, password_hash, disabled_at is not null as disabled from accounts where email = $1", wanted
    )
    usable = found is not None and not found["disabled"] and found["kind"] != "guest"
    kept: str | None = found["password_hash"] if found is not None and usable else None
    try:
        right = await verify_password(password.reveal(), kept)
    except Busy:
        await give_back(place)
        raise
    if not right or found is None or kept is None:
        raise Refusal("sign_in_refused")
    if needs_rehash(kept):
        await _keep_stronger_hash(tenant_id, found["id"], kept, password)
    token = await start_session(tenant_id, found["id"], address, user_agent, days=days)
    actor = await find_actor(token, address)
    if actor is None:
        raise Refusal("sign_in_refused")
    await give_back(place)
    return token, actor


async def _keep_stronger_hash(tenant_id: UUID, account_id: UUID, kept: str, password: Secret) -> None:
    await Account.update({Account.password_hash: await hash_password(password.reveal())}).where(
        Account.tenant_id == tenant_id, Account.id == account_id, Account.password_hash == kept
    )
