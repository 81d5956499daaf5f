"""The support PIN: six digits that a client sees on the portal and reads out on the telephone.

It carries the level that the session held when it was shown, is good for ten minutes, once, and for that client alone.
Kept is a keyed hash: a million values need no database to guess, the key lies outside it.
"""

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from uuid import UUID

from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.clock import real_now
from backend.database import Row, row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.keys import keyed_hash
from backend.verification.attempts import record_refusal, take_try
from backend.verification.attestations import Attestation, session_level
from backend.verification.events import ProofPassed
from backend.verification.levels import Level
from backend.verification.methods import require_method
from backend.verification.tables import SupportPin
from backend.verification.tries import end_try, lock_client

DIGITS: Final = 6
GOOD_FOR: Final = timedelta(minutes=10)
MOST_AN_HOUR: Final = 20
_SEPARATORS: Final = re.compile(r"[\s.\-]")
_LONGEST: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPin:
    """A PIN as it is shown once; nobody can read it back."""

    digits: Secret
    expires_at: datetime
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Whose PIN was read out, and the level that it carries."""

    account_id: UUID
    name: str
    level: Level


Keep: TypeAlias = Callable[[Heard], Awaitable[Attestation]]
"""Keeps the proof, inside the transaction that uses up the PIN and after the client's row was locked."""


async def create_support_pin(actor: Actor) -> ShownPin:
    """A new PIN for the contact who is signed in; an older one of theirs lapses.

    Raises:
        Refusal: no contact in a session, the company has no PINs, or too many in an hour.
    """
    if actor.kind != "contact" or actor.session_id is None or actor.client_id is None:
        raise Refusal("not_allowed" if actor.is_staff else "sign_in_needed")
    await require_method("pin")
    held = await session_level(actor)
    if held is None:
        raise Refusal("sign_in_needed")
    async with transaction():
        await lock_client(actor.client_id)
        at = real_now()
        shown: int = await value(
            "select count(*) from support_pins where account_id = $1 and created_at > $2",
            actor.account,
            at - timedelta(hours=1),
        )
        if shown >= MOST_AN_HOUR:
            raise Refusal("too_many_tries")
        await rows(
            "update support_pins set ended_at = $3 where tenant_id = $1 and account_id = $2 and ended_at is null",
            actor.tenant_id,
            actor.account,
            at,
        )
        others = await _good_pins(actor.client_id, at)
        # Two people of one client never hold the same digits: the PIN says which of them calls.
        while _whose(actor, actor.client_id, digits := f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}", others):
            continue
        pin_id = new_id()
        await SupportPin.insert(
            SupportPin(
                tenant_id=actor.tenant_id,
                id=pin_id,
                client_id=actor.client_id,
                account_id=actor.account,
                digits_hmac=digits_hash(actor.tenant_id, actor.client_id, pin_id, digits),
                level=held.level,
                created_at=at,
                expires_at=at + GOOD_FOR,
            )
        )
    return ShownPin(digits=Secret(digits), expires_at=at + GOOD_FOR, level=held.level)


async def hear_pin(actor: Actor, client_id: UUID, typed: Secret, *, ticket_id: UUID, keep: Keep) -> Attestation:
    """Compare the digits that a caller reads out to somebody on the staff with the PINs of that client.

    Opens two transactions of its own, so the caller has none open. Tries are counted as those of any other method.

    Raises:
        Refusal: `pin_refused`; `pin_locked`, then without looking at the digits; `proof_not_offered`; `nobody_to_ask`
            where the client has no contact.
    """
    await require_method("pin")
    told = await _who_is_told(client_id, ticket_id)
    try:
        attempt_id, ordinal = await take_try(actor, client_id, "pin", ticket_id=ticket_id, told=told)
    except Refusal as refusal:
        if refusal.code == "proof_locked":
            raise Refusal("pin_locked", "pin") from None
        raise
    async with transaction():
        await lock_client(client_id)
        at = real_now()
        digits = _SEPARATORS.sub("", typed.reveal()) if len(typed.reveal()) <= _LONGEST else ""
        found = _whose(actor, client_id, digits, await _good_pins(client_id, at))
        await end_try(actor, client_id, attempt_id, "passed" if found else "failed")
        if found is not None:
            await rows(
                "update support_pins set ended_at = $3 where tenant_id = $1 and id = $2",
                actor.tenant_id,
                found["id"],
                at,
            )
            made = await keep(Heard(account_id=found["account_id"], name=found["name"], level=found["level"]))
            await record(
                actor,
                ProofPassed(
                    ticket_id=ticket_id, client_id=client_id, method="pin", level=made.level, attestation_id=made.id
                ),
            )
            return made
        await record_refusal(actor, client_id, "pin", ticket_id=ticket_id, told=told, ordinal=ordinal)
    raise Refusal("pin_refused", "pin")


def digits_hash(tenant_id: UUID, client_id: UUID, pin_id: UUID, digits: str) -> bytes:
    """The keyed hash of a PIN, for this row alone; 32 bytes."""
    return keyed_hash("support pin", tenant_id.bytes, client_id.bytes, pin_id.bytes, digits)


async def _good_pins(client_id: UUID, at: datetime) -> list[Row]:
    """The PINs that the client's people can read out now; not those of someone who may sign in no longer.

    Nor one that was shown before a session of theirs was ended: it may be that session that showed it.
    """
    return await rows(
        """select p.id, p.account_id, p.digits_hmac, p.level, a.name from support_pins p
             join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id and a.disabled_at is null
             join contacts c on c.tenant_id = p.tenant_id and c.account_id = p.account_id and c.client_id = p.client_id
            where p.client_id = $1 and p.expires_at > $2 and p.ended_at is null
              and not exists (select from sessions s where s.tenant_id = p.tenant_id and s.account_id = p.account_id
                                 and s.revoked_at >= p.created_at)
            order by p.id""",
        client_id,
        at,
    )


def _whose(actor: Actor, client_id: UUID, digits: str, pins: list[Row]) -> Row | None:
    """The PIN with those digits; all are compared."""
    found = [
        each
        for each in pins
        if hmac.compare_digest(each["digits_hmac"], digits_hash(actor.tenant_id, client_id, each["id"], digits))
    ]
    return found[0] if found else None


async def _who_is_told(client_id: UUID, ticket_id: UUID) -> UUID:
    """The contact who hears of a lock: who asked, where they are of that client, else its first owner."""
    found = await row(
        """select c.account_id from contacts c
             join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id and a.disabled_at is null
            where c.client_id = $1
            order by c.account_id = (select requester_id from tickets where id = $2) desc, c.role = 'owner' desc, c.id limit 1""",
        client_id,
        ticket_id,
    )
    if found is None:
        raise Refusal("nobody_to_ask", "number")
    told: UUID = found["account_id"]
    return told
