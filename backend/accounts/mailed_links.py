"""Links by mail for who cannot, or will not, type a password: to set a new one, to sign in once, to read one's requests.

Asking costs the same and is answered the same whoever asks for whatever address: nothing is looked up until the ask is
committed and a consumer takes it up.
"""

from typing import Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

from backend.accounts.access_codes import replace_access_code
from backend.accounts.events import MailedLinkAsked
from backend.accounts.links import create_link, lapse_links
from backend.accounts.throttle import take_ask
from backend.actor import Actor
from backend.clock import real_now
from backend.database import row, transaction
from backend.events import record
from backend.text import email_address

Asked: TypeAlias = Literal["reset_password", "sign_in", "guest_access"]

_FOR: Final[dict[Asked, tuple[str, ...]]] = {
    "reset_password": ("member", "contact"),
    "sign_in": ("contact",),
    "guest_access": ("guest",),
}
"""The kinds of account to which each is mailed."""


class AskedLink(NamedTuple):
    """A link that was asked for and may be mailed."""

    account_id: UUID
    link_id: UUID
    access_code_id: UUID | None


async def ask_for_link(visitor: Actor, email: str, purpose: Asked) -> None:
    """Ask for a link by mail. Nothing tells whether the address is known.

    Raises:
        Refusal: it is no address, or too many were asked for under it or from there.
    """
    address = email_address(email)
    await take_ask(visitor.tenant_id, address, visitor.address)
    async with transaction():
        await record(visitor, MailedLinkAsked(email=address, purpose=purpose))


async def make_asked_link(asker: Actor, email: str, purpose: Asked) -> AskedLink | None:
    """The account, the link that was asked for and, for a guest, a new access code; inside the caller's transaction.

    Links for the same that were mailed before lapse, and so does a guest's earlier code. None where nothing is mailed.
    """
    found = await row("select id, kind from accounts where email = $1 and disabled_at is null", email)
    if found is None or found["kind"] not in _FOR[purpose]:
        return None
    account_id: UUID = found["id"]
    await lapse_links(account_id, purpose, real_now())
    link_id = await create_link(asker, purpose, account_id)
    code_id = await replace_access_code(asker.tenant_id, account_id) if purpose == "guest_access" else None
    return AskedLink(account_id, link_id, code_id)
