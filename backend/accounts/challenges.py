"""What passkeys are asked to sign: random, for one purpose and one holder, good once and for five minutes."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, TypeAlias
from urllib.parse import urlsplit
from uuid import UUID

from backend.accounts.tables import PasskeyChallenge
from backend.clock import real_now
from backend.database import row, rows
from backend.ids import new_id
from backend.keys import keyed_hash

Purpose: TypeAlias = Literal["register", "sign_in", "second_step", "step_up", "prove"]

GOOD_FOR: Final = timedelta(minutes=5)
CHALLENGE_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Holder:
    """To whom a challenge is handed: a session, a mailed link, a first step, or a browser that nobody signed in with."""

    kind: Literal["session", "link", "step", "browser"]
    name: str

    @property
    def key(self) -> bytes:
        return keyed_hash("passkey holder", self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge and the origin of the page that it was made for."""

    challenge: bytes
    origin: str

    @property
    def rp_id(self) -> str:
        """The host name, which the passkey is tied to."""
        return urlsplit(self.origin).hostname or ""


async def issue(tenant_id: UUID, purpose: Purpose, holder: Holder, origin: str) -> Challenge:
    """A new challenge. Those that have run out go meanwhile."""
    made = Challenge(secrets.token_bytes(CHALLENGE_BYTES), origin)
    at = real_now()
    await rows("delete from passkey_challenges where tenant_id = $1 and expires_at <= $2", tenant_id, at)
    await PasskeyChallenge.insert(
        PasskeyChallenge(
            tenant_id=tenant_id,
            id=new_id(),
            purpose=purpose,
            holder=holder.key,
            origin=origin,
            challenge=made.challenge,
            expires_at=at + GOOD_FOR,
        )
    )
    return made


async def consume(purpose: Purpose, holder: Holder, challenge: bytes) -> Challenge | None:
    """The challenge, used up by this; None where it was not issued for that, was used, or has run out."""
    found = await row(
        """delete from passkey_challenges
            where holder = $1 and purpose = $2 and challenge = $3 and expires_at > $4 returning challenge, origin""",
        holder.key,
        purpose,
        challenge,
        real_now(),
    )
    return Challenge(found["challenge"], found["origin"]) if found else None
