"""Prove, by a mailed link and without signing in, that the account of a ticket is one's own: its level is raised in place.

Opening the link changes nothing, since mail programs open links on their own. Going on proves that the mail was read at
the address on file; what more is needed is typed right there. The link ends with what it was mailed for.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.accounts.links import Link, use_link
from backend.actor import Actor, system
from backend.clock import real_now
from backend.database import Row, row, transaction
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import LockedTicket, lock_ticket_by_id, lock_where_it_goes_on
from backend.tickets.events import LevelRaised
from backend.tickets.tables import Ticket
from backend.verification import prove
from backend.verification.attestations import Attestation, attest
from backend.verification.checks import Proof
from backend.verification.levels import LEVEL_OF, STEP_UPS, Method, StepUp, highest, reaches
from backend.verification.methods import methods_on, works
from backend.verification.prove import link_holder
from backend.verification.tries import counted_tries, lock_client


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToProve:
    """A method that reaches what is needed; `locked_until` where its tries of the day are used up."""

    method: StepUp
    locked_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRequest:
    """What a link asks for. `asked_by` is who sent the request, with the address, where that is not the link's contact."""

    number: int
    subject: str
    department: str
    kind: str | None
    asked_by: str | None
    needed: str
    missing: bool
    ways: list[WayToProve]


async def proof_request(visitor: Actor, token: str) -> ProofRequest:
    """What the link asks for; reading it changes nothing.

    Raises:
        Refusal: `link_expired`, whatever is wrong with it.
    """
    link, holder = await link_holder(visitor, token)
    found = await row(
        """select t.number, t.subject, t.required_level, t.level, t.client_id, t.requester_id, d.name as department,
                  k.name as kind, r.name as asker, r.email as asker_email,
                  coalesce(p.at >= l.created_at, false) as is_newer
             from one_time_links l
             join tickets t on t.tenant_id = l.tenant_id and t.id = goes_on_in(l.ticket_id)
             join departments d on d.tenant_id = t.tenant_id and d.id = t.department_id
             join accounts r on r.tenant_id = t.tenant_id and r.id = t.requester_id
             left join kinds k on k.tenant_id = t.tenant_id and k.id = t.kind_id
             left join attestations p on p.tenant_id = t.tenant_id and p.id = t.attestation_id
            where l.id = $1""",
        link.id,
    )
    if found is None or found["client_id"] not in (None, link.client_id) or link.client_id is None:
        raise Refusal("link_expired", "token")
    on = await methods_on()
    needed = _needed(found["required_level"], on)
    tries = await counted_tries(link.client_id, real_now())
    return ProofRequest(
        number=found["number"],
        subject=found["subject"],
        department=found["department"],
        kind=found["kind"],
        asked_by=None if found["requester_id"] == link.account_id else f"{found['asker']} <{found['asker_email']}>",
        needed=needed,
        missing=_missing(found, needed),
        ways=[
            WayToProve(
                method=method,
                locked_until=each.locked_until if (each := tries.get(method)) is not None and each.locked else None,
            )
            for method in STEP_UPS
            if method in on
            and reaches(LEVEL_OF[method], needed)
            and (LEVEL_OF[method] != "second_factor" or await works(holder, link.client_id, method))
        ],
    )


async def go_on_by_link(visitor: Actor, token: str) -> None:
    """Attest that the mail was read at the address on file. The link is used up where that is all that is needed.

    Raises:
        Refusal: `link_expired`, whatever is wrong with it.
    """
    link, holder = await link_holder(visitor, token)
    if link.client_id is None:
        raise Refusal("link_expired", "token")
    on = await methods_on()
    async with transaction():
        await lock_client(link.client_id)
        ticket = await _lock(holder, link)
        if "email" in on and not reaches(ticket.level, "email"):
            ticket = (await _raise(holder, ticket, "email"))[0]
        if _needed(ticket.required_level, on) == "email":
            await use_link(visitor.tenant_id, token, "prove", real_now())
        elif not await _still_good(link.id):
            raise Refusal("link_expired", "token")


async def prove_ticket_by_link(visitor: Actor, token: str, proof: Proof) -> None:
    """Raise the level of the link's ticket by what its holder types now.

    Raises:
        Refusal: `link_expired`, whatever is wrong with the link; `proof_refused`, `proof_locked`, `proof_unavailable`.
    """

    async def keep(holder: Actor, link: Link, method: StepUp) -> Attestation:
        return (await _raise(holder, await _lock(holder, link), method))[1]

    await prove.prove_by_link(visitor, token, proof, keep)


async def _lock(holder: Actor, link: Link) -> LockedTicket:
    """The link's ticket, locked; as the system, since the ticket of a guest is not its contact's to see yet."""
    if link.ticket_id is None:
        raise Refusal("link_expired", "token")
    finder = system(holder.tenant_id, holder.language, "a mailed link was followed")
    ticket = await lock_where_it_goes_on(finder, ticket_id=link.ticket_id)
    if ticket.client_id not in (None, link.client_id):
        raise Refusal("link_expired", "token")
    return ticket


async def _raise(holder: Actor, ticket: LockedTicket, method: Method) -> tuple[LockedTicket, Attestation]:
    """Keep the proof on the ticket, which belongs to the holder's client from now on; its level never falls."""
    made = await attest(
        holder,
        account_id=holder.account,
        by=holder.name,
        client_id=holder.client_id,
        method=method,
        ticket_id=ticket.id,
    )
    if reaches(made.level, ticket.level):
        await Ticket.update(
            {Ticket.level: made.level, Ticket.attestation_id: made.id, Ticket.client_id: holder.client_id}
        ).where(Ticket.tenant_id == holder.tenant_id, Ticket.id == ticket.id)
    await record(holder, LevelRaised(ticket_id=ticket.id, number=ticket.number, level=made.level, method=made.method))
    return await lock_ticket_by_id(holder, ticket.id), made


async def _still_good(link_id: UUID) -> bool:
    found = await row(
        "select 1 from one_time_links where id = $1 and used_at is null and expires_at > $2 for update",
        link_id,
        real_now(),
    )
    return found is not None


def _needed(required: str, on: frozenset[str]) -> str:
    """What the link asks for: that the mail was read, where that counts here, and more where the ticket needs it."""
    return highest(required, "email" if "email" in on else "signed_in")


def _missing(ticket: Row, needed: str) -> bool:
    """Proof that was given before this link was asked for is not what it asks for."""
    return not (reaches(ticket["level"], needed) and ticket["is_newer"])
