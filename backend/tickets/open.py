"""Open a ticket: on the portal by a contact or a guest, or by mail."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from backend.accounts.throttle import take_guest_place
from backend.actor import Actor
from backend.attachments.attach import check_attachments
from backend.database import row
from backend.errors import Refusal
from backend.secrets.guard import require_no_leak
from backend.secrets.questions import secret_questions
from backend.secrets.seal import NewSecret
from backend.tenants.queries import get_company, may_submit
from backend.text import email_address, many_lines, one_line
from backend.tickets.priorities import DEFAULT, URGENCY
from backend.tickets.projects.queries import require_own_project
from backend.tickets.sealing import check_secrets
from backend.tickets.write_message import MOST_BODY, idempotency_key_of
from backend.tickets.write_ticket import OpenedTicket, write_ticket
from backend.verification.attestations import Attestation, session_level
from backend.verification.checks import Proof
from backend.verification.levels import highest, reaches
from backend.verification.methods import methods_on
from backend.verification.prove import prove

MOST_SUBJECT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """What the client's side asks for. `name`, `email` and `account_named` are a guest's; `proof` is what was typed,
    `secrets` are sealed, `attachments` are files that were uploaded.

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
    attachments: tuple[UUID, ...] = ()
    send_anyway: bool = False
    idempotency_key: str | None = None


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
    check_attachments(new.attachments)
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
    return await write_ticket(
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
        attachments=new.attachments,
    )


async def open_from_mail(
    actor: Actor, *, department_id: UUID, subject: str, body: str, name: str, email: str, mail_message_id: str | None,
    answer_by_mail: bool, idempotency_key: str, automatic: bool = False, secrets: Sequence[NewSecret] = (),
    authenticated: bool = False, attachments: Sequence[UUID] = (),
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
    return await write_ticket(
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
        attachments=attachments,
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
