"""Mutations of tickets: parse, call the verb, wrap. No rule lives here."""

from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import ID

from backend.accounts.secret import Secret
from backend.graphql.context import Info, id_of
from backend.graphql.types.common import Problem
from backend.graphql.types.enums import Priority, ProofMethod
from backend.graphql.types.tickets import Ticket, ticket_of_number
from backend.graphql.types.timeline import Message, message_of
from backend.secrets.seal import NewSecret
from backend.tickets import assign as assigning
from backend.tickets import set_priority as prioritising
from backend.tickets import transfer as transferring
from backend.tickets.lifecycle import set_status as setting
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.prove_ticket import prove_ticket
from backend.tickets.reply import add_note, reply
from backend.tickets.timeline import get_message
from backend.verification.checks import Proof


@strawberry.input(description="What the client types to prove that the account is theirs. It is checked and forgotten.")
class ProofInput:
    method: ProofMethod
    secret: str

    def typed(self) -> Proof:
        """The value of the domain, whose secret does not show itself."""
        return Proof(self.method.value, Secret(self.secret))


@strawberry.input(description="What is sealed, under a name that everybody on the ticket sees.")
class SecretInput:
    label: str
    value: str

    def typed(self) -> NewSecret:
        """The value of the domain, whose secret does not show itself."""
        return NewSecret(label=self.label, value=Secret(self.value))


@strawberry.input(description="What is sealed as the answer to a secret question of the kind of request.")
class SecretAnswerInput:
    question_id: ID
    value: str

    def typed(self) -> NewSecret:
        """As `SecretInput`; the question gives the name."""
        return NewSecret(label="?", value=Secret(self.value), question_id=id_of(self.question_id))


@strawberry.input(
    description="A request. `name`, `email` and `accountNamed` (a client's number or an address on file) are a guest's; "
    "the same `idempotencyKey` opens one ticket. `attachments` are ids of files from `POST /attachments`."
)
class OpenTicketInput:
    department_id: ID
    subject: str
    body: str
    kind_id: ID | None = None
    project_id: ID | None = None
    priority: Priority | None = None
    name: str | None = None
    email: str | None = None
    account_named: str | None = None
    proof: ProofInput | None = None
    secrets: list[SecretInput] | None = None
    answers: list[SecretAnswerInput] | None = None
    attachments: list[ID] | None = None
    send_anyway: bool = False
    idempotency_key: str | None = None


@strawberry.type(description="The ticket was opened; `ticket` is null for a guest, who cannot read it here.")
class OpenTicketSuccess:
    ticket: Ticket | None
    number: int
    receipt_to: str


@strawberry.type(
    description="The message was written; `followUp`: on a new ticket, since the old one is closed for good."
)
class ReplySuccess:
    ticket: Ticket
    message: Message
    follow_up: bool


OpenTicketResult = Annotated[OpenTicketSuccess | Problem, strawberry.union("OpenTicketResult")]
TicketResult = Annotated[Ticket | Problem, strawberry.union("TicketResult")]
ReplyResult = Annotated[ReplySuccess | Problem, strawberry.union("ReplyResult")]


@strawberry.type
class TicketMutation:
    @strawberry.mutation(description="Open a ticket; the receipt goes out by mail.")
    async def open_ticket(self, info: Info, input: OpenTicketInput) -> OpenTicketResult:  # noqa: A002
        actor = info.context.actor
        opened = await open_ticket(
            actor,
            NewTicket(
                department_id=id_of(input.department_id),
                kind_id=id_of(input.kind_id) if input.kind_id else None,
                project_id=id_of(input.project_id) if input.project_id else None,
                subject=input.subject,
                body=input.body,
                priority=input.priority.value if input.priority else None,
                name=input.name or "",
                email=input.email or "",
                account_named=input.account_named or "",
                proof=input.proof.typed() if input.proof else None,
                secrets=tuple(each.typed() for each in (*(input.answers or ()), *(input.secrets or ()))),
                attachments=ids_of(input.attachments),
                send_anyway=input.send_anyway,
                idempotency_key=input.idempotency_key,
            ),
        )
        ticket = await ticket_of_number(info, opened.number) if actor.account_id else None
        return OpenTicketSuccess(ticket=ticket, number=opened.number, receipt_to=opened.receipt_to)

    @strawberry.mutation(
        description="Write in public on a ticket; staff send it with a status. `withoutProof`: why a lead goes on where it is held back."
    )
    async def reply(
        self,
        info: Info,
        number: int,
        body: str,
        status: str | None = None,
        idempotency_key: str | None = None,
        without_proof: str | None = None,
        secrets: list[SecretInput] | None = None,
        send_anyway: bool = False,
        attachments: list[ID] | None = None,
    ) -> ReplyResult:
        written = await reply(
            info.context.actor,
            number,
            body,
            status=status,
            idempotency_key=idempotency_key,
            without_proof=without_proof,
            secrets=[each.typed() for each in secrets or ()],
            send_anyway=send_anyway,
            attachments=ids_of(attachments),
        )
        return await written_of(info, written.number, written.message_id, written.follow_up)

    @strawberry.mutation(description="Leave a note that staff alone see.")
    async def add_note(
        self, info: Info, number: int, body: str, send_anyway: bool = False, attachments: list[ID] | None = None
    ) -> ReplyResult:
        message_id = await add_note(
            info.context.actor, number, body, send_anyway=send_anyway, attachments=ids_of(attachments)
        )
        return await written_of(info, number, message_id, False)

    @strawberry.mutation(description="Give a ticket to a member, or to nobody.")
    async def assign(self, info: Info, number: int, member_id: ID | None = None) -> TicketResult:
        await assigning.assign(info.context.actor, number, id_of(member_id) if member_id else None)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Move a ticket to another department; it keeps its place and the client is told.")
    async def transfer(
        self, info: Info, number: int, department_id: ID, note: str | None = None, without_proof: str | None = None
    ) -> TicketResult:
        await transferring.transfer(info.context.actor, number, id_of(department_id), note, without_proof=without_proof)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Set a ticket's status without a message.")
    async def set_status(self, info: Info, number: int, status: str, without_proof: str | None = None) -> TicketResult:
        await setting.set_status(info.context.actor, number, status, without_proof=without_proof)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Set how urgent a ticket is.")
    async def set_priority(self, info: Info, number: int, priority: Priority) -> TicketResult:
        await prioritising.set_priority(info.context.actor, number, priority.value)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Prove about an existing ticket that the account is yours.")
    async def prove(self, info: Info, number: int, proof: ProofInput) -> TicketResult:
        await prove_ticket(info.context.actor, number, proof.typed())
        return await ticket_of_number(info, number)


def ids_of(given: list[ID] | None) -> tuple[UUID, ...]:
    """The ids of files that were uploaded."""
    return tuple(id_of(each) for each in given or ())


async def written_of(info: Info, number: int, message_id: UUID, follow_up: bool) -> ReplySuccess:
    """A message that was just written, with its ticket."""
    message = await get_message(message_id)
    return ReplySuccess(
        ticket=await ticket_of_number(info, number),
        message=message_of(message, info.context.actor.is_staff),
        follow_up=follow_up,
    )
