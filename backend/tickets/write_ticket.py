"""What there is once a ticket is opened: the ticket, its message, proof, timers, promises, secrets and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import asyncpg

from backend.accounts.guests import account_of_address
from backend.actor import Actor
from backend.clock import now
from backend.database import row, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.secrets.seal import NewSecret
from backend.tenants.calendars import calendar_of_version
from backend.tenants.counters import next_number
from backend.tenants.open_department import hold_open_department
from backend.tickets.change import get_policy, replace_timers
from backend.tickets.events import AccountNamed, TicketOpened
from backend.tickets.lifecycle.decide import Opened, State, decide
from backend.tickets.promises.clocks import Standing
from backend.tickets.promises.keep import begin_promises
from backend.tickets.routing.route import route
from backend.tickets.sealing import seal_secrets
from backend.tickets.tables import Ticket
from backend.tickets.write_message import sent_before, write_message
from backend.verification.attestations import Attestation, attest, attest_ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedTicket:
    """The ticket that was opened, and the address to which its receipt goes."""

    id: UUID
    number: int
    message_id: UUID
    receipt_to: str


async def write_ticket(
    actor: Actor,
    *,
    department_id: UUID,
    kind_id: UUID | None,
    subject: str,
    body: str,
    urgency: int,
    channel: Literal["portal", "email"],
    required: str | None,
    policy_id: UUID,
    attestation: Attestation | None,
    name: str,
    email: str,
    idempotency_key: str | None,
    mail_message_id: str | None = None,
    answer_by_mail: bool = True,
    automatic: bool = False,
    account_named: str | None = None,
    secrets: Sequence[NewSecret] = (),
    by_mail: bool = False,
    category: str | None = None,
    project_id: UUID | None = None,
    attachments: Sequence[UUID] = (),
) -> OpenedTicket:
    """Write a ticket with all that begins with it, in one transaction, of what was checked before.

    The same `idempotency_key` from the same person writes one. `by_mail`: the sender's address counts as a proof.

    Raises:
        Refusal: the department of a request from the portal was archived meanwhile.
    """
    for _ in range(2):
        try:
            async with transaction():
                requester = actor.account_id or await account_of_address(actor, email=email, name=name)
                if (before := await sent_before(requester, idempotency_key)) is not None:
                    return await _opened(before[1], before[0])
                place = await hold_open_department(actor, department_id)
                if channel == "portal" and place.department_id != department_id:
                    raise Refusal("department_closed", "departmentId")
                policy = await get_policy(actor.tenant_id, policy_id)
                at = now()
                hours = await calendar_of_version(actor.tenant_id, place.terms)
                changes = decide(State(status=policy.initial), Opened(), policy, at, hours)
                ticket_id, message_id = new_id(), new_id()
                kept: Attestation | None = None
                if attestation is not None:
                    kept = await attest_ticket(actor, attestation, ticket_id=ticket_id, message_id=message_id)
                elif by_mail:
                    kept = await attest(
                        actor, account_id=requester, by=name, client_id=actor.client_id, method="email",
                        ticket_id=ticket_id, message_id=message_id,
                    )  # fmt: skip
                level, attested = (kept.level, kept.id) if kept else ("none", None)
                number = await next_number(actor, "ticket")
                await Ticket.insert(
                    Ticket(
                        tenant_id=actor.tenant_id,
                        id=ticket_id,
                        number=number,
                        department_id=place.department_id,
                        kind_id=kind_id,
                        client_id=actor.client_id,
                        requester_id=requester,
                        policy_id=policy_id,
                        subject=subject,
                        status=changes.status.key,
                        meaning=changes.status.meaning,
                        urgency=urgency,
                        channel=channel,
                        level=level,
                        required_level=required or place.proof_level,
                        attestation_id=attested,
                        tags=[],
                        opened_at=at,
                        waiting_since=changes.waiting_since,
                        ladder_since=at,
                        last_activity_at=at,
                        category=category or place.category,
                        project_id=project_id,
                    )
                )
                await write_message(
                    actor,
                    ticket_id=ticket_id,
                    author_id=requester,
                    subject=subject,
                    body=body,
                    at=at,
                    side="client",
                    channel=channel,
                    level=level,
                    attestation_id=attested,
                    idempotency_key=idempotency_key,
                    mail_message_id=mail_message_id,
                    message_id=message_id,
                    attachments=attachments,
                )
                await replace_timers(actor, ticket_id, changes, at)
                await begin_promises(
                    actor, ticket_id, Standing(
                        meaning=changes.status.meaning, urgency=urgency, answered=False, waiting_since=changes.waiting_since,
                    ), place.terms, at,
                )  # fmt: skip
                await seal_secrets(
                    actor, secrets, ticket_id=ticket_id, number=number, message_id=message_id, by=requester,
                    side="client", at=at,
                )  # fmt: skip
                await record(
                    actor,
                    TicketOpened(
                        ticket_id=ticket_id,
                        number=number,
                        department_id=place.department_id,
                        message_id=message_id,
                        channel=channel,
                        answer_by_mail=answer_by_mail,
                        automatic=automatic,
                    ),
                )
                if account_named is not None:
                    await record(actor, AccountNamed(ticket_id=ticket_id, number=number, named=account_named))
                await route(actor, ticket_id, number, "opened")
                return await _opened(ticket_id, message_id)
        except asyncpg.UniqueViolationError as twice:
            # The same key came twice at once: the other one wrote first, and is found in the second round.
            if twice.constraint_name != "messages_once":
                raise
    raise Refusal("already_there", "idempotencyKey")


async def _opened(ticket_id: UUID, message_id: UUID) -> OpenedTicket:
    found = await row(
        "select t.number, a.email from tickets t join accounts a on a.tenant_id = t.tenant_id and a.id = t.requester_id "
        "where t.id = $1",
        ticket_id,
    )
    if found is None:
        raise Refusal("not_found", "number")
    return OpenedTicket(id=ticket_id, number=found["number"], message_id=message_id, receipt_to=found["email"])
