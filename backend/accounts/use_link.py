"""Sign in by a mailed link: with a new password, once without one, or as a guest to one's own requests."""

from backend.accounts.access_codes import guest_of_code
from backend.accounts.first_step import FactorDue, take_first_step
from backend.accounts.let_in import SignedIn, Visit, let_in
from backend.accounts.links import read_link, use_link
from backend.accounts.secret import Secret
from backend.accounts.set_password import PASSWORD_PURPOSES, set_password
from backend.accounts.throttle import give_back, take_place
from backend.clock import real_now
from backend.database import row, transaction
from backend.errors import Refusal
from backend.text import email_address


async def sign_in_by_link(visit: Visit, token: str, password: Secret | None) -> SignedIn | FactorDue:
    """Use the link, once, for what it was mailed for. A second factor is asked for where there is one.

    Raises:
        Refusal: `link_expired`, whatever was wrong with it; a password that is missing or cannot be kept.
    """
    known = await read_link(visit.tenant_id, token)
    if known is None or known.expired:
        raise Refusal("link_expired", "token")
    if known.purpose in PASSWORD_PURPOSES:
        if password is None:
            raise Refusal("required", "password")
        account_id = await set_password(visit.visitor, token, password)
        return await take_first_step(visit, account_id, "link")
    if known.purpose not in ("sign_in", "guest_access"):
        raise Refusal("link_expired", "token")
    kind = "contact" if known.purpose == "sign_in" else "guest"
    async with transaction():
        link = await use_link(visit.tenant_id, token, known.purpose, real_now())
        account = await row(
            "select id from accounts where id = $1 and kind = $2 and disabled_at is null", link.account_id, kind
        )
        if account is None:
            raise Refusal("link_expired", "token")
    if kind == "guest":
        return await let_in(visit, link.account_id, "link", kind="guest")
    return await take_first_step(visit, link.account_id, "link")


async def sign_in_by_code(visit: Visit, email: str, code: Secret) -> SignedIn:
    """Let a guest in by address and access code, to their own requests.

    Raises:
        Refusal: `access_refused`, whether the address or the code is wrong; `too_many_tries`, then without looking.
    """
    try:
        wanted = email_address(email)
    except Refusal:
        wanted = ""
    place = await take_place(visit.tenant_id, wanted, visit.address)
    account_id = await guest_of_code(visit.tenant_id, wanted, code.reveal())
    if account_id is None:
        raise Refusal("access_refused")
    signed_in = await let_in(visit, account_id, "access_code", kind="guest")
    await give_back(place)
    return signed_in
