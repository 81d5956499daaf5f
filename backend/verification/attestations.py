"""Attestations: who proved what for which client, how, when and from where; never the secret.

One made in a session holds for a quarter of an hour; the copy on a ticket or message holds for good. They are added to
the tenant's chain (see `chain`) and never changed.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from backend.actor import Actor
from backend.clock import real_now
from backend.database import row, value
from backend.errors import Refusal
from backend.ids import new_id
from backend.verification.chain import Core, Person, append
from backend.verification.levels import LEVEL_OF, Level, Method, StepUp

SESSION_TIME: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A proof that was given. `at` is real time, `address` the network address, `by` the name of who proved it.

    Where the person was erased there is no account, and name and address are empty. `recorded_by` is the member who
    heard a support PIN on the telephone.
    """

    id: UUID
    account_id: UUID | None
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
    recorded_by: UUID | None = None


async def insert_session_attestation(
    actor: Actor, session_id: UUID, method: StepUp, *, copy_to: UUID | None = None
) -> tuple[Attestation, Attestation | None]:
    """Keep a proof that was just given in a session, and a copy of it for good for a ticket; inside the caller's transaction.

    Returns both.
    """
    at = real_now()
    made = Attestation(
        id=new_id(), account_id=actor.account, client_id=actor.client_id, method=method, level=LEVEL_OF[method], at=at,
        address=actor.address, scope="session", by=actor.name, expires_at=at + SESSION_TIME,
    )  # fmt: skip
    copy = _copy(made, copy_to, None) if copy_to is not None else None
    await append(
        [_linked(actor.tenant_id, made, session_id), *([_linked(actor.tenant_id, copy, None)] if copy else [])]
    )
    return made, copy


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
    copy = _copy(attestation, ticket_id, message_id)
    await append([_linked(actor.tenant_id, copy, None)])
    return copy


async def attest(
    actor: Actor, *, account_id: UUID, by: str, client_id: UUID | None, method: Method, level: Level | None = None,
    ticket_id: UUID | None = None, message_id: UUID | None = None, recorded_by: UUID | None = None,
) -> Attestation:  # fmt: skip
    """Keep a proof that was just given outside a session, for good, for a ticket, a message, or both.

    Inside the caller's transaction. `account_id` and `by` name who proved it, which need not be the actor; the level is
    the method's own where none is named. The caller has seen the proof.
    """
    made = Attestation(
        id=new_id(), account_id=account_id, client_id=client_id, method=method, level=level or LEVEL_OF[method],
        at=real_now(), address=actor.address, scope="message" if ticket_id is None else "ticket", by=by,
        ticket_id=ticket_id, message_id=message_id, recorded_by=recorded_by,
    )  # fmt: skip
    await append([_linked(actor.tenant_id, made, None)])
    return made


async def attest_by_message(tenant_id: UUID, attestation_id: UUID, *, ticket_id: UUID, message_id: UUID) -> UUID | None:
    """Copy the proof that a message carries to the ticket on which the message is now, as it was given: same moment, method,
    person and address. Inside the caller's transaction. None where the person was erased, and so proves nothing new.
    """
    found = await row(
        """select a.client_id, a.method, a.level, a.at, a.recorded_by, p.account_id, p.address
             from attestations a join attestation_persons p on p.tenant_id = a.tenant_id and p.id = a.id
            where a.id = $1""",
        attestation_id,
    )
    if found is None:
        return None
    made = Attestation(
        id=new_id(), scope="ticket", by="", ticket_id=ticket_id, message_id=message_id, **dict(found)
    )  # fmt: skip
    await append([_linked(tenant_id, made, None)])
    return made.id


async def session_level(actor: Actor) -> Attestation | None:
    """The best proof that the actor's session holds now: a step-up, or else that a contact is signed in.

    A session that began with a mailed link proves no more than that the mail is theirs, a guest's too, and nothing where
    the company takes no mail for a proof. None for staff,
    for a guest who typed an access code, and where nobody is signed in (a mail proves nothing by itself).
    """
    if actor.session_id is None or actor.is_staff or (actor.kind == "guest" and not actor.by_link):
        return None
    found = await row(
        """select a.id, a.method, a.level, a.at, p.address, a.expires_at
             from attestations a join attestation_persons p on p.tenant_id = a.tenant_id and p.id = a.id
            where a.session_id = $1 and p.account_id = $2 and a.client_id = $3 and a.expires_at > $4
            order by array_position(array['email', 'signed_in', 'card', 'password', 'second_factor'], a.level) desc, a.at desc
            limit 1""",
        actor.session_id,
        actor.account,
        actor.client_id,
        real_now(),
    )
    if found is None:
        if actor.by_link and not await value("select 'email' = any(proof_methods) from tenants"):
            return None
        way: Literal["email", "signed_in"] = "email" if actor.by_link else "signed_in"
        return Attestation(
            id=new_id(), account_id=actor.account, client_id=actor.client_id, method=way, level=LEVEL_OF[way],
            at=real_now(), address=actor.address, scope="session", by=actor.name,
        )  # fmt: skip
    return Attestation(
        account_id=actor.account, client_id=actor.client_id, scope="session", by=actor.name, **dict(found)
    )


def _copy(attestation: Attestation, ticket_id: UUID | None, message_id: UUID | None) -> Attestation:
    return replace(
        attestation, id=new_id(), scope="message" if ticket_id is None else "ticket", ticket_id=ticket_id,
        message_id=message_id, expires_at=None,
    )  # fmt: skip


def _linked(tenant_id: UUID, made: Attestation, session_id: UUID | None) -> tuple[Core, Person]:
    """What the chain takes up of it."""
    if made.account_id is None:
        raise ValueError("An attestation begins with the person who gave it.")
    core = Core(
        tenant_id=tenant_id, sequence=0, id=made.id, client_id=made.client_id, method=made.method, level=made.level,
        at=made.at, scope=made.scope, session_id=session_id, ticket_id=made.ticket_id, message_id=made.message_id,
        expires_at=made.expires_at, recorded_by=made.recorded_by, commitment=b"",
    )  # fmt: skip
    return core, Person(made.account_id, made.address)
