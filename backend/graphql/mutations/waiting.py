"""Mutations of answers that wait before they leave: parse, call the verb, wrap. No rule lives here."""

from typing import Annotated

import strawberry
from strawberry import ID

from backend.attachments.queries import files_of_draft
from backend.graphql.context import Info, id_of
from backend.graphql.mutations.company import CompanyResult
from backend.graphql.mutations.tickets import SecretInput, TicketResult, ids_of
from backend.graphql.types.common import Problem
from backend.graphql.types.company import CompanyType
from backend.graphql.types.tickets import Ticket, ticket_of_number
from backend.graphql.types.waiting import DraftReply, WaitingReply
from backend.tenants.queries import get_company
from backend.tickets.waiting.hold import hold_reply
from backend.tickets.waiting.leave import send_now
from backend.tickets.waiting.take_back import set_reply_wait, take_back


@strawberry.type(description="The answer waits, and leaves by itself; `waiting` is null where the company has no wait.")
class SendReplySuccess:
    ticket: Ticket
    waiting: WaitingReply | None


@strawberry.type(description="The answer is back with its author.")
class ReplyTakenBack:
    ticket: Ticket
    draft: DraftReply


SendReplyResult = Annotated[SendReplySuccess | Problem, strawberry.union("SendReplyResult")]
TakeBackReplyResult = Annotated[ReplyTakenBack | Problem, strawberry.union("TakeBackReplyResult")]


@strawberry.type
class WaitingMutation:
    @strawberry.mutation(
        description="Answer on a ticket as its staff: nothing leaves before the company's wait is over, and until then it can "
        "be taken back. `seenId`: the last message that was read; a later one of the client's side refuses with "
        "`client_wrote`, unless `answerAnyway`."
    )
    async def send_reply(
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
        seen_id: ID | None = None,
        answer_anyway: bool = False,
    ) -> SendReplyResult:
        held = await hold_reply(
            info.context.actor,
            number,
            body,
            status=status,
            idempotency_key=idempotency_key,
            without_proof=without_proof,
            secrets=[each.typed() for each in secrets or ()],
            send_anyway=send_anyway,
            attachments=ids_of(attachments),
            seen_id=id_of(seen_id) if seen_id else None,
            answer_anyway=answer_anyway,
        )
        ticket = await ticket_of_number(info, held.number)
        waiting = await ticket.replies_waiting(info)
        return SendReplySuccess(
            ticket=ticket, waiting=next((each for each in waiting if each.id == str(held.reply_id)), None)
        )

    @strawberry.mutation(description="Take an answer back that has not left; its author has it again, whole.")
    async def take_back_reply(self, info: Info, id: ID) -> TakeBackReplyResult:  # noqa: A002
        number, draft = await take_back(info.context.actor, id_of(id))
        return ReplyTakenBack(
            ticket=await ticket_of_number(info, number),
            draft=DraftReply.of(draft, await files_of_draft(draft.attachments)),
        )

    @strawberry.mutation(description="Let an answer leave now, whatever the client's side wrote meanwhile.")
    async def send_waiting_reply(self, info: Info, id: ID) -> TicketResult:  # noqa: A002
        return await ticket_of_number(info, (await send_now(info.context.actor, id_of(id))).number)

    @strawberry.mutation(description="Set the seconds that answers wait before they leave, 0 to 60; for admins.")
    async def set_reply_wait(self, info: Info, seconds: int) -> CompanyResult:
        await set_reply_wait(info.context.actor, seconds)
        return CompanyType.of(await get_company(), info.context.environment)
