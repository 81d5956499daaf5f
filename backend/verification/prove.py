"""Prove that a client account is one's own: by its password or by the last four digits of the card that pays for it.

A try is committed before its secret is looked at. Whatever does not pass is refused in the same words and, since every
try costs one argon2 run, in the same time: a wrong password, wrong digits, another client's digits, no card on file, a
role whose password is not the account's, and what can be no password or digits at all.
"""

import re
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.accounts.links import create_link
from backend.accounts.passwords import verify_password
from backend.accounts.secret import Secret
from backend.actor import Actor
from backend.cards.facts import digits_match
from backend.clock import real_now
from backend.database import transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.verification.attestations import Attestation, insert_session_attestation
from backend.verification.events import ProofLocked, ProofPassed, ProofRefused
from backend.verification.levels import STEP_UPS, StepUp
from backend.verification.tables import ProofAttempt
from backend.verification.tries import MOST_TRIES, Tries, counted_tries, insert_try, lock_client

APPROVERS: Final = ("owner", "may_approve")
"""Roles on a client account whose own sign-in password counts as the account's."""
_COMPARING: Final = timedelta(minutes=1)
_DIGITS = re.compile(r"[0-9]{4}")


async def prove(actor: Actor, method: str, secret: Secret, *, ticket_id: UUID | None = None) -> Attestation:
    """Compare the secret and keep the proof in the actor's session for a quarter of an hour.

    Opens two transactions of its own, so the caller has none open. `ticket_id` names the ticket that it is about, which
    the caller has found to be the actor's to see; its history tells of the try.

    Raises:
        Refusal: `proof_refused`; `proof_locked`, then without looking at the secret; `sign_in_needed`, `not_allowed`
            for who is no contact in a session.
    """
    if actor.kind != "contact" or actor.session_id is None or actor.client_id is None:
        raise Refusal("not_allowed" if actor.is_staff else "sign_in_needed", "proof")
    if method not in STEP_UPS:
        raise Refusal("proof_refused", "proof")
    step_up: StepUp = "card" if method == "card" else "password"
    attempt_id, ordinal = await _take_try(actor, actor.client_id, step_up, ticket_id)
    passed = await _passes(actor, actor.client_id, step_up, secret)
    async with transaction():
        await lock_client(actor.client_id)
        await ProofAttempt.update({ProofAttempt.outcome: "passed" if passed else "failed"}).where(
            ProofAttempt.tenant_id == actor.tenant_id, ProofAttempt.id == attempt_id
        )
        if passed:
            made = await insert_session_attestation(actor, actor.session_id, step_up)
            await record(
                actor,
                ProofPassed(
                    ticket_id=ticket_id, client_id=actor.client_id, method=step_up, level=made.level,
                    attestation_id=made.id,
                ),
            )  # fmt: skip
            return made
        await _record_refusal(actor, actor.client_id, step_up, ticket_id, ordinal)
    raise Refusal("proof_refused", "proof")


async def _take_try(actor: Actor, client_id: UUID, method: StepUp, ticket_id: UUID | None) -> tuple[UUID, int]:
    """Commit a try under the client's lock. Returns its id and how many count with it.

    Raises:
        Refusal: those of the day are used up.
    """
    async with transaction():
        if not await lock_client(client_id):
            raise Refusal("not_found")
        at = real_now()
        before = (await counted_tries(client_id, at)).get(method)
        locked = before is not None and before.locked
        if not locked:
            return await insert_try(actor, client_id, method, at), (before.count if before else 0) + 1
        if before is not None and await _lock_went_unsaid(client_id, before, at):
            await _record_lock(actor, client_id, before, ticket_id)
    raise Refusal("proof_locked", "proof")


async def _passes(actor: Actor, client_id: UUID, method: StepUp, secret: Secret) -> bool:
    """Whether the secret is right. Each try runs the same statements and one argon2, whatever the method finds."""
    password_hash: str | None = await value(
        """select a.password_hash from accounts a
             join contacts c on c.tenant_id = a.tenant_id and c.account_id = a.id
            where a.id = $1 and c.client_id = $2 and c.role = any($3::text[]) and a.disabled_at is null""",
        actor.account,
        client_id,
        list(APPROVERS),
    )
    digits = secret.reveal().strip() if len(secret.reveal()) <= 64 else ""
    readable = _DIGITS.fullmatch(digits) is not None
    card = await digits_match(actor.tenant_id, client_id, digits if readable else "0000") and readable
    password = await verify_password(secret.reveal(), password_hash if method == "password" else None)
    return card if method == "card" else password


async def _record_refusal(actor: Actor, client_id: UUID, method: StepUp, ticket_id: UUID | None, ordinal: int) -> None:
    tries = (await counted_tries(client_id, real_now())).get(method)
    await record(
        actor,
        ProofRefused(ticket_id=ticket_id, client_id=client_id, method=method, tries=tries.count if tries else 0),
    )
    # Of the tries that end side by side the last one that was taken tells of the lock, so that it is told once.
    if tries is not None and tries.locked and ordinal == MOST_TRIES:
        await _record_lock(actor, client_id, tries, ticket_id)


async def _record_lock(actor: Actor, client_id: UUID, tries: Tries, ticket_id: UUID | None) -> None:
    link_id = await create_link(
        actor, "lift_lock", actor.account, client_id=client_id, ticket_id=ticket_id, method=tries.method
    )
    await record(
        actor,
        ProofLocked(
            ticket_id=ticket_id, client_id=client_id, account_id=actor.account, method=tries.method, link_id=link_id,
            locked_until=tries.locked_until,
        ),
    )  # fmt: skip


async def _lock_went_unsaid(client_id: UUID, tries: Tries, at: datetime) -> bool:
    """Whether the process that took the last try died before it told of the lock."""
    if at - tries.last_at < _COMPARING:
        return False
    return not await value(
        "select exists (select from one_time_links where client_id = $1 and method = $2 and purpose = 'lift_lock' "
        "and created_at >= $3)",
        client_id,
        tries.method,
        tries.last_at,
    )
