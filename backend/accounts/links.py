"""One-time links that are mailed: to lift a lock, to set a password, to sign in. The token is derived, so it is stored nowhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias
from uuid import UUID

from backend.accounts.tables import OneTimeLink
from backend.actor import Actor
from backend.clock import real_now
from backend.database import row, rows
from backend.errors import Refusal
from backend.ids import new_id
from backend.keys import link_id

Purpose: TypeAlias = Literal[
    "lift_lock", "set_password", "prove", "sign_in", "reset_password", "guest_access", "keep_open", "close_now"
]
Method: TypeAlias = Literal["card", "password", "totp", "passkey", "pin"]
LINK_TIME: Final = timedelta(hours=24)
INVITATION_TIME: Final = timedelta(days=7)
"""How long a link to choose a password is good: a new colleague may be away for some days."""
PROOF_TIME: Final = timedelta(hours=12)
"""How long a link to prove that an account is one's own is good."""
ANSWER_TIME: Final = timedelta(days=60)
"""How long an answer to a mail about a timer may be given; it ends earlier where the ticket goes on."""
_TIMES: Final[dict[Purpose, timedelta]] = {
    "set_password": INVITATION_TIME,
    "guest_access": INVITATION_TIME,
    "prove": PROOF_TIME,
    "reset_password": timedelta(hours=1),
    "sign_in": timedelta(minutes=15),
    "keep_open": ANSWER_TIME,
    "close_now": ANSWER_TIME,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a mailed link is for, and for whom. `expired` says that it was used, too, `used` that alone."""

    id: UUID
    purpose: Purpose
    account_id: UUID
    client_id: UUID | None
    ticket_id: UUID | None
    method: Method | None
    expired: bool
    used: bool = False
    ticket_number: int | None = None


async def create_link(
    actor: Actor,
    purpose: Purpose,
    account_id: UUID,
    *,
    client_id: UUID | None = None,
    ticket_id: UUID | None = None,
    method: Method | None = None,
) -> UUID:
    """Make a link for an account; inside the caller's transaction. Returns its id, which the event carries.

    The mail derives the token from it by `keys.link_token`.
    """
    made = new_id()
    at = real_now()
    await OneTimeLink.insert(
        OneTimeLink(
            tenant_id=actor.tenant_id,
            id=made,
            purpose=purpose,
            account_id=account_id,
            client_id=client_id,
            ticket_id=ticket_id,
            method=method,
            created_at=at,
            expires_at=at + _TIMES.get(purpose, LINK_TIME),
            used_at=None,
        )
    )
    return made


async def read_link(tenant_id: UUID, token: str) -> Link | None:
    """What the link is for, without using it: mail scanners follow links. None where the token was not made here."""
    wanted = link_id(tenant_id, token)
    if wanted is None:
        return None
    found = await row(
        """select id, purpose, account_id, client_id, ticket_id, method,
                  used_at is not null or expires_at <= $2 as expired, used_at is not null as used,
                  (select t.number from tickets t where t.tenant_id = l.tenant_id and t.id = l.ticket_id) as ticket_number
             from one_time_links l where id = $1""",
        wanted,
        real_now(),
    )
    return Link(**dict(found)) if found else None


async def use_link(tenant_id: UUID, token: str, purpose: Purpose, at: datetime) -> Link:
    """Use the link, once; inside the caller's transaction, so that it stays unused when that fails.

    Raises:
        Refusal: it was used, has expired, is for something else, or was not made here.
    """
    wanted = link_id(tenant_id, token)
    found = wanted and await row(
        """update one_time_links set used_at = $3
            where id = $1 and purpose = $2 and used_at is null and expires_at > $3
            returning id, purpose, account_id, client_id, ticket_id, method, false as expired""",
        wanted,
        purpose,
        at,
    )
    if not found:
        raise Refusal("link_expired", "token")
    return Link(**dict(found))


async def lapse_proof_links(ticket_id: UUID, at: datetime) -> None:
    """End the links to prove something about a ticket that were not used; inside the caller's transaction."""
    await rows(
        "update one_time_links set used_at = $2 where ticket_id = $1 and purpose = 'prove' and used_at is null",
        ticket_id,
        at,
    )


async def lapse_links(account_id: UUID, purpose: Purpose, at: datetime) -> None:
    """End the links of an account that were mailed for this and not used; inside the caller's transaction."""
    await rows(
        "update one_time_links set used_at = $3 where account_id = $1 and purpose = $2 and used_at is null",
        account_id,
        purpose,
        at,
    )
