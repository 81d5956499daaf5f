"""Prove that a client account is one's own: by its password or by the last four digits of the card that pays for it.

Who tries is a contact in a session, or the holder of a link that was mailed to one; nobody else, so that no stranger can
lock a client out. A try is committed before its secret is looked at. Whatever does not pass is refused in the same words
and, since every try costs one argon2 run, in the same time: a wrong password, wrong digits, another client's digits, no
card on file, a role whose password is not the account's, and what can be no password or digits at all.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias
from uuid import UUID

from backend.accounts.challenges import Holder
from backend.accounts.links import Link, read_link, use_link
from backend.accounts.passkeys import signing_options
from backend.accounts.passwords import Busy
from backend.accounts.throttle import give_back, take_proof_place
from backend.actor import Actor
from backend.clock import real_now
from backend.database import row, transaction
from backend.errors import Refusal
from backend.events import record
from backend.verification.attempts import record_refusal, take_try
from backend.verification.attestations import Attestation, insert_session_attestation
from backend.verification.checks import CannotCheck, Proof, passes, require_usable
from backend.verification.events import ProofPassed
from backend.verification.levels import STEP_UPS, StepUp
from backend.verification.methods import require_method
from backend.verification.tries import end_try
from backend.verification.turns import a_turn, in_line

Keep: TypeAlias = Callable[[StepUp], Awaitable[Attestation]]
"""Keeps a proof that passed, inside the transaction that says so."""
KeepInSession: TypeAlias = Callable[[UUID, StepUp], Awaitable[Attestation]]
"""The same for who is signed in: the session, and the method."""
KeepOfLink: TypeAlias = Callable[[Actor, Link, StepUp], Awaitable[Attestation]]
"""The same for the holder of a link, who acts as the contact to whom it was mailed."""


async def prove(
    actor: Actor, proof: Proof, *, ticket_id: UUID | None = None, keep: KeepInSession | None = None
) -> Attestation:
    """Compare the secret and keep the proof in the actor's session for a quarter of an hour.

    Opens two transactions of its own, so the caller has none open. `ticket_id` names the ticket that it is about, which
    the caller has found to be the actor's to see; its history tells of the try. Where the proof is kept for more than the
    session, `keep` does both in the last of the transactions, after the client's row was locked.

    Raises:
        Refusal: `proof_not_offered`; `proof_too_new`; `proof_refused`; `proof_locked`, then without looking at the secret; `proof_unavailable` where it could
            not be compared; `sign_in_needed`, `not_allowed` for who is no contact in a session.
    """
    session_id = actor.session_id
    if actor.kind != "contact" or session_id is None or actor.client_id is None:
        raise Refusal("not_allowed" if actor.is_staff else "sign_in_needed", "proof")
    return await _try(
        actor,
        actor.client_id,
        proof,
        ticket_id,
        Holder("session", str(session_id)),
        lambda method: keep(session_id, method) if keep else _in_session(actor, session_id, method),
    )


async def _in_session(actor: Actor, session_id: UUID, method: StepUp) -> Attestation:
    return (await insert_session_attestation(actor, session_id, method))[0]


async def prove_by_link(visitor: Actor, token: str, proof: Proof, keep: KeepOfLink) -> Attestation:
    """Compare the secret that the holder of a mailed link types; the link is used up by the one that passes.

    Opens transactions as `prove` does. `keep` runs in the last of them, after the client's row was locked.

    Raises:
        Refusal: those of `prove`; `link_expired` where the link was used, has expired, is not for this or was not made
            here, or its contact is one no longer.
    """
    link, holder = await link_holder(visitor, token)
    if link.client_id is None:
        raise Refusal("link_expired", "token")

    async def keep_and_use(method: StepUp) -> Attestation:
        # The ticket's lock before the link's, as whoever asks for proof takes them.
        made = await keep(holder, link, method)
        await use_link(visitor.tenant_id, token, "prove", real_now())
        return made

    return await _try(holder, link.client_id, proof, link.ticket_id, Holder("link", str(link.id)), keep_and_use)


async def passkey_options(actor: Actor, token: str | None, origin: str) -> str:
    """What the browser needs to prove by a passkey, as JSON: in the actor's session, or for the holder of a link.

    Raises:
        Refusal: `proof_not_offered`; `link_expired`; `sign_in_needed`, `not_allowed` for who is no contact in a session.
    """
    await require_method("passkey")
    if token is not None:
        link, contact = await link_holder(actor, token)
        holder = Holder("link", str(link.id))
    elif actor.kind == "contact" and actor.session_id is not None:
        contact, holder = actor, Holder("session", str(actor.session_id))
    else:
        raise Refusal("not_allowed" if actor.is_staff else "sign_in_needed", "proof")
    return await signing_options(actor.tenant_id, "prove", holder=holder, origin=origin, account_id=contact.account)


async def link_holder(visitor: Actor, token: str) -> tuple[Link, Actor]:
    """A link to prove by that can still be used, and the contact as whom its holder acts: never the visitor's own self.

    Raises:
        Refusal: `link_expired`, as told by `prove_by_link`.
    """
    link = await read_link(visitor.tenant_id, token)
    if link is None or link.expired or link.purpose != "prove":
        raise Refusal("link_expired", "token")
    contact = await row(
        """select a.name, a.email, c.role from accounts a
             join contacts c on c.tenant_id = a.tenant_id and c.account_id = a.id
            where a.id = $1 and c.client_id = $2 and a.disabled_at is null""",
        link.account_id,
        link.client_id,
    )
    if contact is None:
        raise Refusal("link_expired", "token")
    holder = replace(
        visitor, kind="contact", account_id=link.account_id, name=contact["name"], email=contact["email"], role=None,
        client_id=link.client_id, contact_role=contact["role"], session_id=None,
    )  # fmt: skip
    return link, holder


async def _try(
    actor: Actor, client_id: UUID, proof: Proof, ticket_id: UUID | None, holder: Holder, keep: Keep
) -> Attestation:
    async with in_line():
        return await _try_in_line(actor, client_id, proof, ticket_id, holder, keep)


async def _try_in_line(
    actor: Actor, client_id: UUID, proof: Proof, ticket_id: UUID | None, holder: Holder, keep: Keep
) -> Attestation:
    method = next((each for each in STEP_UPS if each == proof.method), None)
    if method is None:
        raise Refusal("proof_refused", "proof")
    await require_usable(actor, method)
    place = await take_proof_place(actor.tenant_id, actor.address)
    async with a_turn():
        attempt_id, ordinal = await take_try(actor, client_id, method, ticket_id=ticket_id, told=actor.account)
    code = "proof_refused"
    try:
        passed = await passes(actor, client_id, method, proof.secret, holder)
    except CannotCheck as away:
        code = "proof_unavailable"
        if not away.compared:
            async with transaction():
                await end_try(actor, client_id, attempt_id, "void")
            raise Refusal(code, "proof") from away
        passed = False
    except Busy:
        async with transaction():
            await end_try(actor, client_id, attempt_id, "void")
        raise
    made: Attestation | None = None
    async with a_turn(), transaction():
        await end_try(actor, client_id, attempt_id, "passed" if passed else "failed")
        if passed:
            made = await keep(method)
            await record(
                actor,
                ProofPassed(
                    ticket_id=ticket_id, client_id=client_id, method=method, level=made.level, attestation_id=made.id
                ),
            )
        else:
            await record_refusal(actor, client_id, method, ticket_id=ticket_id, told=actor.account, ordinal=ordinal)
    if made is None:
        raise Refusal(code, "proof")
    await give_back(place)
    return made
