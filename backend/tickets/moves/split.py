"""Split a ticket: some of its messages go, never copied, into a new one, so that no question hides the other (FIELD.md A8)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import row, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.secrets.guard import require_no_leak
from backend.tenants.calendars import calendar_of_version, terms_of
from backend.tenants.counters import next_number
from backend.text import one_line
from backend.tickets.change import LockedTicket, lock_ticket, replace_timers, write_changes
from backend.tickets.held_back import require_proof_for_transfer
from backend.tickets.lifecycle.decide import CameAnswered, Opened, State, decide
from backend.tickets.moves.carry import carry, find_under, said_on, secrets_of
from backend.tickets.moves.events import TicketSplit, both_sides
from backend.tickets.moves.kept import Watched, keep_move
from backend.tickets.moves.proofs import own_level, proved_by_messages, proved_without, still_required
from backend.tickets.moves.waiting import Said, unanswered_since, waiting_without, waits
from backend.tickets.open import MOST_SUBJECT
from backend.tickets.promises.clocks import Standing
from backend.tickets.promises.keep import begin_promises
from backend.tickets.routing.route import route
from backend.tickets.tables import Ticket
from backend.verification.levels import highest

MOST_MESSAGES: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What goes into a ticket of its own. `without_proof` is why a lead goes on where the department holds it back."""

    message_ids: Sequence[UUID]
    department_id: UUID
    subject: str
    kind_id: UUID | None = None
    without_proof: str | None = None


