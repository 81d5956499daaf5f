"""Attestations: who proved what for which client, how, when and from where; never the secret.

One made in a session holds for a quarter of an hour; the copy on a ticket or message holds for good.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from backend.actor import Actor
from backend.clock import real_now
from backend.database import row
from backend.errors import Refusal
from backend.ids import new_id
from backend.verification import tables
from backend.verification.levels import LEVEL_OF, Level, Method, StepUp

SESSION_TIME: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A proof that was given. `at` is real time, `address` the network address, `by` the name of who proved it."""

    id: UUID
    account_id: UUID
    client_id: UUID | None
    method: Method
    level: Level
    at: datetime
    address: str
    scope: Literal["session", "ticket", "message"]
    by: str
    ticket_id: UUID | None = None
    message_id: UUID | None = None
    expires_at: datetime | None = None


async def insert_session_attestation(actor: Actor, session_id: UUID, method: StepUp) -> Attestation:
    """Keep a proof that was just given in a session; inside the caller's transaction."""
    at = real_now()
    made = Attestation(
        id=new_id(), account_id=actor.account, client_id=actor.client_id, method=method, level=LEVEL_OF[method], at=at,
        address=actor.address, scope="session", by=actor.name, expires_at=at + SESSION_TIME,
    )  # fmt: skip
    await _insert(actor.tenant_id, made, session_id)
    return made


async def attest_ticket(
    actor: Actor, attestation: Attestation, *, ticket_id: UUID | None, message_id: UUID | None = None
) -> Attestation:
    """Copy a proof for good to the ticket (with the message that opened it), or to the message alone.

    Inside the caller's transaction, before or after the rows that it is for: those are looked for at the commit.
    Returns the copy, whose id goes into `attestation_id` of the ticket or message.

    Raises:
        Refusal: the proof is another contact's or has run out since.
    """
    owned = (attestation.account_id, attestation.client_id) == (actor.account, actor.client_id)
    if not owned or (attestation.expires_at is not None and attestation.expires_at <= real_now()):
        raise Refusal("proof_needed", "proof")
    copy = replace(
        attestation, id=new_id(), scope="message" if ticket_id is None else "ticket", ticket_id=ticket_id,
        message_id=message_id, expires_at=None,
    )  # fmt: skip
    await _insert(actor.tenant_id, copy, None)
    return copy


async def session_level(actor: Actor) -> Attestation | None:
    """The best proof that the actor's session holds now: a step-up, or else that a contact is signed in.

    None for guests and staff, and where nobody is signed in (a mail proves nothing by itself).
    """
    if actor.kind != "contact" or actor.session_id is None:
        return None
    found = await row(
        """select id, method, level, at, address, expires_at from attestations
            where session_id = $1 and account_id = $2 and client_id = $3 and expires_at > $4
            order by array_position(array['email', 'signed_in', 'card', 'password', 'second_factor'], level) desc, at desc
            limit 1""",
        actor.session_id,
        actor.account,
        actor.client_id,
        real_now(),
    )
    if found is None:
        return Attestation(
            id=new_id(), account_id=actor.account, client_id=actor.client_id, method="signed_in", level="signed_in",
            at=real_now(), address=actor.address, scope="session", by=actor.name,
        )  # fmt: skip
    return Attestation(
        account_id=actor.account, client_id=actor.client_id, scope="session", by=actor.name, **dict(found)
    )


async def _insert(tenant_id: UUID, made: Attestation, session_id: UUID | None) -> None:
    await tables.Attestation.insert(
        tables.Attestation(
            tenant_id=tenant_id, id=made.id, client_id=made.client_id, account_id=made.account_id, method=made.method,
            level=made.level, at=made.at, address=made.address, scope=made.scope, session_id=session_id,
            ticket_id=made.ticket_id, message_id=made.message_id, expires_at=made.expires_at,
        )
    )  # fmt: skip
