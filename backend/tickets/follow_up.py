"""A reply to a ticket that is closed for good makes a new one, linked, with the context (FIELD.md B8)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from backend.actor import Actor
from backend.database import row, value
from backend.events import record
from backend.ids import new_id
from backend.tenants.calendars import calendar_of_version
from backend.tenants.counters import next_number
from backend.tenants.open_department import hold_open_department
from backend.tickets.change import LockedTicket, get_policy, replace_timers
from backend.tickets.events import FollowUpOpened, TicketOpened
from backend.tickets.lifecycle.decide import Opened, State, decide
from backend.tickets.moves.carry import carry
from backend.tickets.promises.clocks import Standing
from backend.tickets.promises.keep import begin_promises
from backend.tickets.routing.route import route
from backend.tickets.tables import Ticket
from backend.tickets.write_message import write_message
from backend.verification.attestations import Attestation, attest_ticket
from backend.verification.levels import highest


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The new ticket and its first message."""

    ticket_id: UUID
    number: int
    message_id: UUID


async def open_follow_up(
    actor: Actor,
    ticket: LockedTicket,
    text: str,
    channel: Literal["portal", "email"],
    idempotency_key: str | None,
    mail_message_id: str | None,
    attestation: Attestation | None,
    at: datetime,
    attachments: Sequence[UUID] = (),
) -> FollowUp:
    """Open the linked ticket with a message, inside the transaction that holds the closed one's lock.

    It takes department, kind, client and urgency from the closed one, and the lifecycle that the company has now. Where
    its department was archived it goes to an open one, as a mail to that department's address does. What was proved then is not proved now: its level is that of the message.
    """
    level = attestation.level if attestation else "none"
    follow_up_id, message_id = new_id(), new_id()
    attested: UUID | None = None
    if attestation is not None:
        attested = (await attest_ticket(actor, attestation, ticket_id=follow_up_id, message_id=message_id)).id

    async def write() -> None:
        await write_message(
            actor, ticket_id=follow_up_id, author_id=actor.account, subject=ticket.subject, body=text, at=at,
            side="client", channel=channel, level=level, attestation_id=attested, idempotency_key=idempotency_key,
            mail_message_id=mail_message_id, message_id=message_id, attachments=attachments,
        )  # fmt: skip

    opening = _Opening(
        id=follow_up_id, requester_id=actor.account, message_id=message_id, channel=channel, level=level,
        attestation_id=attested, since=at,
    )  # fmt: skip
    return await _open(actor, ticket, opening, write, at)


async def follow_up_with(
    actor: Actor, ticket: LockedTicket, author_id: UUID, message_id: UUID, channel: Literal["portal", "email"],
    since: datetime, at: datetime,
) -> FollowUp:  # fmt: skip
    """As `open_follow_up`, with a message that is on the closed ticket: it moves, and is waited on since it was written."""
    message = await row("select level, attestation_id from messages where id = $1", message_id)
    assert message is not None, "the caller has just read it"
    follow_up_id = new_id()

    async def write() -> None:
        await carry(actor, [message_id], [], to=follow_up_id)

    opening = _Opening(
        id=follow_up_id, requester_id=author_id, message_id=message_id, channel=channel, level=message["level"],
        attestation_id=message["attestation_id"], since=since,
    )  # fmt: skip
    return await _open(actor, ticket, opening, write, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """What opens a follow-up: whose message, with which proof, and since when it waits."""

    id: UUID
    requester_id: UUID
    message_id: UUID
    channel: Literal["portal", "email"]
    level: str
    attestation_id: UUID | None
    since: datetime


async def _open(
    actor: Actor, ticket: LockedTicket, opening: _Opening, write: Callable[[], Awaitable[None]], at: datetime
) -> FollowUp:
    policy_id: UUID = await value("select policy_id from tenants")
    policy = await get_policy(actor.tenant_id, policy_id)
    place = await hold_open_department(actor, ticket.department_id)
    stays = place.department_id == ticket.department_id
    hours = await calendar_of_version(actor.tenant_id, place.terms)
    changes = decide(State(status=policy.initial), Opened(), policy, at, hours)
    number = await next_number(actor, "ticket")
    await Ticket.insert(
        Ticket(
            tenant_id=actor.tenant_id,
            id=opening.id,
            number=number,
            department_id=place.department_id,
            kind_id=ticket.kind_id if stays else None,
            client_id=ticket.client_id,
            requester_id=opening.requester_id,
            policy_id=policy_id,
            follow_up_of=ticket.id,
            subject=ticket.subject,
            status=changes.status.key,
            meaning=changes.status.meaning,
            urgency=ticket.urgency,
            channel=opening.channel,
            level=opening.level,
            required_level=ticket.required_level if stays else highest(ticket.required_level, place.proof_level),
            attestation_id=opening.attestation_id,
            tags=[],
            opened_at=at,
            # Who was never answered goes on waiting here, whatever ended the old ticket.
            waiting_since=min(ticket.waiting_since or opening.since, opening.since),
            ladder_since=at,
            last_activity_at=at,
            category=ticket.category if stays else place.category,
            project_id=ticket.project_id,
        )
    )
    await write()
    if ticket.waiting_since is not None:
        await Ticket.update({Ticket.waiting_since: None}).where(
            Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket.id
        )
    await replace_timers(actor, opening.id, changes, at)
    await begin_promises(
        actor, opening.id, Standing(
            meaning=changes.status.meaning, urgency=ticket.urgency, answered=False, waiting_since=opening.since,
        ), place.terms, at,
    )  # fmt: skip
    await record(
        actor,
        FollowUpOpened(ticket_id=ticket.id, number=ticket.number, follow_up_id=opening.id, follow_up_number=number),
    )
    await record(
        actor,
        TicketOpened(
            ticket_id=opening.id,
            number=number,
            department_id=place.department_id,
            message_id=opening.message_id,
            channel=opening.channel,
        ),
    )
    await route(actor, opening.id, number, "opened")
    return FollowUp(opening.id, number, opening.message_id)
