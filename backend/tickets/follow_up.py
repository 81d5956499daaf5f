"""A reply to a ticket that is closed for good makes a new one, linked, with the context (FIELD.md B8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from backend.actor import Actor
from backend.database import value
from backend.events import record
from backend.ids import new_id
from backend.tenants.calendars import calendar_of_version
from backend.tenants.counters import next_number
from backend.tenants.open_department import hold_open_department
from backend.tickets.change import LockedTicket, get_policy, replace_timers
from backend.tickets.events import FollowUpOpened, TicketOpened
from backend.tickets.lifecycle.decide import Opened, State, decide
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
) -> FollowUp:
    """Open the linked ticket inside the transaction that holds the closed one's lock.

    It takes department, kind, client and urgency from the closed one, and the lifecycle that the company has now. Where
    its department was archived it goes to an open one, as a mail to that department's address does. What was proved then is not proved now: its level is that of the message.
    """
    policy_id: UUID = await value("select policy_id from tenants")
    policy = await get_policy(actor.tenant_id, policy_id)
    place = await hold_open_department(actor, ticket.department_id)
    stays = place.department_id == ticket.department_id
    hours = await calendar_of_version(actor.tenant_id, place.terms)
    changes = decide(State(status=policy.initial), Opened(), policy, at, hours)
    level = attestation.level if attestation else "none"
    follow_up_id, message_id = new_id(), new_id()
    attested: UUID | None = None
    if attestation is not None:
        attested = (await attest_ticket(actor, attestation, ticket_id=follow_up_id, message_id=message_id)).id
    number = await next_number(actor, "ticket")
    await Ticket.insert(
        Ticket(
            tenant_id=actor.tenant_id,
            id=follow_up_id,
            number=number,
            department_id=place.department_id,
            kind_id=ticket.kind_id if stays else None,
            client_id=ticket.client_id,
            requester_id=actor.account,
            policy_id=policy_id,
            follow_up_of=ticket.id,
            subject=ticket.subject,
            status=changes.status.key,
            meaning=changes.status.meaning,
            urgency=ticket.urgency,
            channel=channel,
            level=level,
            required_level=ticket.required_level if stays else highest(ticket.required_level, place.proof_level),
            attestation_id=attested,
            tags=[],
            opened_at=at,
            # Who was never answered goes on waiting here, whatever ended the old ticket.
            waiting_since=ticket.waiting_since or changes.waiting_since,
            ladder_since=at,
            last_activity_at=at,
            category=ticket.category if stays else place.category,
            project_id=ticket.project_id,
        )
    )
    await write_message(
        actor, ticket_id=follow_up_id, author_id=actor.account, subject=ticket.subject, body=text, at=at, side="client",
        channel=channel, level=level, attestation_id=attested, idempotency_key=idempotency_key, mail_message_id=mail_message_id,
        message_id=message_id,
    )  # fmt: skip
    if ticket.waiting_since is not None:
        await Ticket.update({Ticket.waiting_since: None}).where(
            Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket.id
        )
    await replace_timers(actor, follow_up_id, changes, at)
    await begin_promises(
        actor, follow_up_id, Standing(
            meaning=changes.status.meaning, urgency=ticket.urgency, answered=False, waiting_since=changes.waiting_since,
        ), place.terms, at,
    )  # fmt: skip
    await record(
        actor,
        FollowUpOpened(ticket_id=ticket.id, number=ticket.number, follow_up_id=follow_up_id, follow_up_number=number),
    )
    await record(
        actor,
        TicketOpened(
            ticket_id=follow_up_id,
            number=number,
            department_id=place.department_id,
            message_id=message_id,
            channel=channel,
        ),
    )
    await route(actor, follow_up_id, number, "opened")
    return FollowUp(follow_up_id, number, message_id)
