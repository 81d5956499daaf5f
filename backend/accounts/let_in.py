"""Let somebody in: start the session, and know the browser again the next time.

Each way of signing in ends here, with a new token: nothing that a browser held before becomes a session.
"""

import secrets
from dataclasses import dataclass
from typing import Literal, NamedTuple
from uuid import UUID

from backend.accounts.events import NewBrowser
from backend.accounts.sessions import DAYS, MadeBy, find_actor, start_session
from backend.actor import Actor
from backend.clock import real_now
from backend.database import row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.keys import token_hash

_LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who knocks: the visitor of the request, the browser's own words and, where it has been here, its cookie."""

    visitor: Actor
    user_agent: str = ""
    browser_token: str | None = None
    days: int = DAYS

    @property
    def tenant_id(self) -> UUID:
        return self.visitor.tenant_id

    @property
    def address(self) -> str:
        return self.visitor.address


class SignedIn(NamedTuple):
    """The session's token, who acts by it, and the token by which the browser is known again."""

    token: str
    actor: Actor
    browser_token: str


async def let_in(
    visit: Visit, account_id: UUID, made_by: MadeBy, *, kind: Literal["full", "guest"] = "full"
) -> SignedIn:
    """Start a session of the account, whose owner has shown what is needed.

    From a browser that is new to the account, though another is not, the owner hears by mail.

    Raises:
        Refusal: the account signs in no more.
    """
    token = await start_session(
        visit.tenant_id, account_id, visit.address, visit.user_agent, days=visit.days, made_by=made_by, kind=kind
    )
    actor = await find_actor(token, visit.address)
    if actor is None:
        raise Refusal("sign_in_refused")
    browser_token = _readable(visit.browser_token) or secrets.token_urlsafe(32)
    session_id = actor.setting_up.session_id if actor.setting_up else actor.session_id
    if kind == "full" and session_id is not None:
        await _know(actor, account_id, browser_token, session_id)
    return SignedIn(token, actor, browser_token)


async def _know(actor: Actor, account_id: UUID, browser_token: str, session_id: UUID) -> None:
    at = real_now()
    async with transaction():
        known = await row(
            "update known_browsers set last_seen_at = $3 where account_id = $1 and token_hash = $2 returning id",
            account_id,
            token_hash(browser_token),
            at,
        )
        if known is not None:
            return
        others = await rows("select id from known_browsers where account_id = $1 limit 1", account_id)
        await rows(
            """insert into known_browsers (tenant_id, id, account_id, token_hash, first_seen_at, last_seen_at)
               values ($1, $2, $3, $4, $5, $5) on conflict (tenant_id, account_id, token_hash) do nothing""",
            actor.tenant_id,
            new_id(),
            account_id,
            token_hash(browser_token),
            at,
        )
        if others:
            await record(actor, NewBrowser(account_id=account_id, session_id=session_id))


def _readable(token: str | None) -> str | None:
    return token if token and len(token) <= _LONGEST_TOKEN and token.isascii() else None
