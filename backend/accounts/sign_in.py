"""Sign in by e-mail address and password, or by a passkey alone."""

from uuid import UUID

from backend.accounts.challenges import Holder
from backend.accounts.first_step import FactorDue, take_first_step
from backend.accounts.let_in import SignedIn, Visit, let_in
from backend.accounts.passkeys import signing_options, take_signature
from backend.accounts.passwords import Busy, hash_password, needs_rehash, verify_password
from backend.accounts.secret import Secret
from backend.accounts.tables import Account
from backend.accounts.throttle import give_back, take_place
from backend.database import row
from backend.errors import Refusal
from backend.text import email_address


async def sign_in(visit: Visit, email: str, password: Secret) -> SignedIn | FactorDue:
    """Start a session at the bound tenant, or ask for the second factor where the account has one.

    An unknown address, a wrong password, a disabled account and a guest's are refused in the same words and the same
    time: each of them costs one look-up and one argon2 run.

    Raises:
        Refusal: `sign_in_refused`; `too_many_tries` or `busy`, then without looking at the password.
    """
    try:
        wanted = email_address(email)
    except Refusal:
        wanted = ""
    place = await take_place(visit.tenant_id, wanted, visit.address)
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
        await _keep_stronger_hash(visit.tenant_id, found["id"], kept, password)
    taken = await take_first_step(visit, found["id"], "password")
    await give_back(place)
    return taken


async def passkey_options(tenant_id: UUID, browser_token: str, address: str, origin: str) -> str:
    """What the browser needs to sign in by a passkey alone, as JSON. `browser_token` is a cookie of that browser.

    Raises:
        Refusal: `too_many_tries`.
    """
    await take_place(tenant_id, "", address)
    return await signing_options(
        tenant_id, "sign_in", holder=Holder("browser", browser_token), origin=origin, account_id=None
    )


async def sign_in_by_passkey(visit: Visit, browser_token: str | None, answer: Secret) -> SignedIn:
    """Start a session by a passkey that saw to it that its owner was there: two factors at once, so no other is asked.

    Raises:
        Refusal: `passkey_refused`, whatever was wrong; `too_many_tries`.
    """
    place = await take_place(visit.tenant_id, "", visit.address)
    holder = Holder("browser", browser_token or "")
    signed = await take_signature(visit.tenant_id, "sign_in", holder, answer.reveal(), account_id=None)
    if signed is None or not signed.user_verified or not browser_token:
        raise Refusal("passkey_refused")
    try:
        signed_in = await let_in(visit, signed.account_id, "passkey")
    except Refusal:
        raise Refusal("passkey_refused") from None
    await give_back(place)
    return signed_in


async def _keep_stronger_hash(tenant_id: UUID, account_id: UUID, kept: str, password: Secret) -> None:
    await Account.update({Account.password_hash: await hash_password(password.reveal())}).where(
        Account.tenant_id == tenant_id, Account.id == account_id, Account.password_hash == kept
    )
