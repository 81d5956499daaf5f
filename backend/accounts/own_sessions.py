"""Where one is signed in: the list, and ending what should not be there."""

from uuid import UUID

from backend.accounts.events import SessionsEnded
from backend.accounts.own import own_account
from backend.accounts.sessions import revoke_sessions
from backend.actor import Actor
from backend.clock import real_now
from backend.database import Row, row, rows, transaction
from backend.errors import Refusal
from backend.events import record


async def list_sessions(actor: Actor) -> list[Row]:
    """The sessions of one's own account that stand, this one first, then by last use.

    Raises:
        Refusal: nobody is signed in.
    """
    own = own_account(actor)
    return await rows(
        """select id, id = $2 as current, address, user_agent, made_by, created_at, last_seen_at, expires_at from sessions
            where account_id = $1 and revoked_at is null and expires_at > $3
            order by id <> $2, last_seen_at desc, id""",
        own.account_id,
        own.session_id,
        real_now(),
    )


async def end_own_session(actor: Actor, session_id: UUID) -> None:
    """Sign out somewhere else, or here.

    Raises:
        Refusal: nobody is signed in, or it is no session of theirs.
    """
    own = own_account(actor)
    async with transaction():
        ended = await row(
            "update sessions set revoked_at = $3 where id = $1 and account_id = $2 and revoked_at is null returning id",
            session_id,
            own.account_id,
            real_now(),
        )
        if ended is None:
            raise Refusal("not_found", "id")
        await record(actor, SessionsEnded(account_id=own.account_id, session_id=session_id))


async def end_other_sessions(actor: Actor) -> None:
    """Sign out everywhere but here. Raises: Refusal where nobody is signed in."""
    own = own_account(actor)
    async with transaction():
        await revoke_sessions(own.account_id, but_not=own.session_id)
        await record(actor, SessionsEnded(account_id=own.account_id))
