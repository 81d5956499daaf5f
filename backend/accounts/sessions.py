"""Sessions: a sign-in of one account at one tenant. The database keeps the hash of a token alone."""

import secrets
from datetime import timedelta
from uuid import UUID

from backend.accounts.tables import Session
from backend.actor import Actor
from backend.clock import real_now
from backend.database import row, rows
from backend.ids import new_id
from backend.keys import token_hash

DAYS = 14
"""Days after which a session ends where the caller sets no other number."""
_LONGEST_TOKEN = 100


async def start_session(tenant_id: UUID, account_id: UUID, address: str, user_agent: str, *, days: int = DAYS) -> str:
    """A new session. Returns its token, which stands nowhere else from then on."""
    token = secrets.token_urlsafe(32)
    at = real_now()
    await Session.insert(
        Session(
            tenant_id=tenant_id,
            id=new_id(),
            account_id=account_id,
            token_hash=token_hash(token),
            created_at=at,
            expires_at=at + timedelta(days=days),
            revoked_at=None,
            address=address,
            user_agent="".join(letter for letter in user_agent if letter.isprintable())[:300],
        )
    )
    return token


async def find_actor(token: str, address: str) -> Actor | None:
    """Who acts by this token at the bound tenant; one statement.

    None where the session is unknown here, expired or revoked, or its account was disabled.
    """
    if len(token) > _LONGEST_TOKEN or not token.isascii():
        return None
    found = await row(
        """
        select s.tenant_id, s.id as session_id, a.id as account_id, a.kind, a.name, a.email,
               coalesce(a.language, t.language) as language, m.role, c.client_id, c.role as contact_role
          from sessions s
          join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
          join tenants t on t.id = s.tenant_id
          left join members m on m.tenant_id = a.tenant_id and m.account_id = a.id and a.kind = 'member'
          left join contacts c on c.tenant_id = a.tenant_id and c.account_id = a.id and a.kind = 'contact'
         where s.token_hash = $1 and s.revoked_at is null and s.expires_at > $2 and a.disabled_at is null
           and (m.id is not null or c.id is not null)
        """,
        token_hash(token),
        real_now(),
    )
    return Actor(**dict(found), address=address) if found else None


async def end_session(actor: Actor) -> None:
    """Sign out: end the session by which the actor acts."""
    if actor.session_id is not None:
        await Session.update({Session.revoked_at: real_now()}).where(
            Session.tenant_id == actor.tenant_id, Session.id == actor.session_id, Session.revoked_at.is_null()
        )


async def revoke_sessions(account_id: UUID) -> None:
    """End every session of an account of the bound tenant, as after a new password or when it is disabled."""
    await rows(
        "update sessions set revoked_at = $2 where account_id = $1 and revoked_at is null", account_id, real_now()
    )