async def split_ticket(actor: Actor, number: int, part: Part) -> int:
    """Move messages, and notes if one likes, into a new ticket of the same requester. Returns its number.

    Each of the two waits since its own first unanswered message: one that nobody answered keeps its place in the queue.
    The new one's level is that of its own messages.

    Raises:
        Refusal: not on the staff; ticket, department, kind or a message not there; archived; nothing of the client's
            would go, or no message would stay; held back for want of proof; or a subject that cannot be kept.
    """
    require_staff(actor)
    subject = one_line(part.subject, "subject", MOST_SUBJECT)
    await require_no_leak(subject, "subject")
    wanted = frozenset(part.message_ids)
    if len(wanted) > MOST_MESSAGES:
        raise Refusal("too_many", "messageIds", most=MOST_MESSAGES)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        place = await _place(part)
        said = await said_on(ticket.id)
        gone, stay = [each for each in said if each.id in wanted], [each for each in said if each.id not in wanted]
        if len(gone) < len(wanted):
            raise Refusal("not_found", "messageIds")
        if not any(each.asks for each in gone):
            raise Refusal("split_needs_message", "messageIds")
        if not any(each.public for each in stay):
            raise Refusal("split_takes_all", "messageIds")
        if part.department_id != ticket.department_id:
            level = await own_level(sorted(wanted))
            await require_proof_for_transfer(
                actor, replace(ticket, level=level), part.department_id, place.holds, place.own_level,
                part.without_proof,
            )  # fmt: skip
        at = now()
        move_id, secrets = new_id(), await secrets_of(ticket.id, sorted(wanted))
        watched = await Watched.begin(ticket.id)
        made = await _write_part(actor, ticket, part, subject, gone, place, at, secrets)
        await _write_rest(actor, ticket, stay, gone, at)
        await keep_move(
            actor, "split", move_id, ticket.id, made.id, at, [each.id for each in gone], secrets, [(ticket.id, watched)]
        )
        for each, side in both_sides(_Made(ticket.id, number), made):
            await record(
                actor,
                TicketSplit(
                    ticket_id=each.id, number=each.number, side=side, move_id=move_id, from_number=number, to_number=made.number,
                    messages=len(gone), from_department_id=ticket.department_id, to_department_id=part.department_id,
                ),
            )  # fmt: skip
        if part.department_id != ticket.department_id:
            await route(actor, made.id, made.number, "opened")
    return made.number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the part goes: whether transfers there are held back, the level of the department itself, what the ticket needs
    and what it is."""

    holds: bool
    own_level: str
    required: str
    category: str


@dataclass(frozen=True, slots=True)
class _Made:
    id: UUID
    number: int


async def _place(part: Part) -> _Place:
    """The department, held open, with what it and the kind say of a request there."""
    found = await row(
        "select archived_at, proof_level, holds_transfers, category from departments where id = $1 for share",
        part.department_id,
    )
    if found is None:
        raise Refusal("not_found", "departmentId")
    if found["archived_at"] is not None:
        raise Refusal("archived", "departmentId")
    kind = found
    if part.kind_id is not None:
        chosen = await row(
            "select proof_level, category from kinds where id = $1 and department_id = $2 and archived_at is null",
            part.kind_id,
            part.department_id,
        )
        if chosen is None:
            raise Refusal("not_found", "kindId")
        kind = chosen
    return _Place(
        holds=found["holds_transfers"], own_level=found["proof_level"],
        required=highest(found["proof_level"], kind["proof_level"]), category=kind["category"],
    )  # fmt: skip


async def _write_part(
    actor: Actor, ticket: LockedTicket, part: Part, subject: str, gone: Sequence[Said], place: _Place, at: datetime,
    secrets: Sequence[UUID],
) -> _Made:  # fmt: skip
    """The new ticket with its messages. Where all of them were answered it stands as after an answer."""
    made, ids = new_id(), [each.id for each in gone]
    stays = part.department_id == ticket.department_id
    since = unanswered_since(gone)
    terms = await terms_of(part.department_id)
    calendar = await calendar_of_version(actor.tenant_id, terms)
    happened: Opened | CameAnswered = Opened()
    if since is None:
        happened = CameAnswered(ticket.status if ticket.status in ticket.policy.replies else ticket.policy.usual_reply)
    changes = decide(State(status=ticket.policy.initial), happened, ticket.policy, at, calendar)
    first = next(each for each in gone if each.asks)
    source = await row("select channel from messages where id = $1", first.id)
    proved = await proved_by_messages(actor.tenant_id, made, ids)
    number = await next_number(actor, "ticket")
    await Ticket.insert(
        Ticket(
            tenant_id=actor.tenant_id,
            id=made,
            number=number,
            department_id=part.department_id,
            kind_id=part.kind_id,
            client_id=ticket.client_id,
            requester_id=ticket.requester_id,
            assignee_id=ticket.assignee_id if stays else None,
            policy_id=ticket.policy_id,
            split_from=ticket.id,
            subject=subject,
            status=changes.status.key,
            meaning=changes.status.meaning,
            urgency=ticket.urgency,
            channel=source["channel"] if source else "desk",
            level=proved.level,
            required_level=still_required(ticket.level, ticket.required_level, place.required),
            attestation_id=proved.attestation_id,
            tags=[],
            ladder_since=at,
            # They asked then, not when it was split: what is measured from the opening is measured from there.
            opened_at=first.at,
            waiting_since=since,
            last_activity_at=at,
            first_responded_at=min((each.at for each in gone if each.answers), default=None),
            category=place.category,
            project_id=ticket.project_id if stays else None,
            solved_at=at if changes.status.meaning == "solved" else None,
            closed_at=at if changes.status.meaning == "closed" else None,
        )
    )
    await carry(actor, ids, secrets, to=made)
    await find_under(actor, ids, subject)
    await replace_timers(actor, made, changes, at)
    answered = any(each.answers for each in gone)
    standing = Standing(meaning=changes.status.meaning, urgency=ticket.urgency, answered=answered, waiting_since=since)
    await begin_promises(actor, made, standing, terms, at)
    return _Made(made, number)


async def _write_rest(
    actor: Actor, ticket: LockedTicket, stay: Sequence[Said], gone: Sequence[Said], at: datetime
) -> None:
    """What the old ticket is without them."""
    since = waiting_without(ticket.waiting_since, stay, gone)
    changes = waits(ticket, since, at)
    further: dict[str, object] = {}
    proved = await proved_without(
        actor.tenant_id, ticket.id, [each.id for each in gone], [each.id for each in stay if each.public]
    )
    if proved is not None:
        further |= {"level": proved.level, "attestation_id": proved.attestation_id}
    if ticket.first_responded_at is not None:
        further["first_responded_at"] = min((each.at for each in stay if each.answers), default=None)
    await write_changes(actor, ticket, changes, at, **further)
