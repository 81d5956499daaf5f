"""What a company holds back until enough is proved: statuses that it marks, and transfers to departments that it marks.

While the level of a ticket does not reach the one that it needs, staff may not set such a status, answer with it or move
the ticket to such a department. A lead may, with a reason that stays in the history. What a ticket does by itself, when
a timer is due or its client writes, is no act of the staff and is not held.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from uuid import UUID

from backend.actor import Actor
from backend.database import row, value
from backend.errors import Refusal
from backend.events import record
from backend.secrets.guard import require_no_leak
from backend.text import one_line
from backend.tickets.change import LockedTicket
from backend.tickets.events import WentOnWithoutProof
from backend.verification.levels import highest, reaches
from backend.verification.words import NEEDED

Held: TypeAlias = Literal["set_status", "reply", "transfer"]
MOST_REASON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofNeeds:
    """What the bound tenant marks: keys of statuses, and departments with the level that each needs."""

    statuses: frozenset[str]
    departments: dict[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An act that a ticket's level does not allow: `status` or `department_id` says which, `needed` what it takes."""

    act: Held
    needed: str
    status: str | None = None
    department_id: UUID | None = None


async def get_proof_needs() -> ProofNeeds:
    """What the bound tenant marks now."""
    found = await row(
        """select t.held_statuses,
                  array(select d.id from departments d where d.holds_transfers order by d.id) as ids,
                  array(select d.proof_level from departments d where d.holds_transfers order by d.id) as levels
             from tenants t"""
    )
    if found is None:
        raise Refusal("not_found")
    return ProofNeeds(
        statuses=frozenset(found["held_statuses"]),
        departments=dict(zip(found["ids"], found["levels"], strict=True)),
    )


def held_back(
    needs: ProofNeeds, *, level: str, required: str, statuses: Collection[str], replies: Collection[str], here: UUID
) -> list[HeldBack]:
    """What is held back on a ticket with this level, out of the statuses that it could take; `here` is its department."""
    found: list[HeldBack] = []
    if not reaches(level, required):
        found += [HeldBack(act="set_status", needed=required, status=key) for key in statuses if key in needs.statuses]
        found += [HeldBack(act="reply", needed=required, status=key) for key in replies if key in needs.statuses]
    for department_id, own in needs.departments.items():
        needed = highest(required, own)
        if department_id != here and not reaches(level, needed):
            found.append(HeldBack(act="transfer", needed=needed, department_id=department_id))
    return found


async def require_proof_for_status(
    actor: Actor, ticket: LockedTicket, act: Literal["set_status", "reply"], status: str, reason: str | None,
    *, tells: bool = True,
) -> None:  # fmt: skip
    """Let a marked status through only with proof, or for a lead with a reason; under the ticket's lock.

    `tells`: that a lead goes on is written into the history; else this only asks whether one may.

    Raises:
        Refusal: `held_back`, or `lead_needed` where a reason comes from someone who is no lead.
    """
    if not reaches(ticket.level, ticket.required_level) and await value(
        "select $1 = any(held_statuses) from tenants", status
    ):
        await _go_on_or_refuse(
            actor, ticket, act, ticket.required_level, reason, status=status, field="status", tells=tells
        )


async def require_proof_for_transfer(
    actor: Actor, ticket: LockedTicket, department_id: UUID, holds: bool, own_level: str, reason: str | None
) -> None:
    """The same for a transfer to a department that `holds` transfers and needs `own_level` itself.

    Raises:
        Refusal: as `require_proof_for_status`.
    """
    needed = highest(ticket.required_level, own_level)
    if holds and not reaches(ticket.level, needed):
        await _go_on_or_refuse(
            actor, ticket, "transfer", needed, reason, department_id=department_id, field="departmentId"
        )


async def _go_on_or_refuse(
    actor: Actor,
    ticket: LockedTicket,
    act: Held,
    needed: str,
    reason: str | None,
    *,
    field: str,
    status: str | None = None,
    department_id: UUID | None = None,
    tells: bool = True,
) -> None:
    if reason is None:
        raise Refusal("held_back", field, needed=NEEDED[needed])
    if not actor.leads:
        raise Refusal("lead_needed", "withoutProof")
    kept = one_line(reason, "withoutProof", MOST_REASON)
    await require_no_leak(kept, "withoutProof")
    if not tells:
        return
    await record(
        actor,
        WentOnWithoutProof(
            ticket_id=ticket.id, number=ticket.number, act=act, status=status, department_id=department_id,
            needed=needed, level=ticket.level, reason=kept,
        ),
    )  # fmt: skip
