"""Open a ticket: on the portal by a contact or a guest, or by mail."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

import asyncpg

from backend.accounts.guests import account_of_address
from backend.accounts.throttle import take_guest_place
from backend.actor import Actor
from backend.clock import now
from backend.database import row, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.secrets.guard import require_no_leak
from backend.secrets.questions import secret_questions
from backend.secrets.seal import NewSecret
from backend.tenants.calendars import calendar_of_version
from backend.tenants.counters import next_number
from backend.tenants.open_department import hold_open_department
from backend.tenants.queries import get_company, may_submit
from backend.text import email_address, many_lines, one_line
from backend.tickets.change import get_policy, replace_timers
from backend.tickets.events import AccountNamed, TicketOpened
from backend.tickets.lifecycle.decide import Opened, State, decide
from backend.tickets.priorities import DEFAULT, URGENCY
from backend.tickets.projects.queries import require_own_project
from backend.tickets.promises.clocks import Standing
from backend.tickets.promises.keep import begin_promises
from backend.tickets.routing.route import route
from backend.tickets.sealing import check_secrets, seal_secrets
from backend.tickets.tables import Ticket
from backend.tickets.write_message import MOST_BODY, idempotency_key_of, sent_before, write_message
from backend.verification.attestations import Attestation, attest, attest_ticket, session_level
from backend.verification.checks import Proof
from backend.verification.levels import highest, reaches
from backend.verification.methods import methods_on
from backend.verification.prove import prove

MOST_SUBJECT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """What the client's side asks for. `name`, `email` and `account_named` are a guest's; `proof` is what was typed,
    `secrets` are sealed.

    `account_named` is the number of a client or an address on file, as the guest gives it: who owns it is asked by mail.
    `project_id` is one of the client's projects that are not done. With `send_anyway`, a text that looks as if it held a secret is taken as it is.
    """

    department_id: UUID
    subject: str
    body: str
    kind_id: UUID | None = None
    project_id: UUID | None = None
    priority: str | None = None
    name: str = ""
    email: str = ""
    account_named: str = ""
    proof: Proof | None = None
    secrets: tuple[NewSecret, ...] = ()
    send_anyway: bool = False
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedTicket:
    """The ticket that was opened, and the address to which its receipt goes."""

    id: UUID
    number: int
    message_id: UUID
    receipt_to: str


async def open_ticket(actor: Actor, new: NewTicket) -> OpenedTicket:
    """Open a ticket from the portal (FIELD.md C1, C3, C8).

    Everything else is checked before the proof is, so that a mistake in the form costs no try. The same
    `idempotency_key` from the same person opens one ticket, however often it is sent.

    Raises:
        Refusal: a field cannot be kept, the department takes nothing from the actor, proof is needed or refused, or a
            guest asks for too many. A guest, who can prove nothing here, is heard: the ticket says what is missing.
    """
    subject = one_line(new.subject, "subject", MOST_SUBJECT)
    body = many_lines(new.body, "body", MOST_BODY)
    idempotency_key = idempotency_key_of(new.idempotency_key)
    department = await row(
        "select id, audience, proof_level, archived_at from departments where id = $1", new.department_id
    )
    if department is None:
        raise Refusal("not_found", "departmentId")
    if department["archived_at"] is not None or not may_submit(actor, department["audience"]):
        raise Refusal("department_closed", "departmentId")
    is_guest = actor.kind == "guest"
    if actor.account_id is None:
        # Checked here so that a wrong address is refused before a ticket is begun.
        one_line(new.name, "name", 200)
    if is_guest or actor.account_id is None:
        # Before what costs much. Who reads their requests by an access code is a guest still.
        await take_guest_place(actor.tenant_id, email_address(actor.email or new.email), actor.address)
    check_secrets(new.secrets)
    if not new.send_anyway:
        await require_no_leak(subject, "subject")
        await require_no_leak(body, "body")
    required, category = department["proof_level"], None
    if new.kind_id is not None:
        kind = await row(
            "select proof_level, category from kinds where id = $1 and department_id = $2 and archived_at is null",
            new.kind_id,
            new.department_id,
        )
        if kind is None:
            raise Refusal("not_found", "kindId")
        required, category = highest(required, kind["proof_level"]), kind["category"]
    if new.project_id is not None:
        await require_own_project(actor, new.project_id)
    secrets = await _answers(new)
    company = await get_company()
    urgency = DEFAULT
    if new.priority is not None:
        if not company.priority_choice and not actor.is_staff:
            raise Refusal("priority_not_offered", "priority")
        urgency = URGENCY[new.priority]
    named = one_line(new.account_named, "accountNamed", 254) if is_guest and new.account_named.strip() else None
    attestation = await _attested(actor, required, new)
    return await _write(
        actor,
        department_id=new.department_id,
        kind_id=new.kind_id,
        category=category,
        project_id=new.project_id,
        subject=subject,
        body=body,
        urgency=urgency,
        channel="portal",
        required=required,
        policy_id=company.policy_id,
        attestation=attestation,
        name=new.name,
        email=new.email,
        idempotency_key=idempotency_key,
        account_named=named,
        secrets=secrets,
    )


async def open_from_mail(
    actor: Actor, *, department_id: UUID, subject: str, body: str, name: str, email: str, mail_message_id: str | None,
    answer_by_mail: bool, idempotency_key: str, automatic: bool = False, secrets: Sequence[NewSecret] = (),
    authenticated: bool = False,
) -> OpenedTicket:  # fmt: skip
    """Open a ticket from a mail to a department's address: medium priority, level email where its sender was
    `authenticated` and the company takes that for a proof, else none (FIELD.md E4).

    A mail needs no audience: whoever writes is heard, and the ticket says what little is proved. Where the department
    was archived, the ticket goes to an open one: see `hold_open_department`. `idempotency_key`
    is the mail's digest: the same mail opens one ticket.

    Raises:
        Refusal: the department is not here, or the sender's address cannot be kept.
    """
    company = await get_company()
    return await _write(
        actor,
        department_id=department_id,
        kind_id=None,
        subject=one_line(subject, "subject", MOST_SUBJECT),
        body=many_lines(body, "body", MOST_BODY),
        urgency=DEFAULT,
        channel="email",
        required=None,
        policy_id=company.policy_id,
        attestation=None,
        name=name,
        email=email,
        idempotency_key=idempotency_key,
        mail_message_id=mail_message_id,
        answer_by_mail=answer_by_mail,
        automatic=automatic,
        secrets=secrets,
        by_mail=authenticated and "email" in await methods_on(),
    )


async def _answers(new: NewTicket) -> tuple[NewSecret, ...]:
    """The secrets with the names of the form's questions. Raises: Refusal where one that is required is not there."""
    questions = {each["id"]: each for each in await secret_questions([new.kind_id])} if new.kind_id else {}
    given = {each.question_id for each in new.secrets if each.question_id}
    if not given <= questions.keys() or len(given) < sum(each.question_id is not None for each in new.secrets):
        raise Refusal("not_found", "secrets")
    if missing := [each for each in questions.values() if each["required"] and each["id"] not in given]:
        raise Refusal("secret_needed", "secrets", label=missing[0]["label"])
    return tuple(
        replace(each, label=questions[each.question_id]["label"], source="form") if each.question_id else each
        for each in new.secrets
    )


async def _attested(actor: Actor, required: str, new: NewTicket) -> Attestation | None:
    """The best proof at hand, after the one that was typed where it is needed.

    Raises:
        Refusal: the level is not reached by someone who could have proved it here.
    """
    at_hand = await session_level(actor)
    if reaches(at_hand.level if at_hand else "none", required):
        return at_hand
    if new.proof is None:
        if actor.kind == "guest":
            return at_hand
        raise Refusal("proof_needed", "proof")
    proved = await prove(actor, new.proof)
    if not reaches(proved.level, required):
        raise Refusal("proof_needed", "proof")
    return proved


async def _write(
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
) -> OpenedTicket:
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
