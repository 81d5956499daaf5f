"""Sessions: a sign-in of one account at one tenant. The database keeps the hash of a token alone."""

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal, TypeAlias
from uuid import UUID

from backend.accounts.events import SessionsEnded
from backend.accounts.tables import Session
from backend.actor import Actor, SettingUp, guest
from backend.clock import real_now
from backend.database import row, rows, transaction
from backend.events import record
from backend.ids import new_id
from backend.keys import token_hash

MadeBy: TypeAlias = Literal["password", "second_factor", "passkey", "link", "access_code"]
"""What was shown to get the session. A second factor comes after a password or a mailed link."""

DAYS = 14
"""Days after which a session ends where the caller sets no other number."""
SEEN_EVERY: Final = timedelta(minutes=5)
"""How exactly a session's last use is kept: a row for each request would cost a write for each read."""
_LONGEST_TOKEN = 100


async def start_session(
    tenant_id: UUID,
    account_id: UUID,
    address: str,
    user_agent: str,
    *,
    days: int = DAYS,
    made_by: MadeBy = "password",
    kind: Literal["full", "guest"] = "full",
) -> str:
    """A new session. Returns its token, which stands nowhere else from then on.

    One of kind `guest` is for an account that nobody signs in to: it reads and answers its own requests.
    """
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
            kind=kind,
            made_by=made_by,
            last_seen_at=at,
            stepped_up_at=at if made_by in ("password", "second_factor", "passkey") else None,
        )
    )
    return token


async def find_actor(token: str, address: str) -> Actor | None:
    """Who acts by this token at the bound tenant; one statement, and a write every few minutes.

    None where the session is unknown here, expired or revoked, its account was disabled, or it is a guest's and the
    account has become more than that. Staff who owe the company a second factor are a guest who is setting one up.
    """
    if len(token) > _LONGEST_TOKEN or not token.isascii():
        return None
    return await _find("s.token_hash = $1", token_hash(token), address)


async def find_actor_of_session(session_id: UUID, address: str) -> Actor | None:
    """As `find_actor`, by a session's id: for what was signed while it lasted."""
    return await _find("s.id = $1", session_id, address)


async def _find(which: str, named: object, address: str) -> Actor | None:
    at = real_now()
    found = await row(
        f"""
        select s.tenant_id, s.id as session_id, a.id as account_id, a.kind, a.name, a.email,
               coalesce(a.language, t.language) as language, m.role, c.client_id, c.role as contact_role,
               s.stepped_up_at, s.made_by = 'link' and s.stepped_up_at is null as by_link, s.last_seen_at,
               t.staff_second_factor and m.id is not null
                   and not exists (select from totp_secrets o where o.tenant_id = a.tenant_id and o.account_id = a.id
                                      and o.confirmed_at is not null)
                   and not exists (select from passkeys p where p.tenant_id = a.tenant_id and p.account_id = a.id)
                   as owes_factor
          from sessions s
          join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
          join tenants t on t.id = s.tenant_id
          left join members m on m.tenant_id = a.tenant_id and m.account_id = a.id and a.kind = 'member'
          left join contacts c on c.tenant_id = a.tenant_id and c.account_id = a.id and a.kind = 'contact'
         where {which} and s.revoked_at is null and s.expires_at > $2 and a.disabled_at is null
           and case s.kind when 'full' then m.id is not null or c.id is not null else a.kind = 'guest' end
        """,  # noqa: S608 (ours)
        named,
        at,
    )
    if found is None:
        return None
    if found["last_seen_at"] < at - SEEN_EVERY:
        await rows(
            "update sessions set last_seen_at = greatest(last_seen_at, $2) where id = $1", found["session_id"], at
        )
    facts = {name: value for name, value in found.items() if name not in ("last_seen_at", "owes_factor")}
    actor = Actor(**facts, address=address)
    return _setting_up(actor) if found["owes_factor"] else actor


def _setting_up(actor: Actor) -> Actor:
    assert actor.session_id is not None, "it was found by its session"
    due = SettingUp(account_id=actor.account, session_id=actor.session_id, email=actor.email)
    return replace(
        guest(actor.tenant_id, actor.language, actor.address), setting_up=due, stepped_up_at=actor.stepped_up_at
    )


async def end_session(actor: Actor) -> None:
    """Sign out: end the session by which the actor acts."""
    session_id = actor.setting_up.session_id if actor.setting_up else actor.session_id
    if session_id is None:
        return
    async with transaction():
        ended = await row(
            "update sessions set revoked_at = $2 where id = $1 and revoked_at is null returning account_id",
            session_id,
            real_now(),
        )
        if ended is not None:
            await record(actor, SessionsEnded(account_id=ended["account_id"], session_id=session_id))


async def revoke_sessions(account_id: UUID, *, but_not: UUID | None = None) -> None:
    """End the sessions of an account of the bound tenant, as after a new password or when it is disabled."""
    await rows(
        "update sessions set revoked_at = $2 where account_id = $1 and revoked_at is null and id is distinct from $3",
        account_id,
        real_now(),
        but_not,
    )
