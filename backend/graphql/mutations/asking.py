"""Mutations of asking for proof: parse, call the verb, wrap. No rule lives here."""

from typing import Annotated

import strawberry
from strawberry import ID

from backend.errors import Refusal
from backend.graphql.context import Info, id_of
from backend.graphql.mutations.tickets import ProofInput, TicketResult
from backend.graphql.types.asking import ProofNeeds, ProofRequest
from backend.graphql.types.common import Done, Problem
from backend.graphql.types.tickets import ticket_of_number
from backend.tickets import ask_for_proof as asking
from backend.tickets import prove_by_link as proving
from backend.tickets.change import get_policy
from backend.tickets.held_back import get_proof_needs
from backend.tickets.set_proof_needs import set_proof_needs

ProofRequestResult = Annotated[ProofRequest | Done | Problem, strawberry.union("ProofRequestResult")]
ProofNeedsResult = Annotated[ProofNeeds | Problem, strawberry.union("ProofNeedsResult")]


@strawberry.type
class AskingMutation:
    @strawberry.mutation(
        description="Mail a one-time link to prove that the account is theirs to whoever can; older links lapse. "
        "With `departmentId`, for what that department needs before the ticket may go there."
    )
    async def ask_for_proof(self, info: Info, number: int, department_id: ID | None = None) -> TicketResult:
        await asking.ask_for_proof(info.context.actor, number, id_of(department_id) if department_id else None)
        return await ticket_of_number(info, number)

    @strawberry.mutation(description="Go on from a mailed link. What is still missing comes back, or that it is done.")
    async def go_on_by_link(self, info: Info, token: str) -> ProofRequestResult:
        await proving.go_on_by_link(info.context.actor, token)
        return await _rest(info, token)

    @strawberry.mutation(description="Prove by a mailed link; what passes uses it up.")
    async def prove_by_link(self, info: Info, token: str, proof: ProofInput) -> ProofRequestResult:
        await proving.prove_ticket_by_link(info.context.actor, token, proof.typed())
        return Done(ok=True)

    @strawberry.mutation(
        description="Mark exactly these statuses, and transfers to these departments, as needing proof."
    )
    async def set_proof_needs(self, info: Info, statuses: list[str], department_ids: list[ID]) -> ProofNeedsResult:
        await set_proof_needs(info.context.actor, statuses, [id_of(each) for each in department_ids])
        return await proof_needs_of(info)


async def proof_needs_of(info: Info) -> ProofNeeds:
    """What the company holds back, in the reader's language."""
    actor = info.context.actor
    policy = await get_policy(actor.tenant_id, (await info.context.company.load(0)).policy_id)
    return ProofNeeds.of(policy, await get_proof_needs(), actor.language)


async def _rest(info: Info, token: str) -> ProofRequest | Done:
    """What the link still asks for; it ended where that was all."""
    try:
        return ProofRequest.of(await proving.proof_request(info.context.actor, token))
    except Refusal:
        return Done(ok=True)
