"""Mutations of what proves something here."""

from datetime import datetime
from typing import Annotated

import strawberry

from backend.accounts.secret import Secret
from backend.graphql.context import Info
from backend.graphql.mutations.company import CompanyResult
from backend.graphql.mutations.tickets import TicketResult
from backend.graphql.types.common import Problem
from backend.graphql.types.company import CompanyType
from backend.graphql.types.enums import LEVELS, Level, ProofMethod
from backend.graphql.types.tickets import ticket_of_number
from backend.tenants.queries import get_company
from backend.tickets.record_pin import record_pin
from backend.verification.methods import set_methods
from backend.verification.support_pin import create_support_pin


@strawberry.type(
    description="Six digits for the telephone, shown this once, good once and until then, with the level that they carry."
)
class SupportPin:
    digits: str
    expires_at: datetime
    level: Level


SupportPinResult = Annotated[SupportPin | Problem, strawberry.union("SupportPinResult")]


@strawberry.type
class ProofPolicyMutation:
    @strawberry.mutation(description="Switch the ways of proving on; those that are not named are off.")
    async def set_proof_methods(self, info: Info, methods: list[ProofMethod]) -> CompanyResult:
        await set_methods(info.context.actor, [each.value for each in methods])
        return CompanyType.of(await get_company(), info.context.environment)

    @strawberry.mutation(
        description="Show six digits that the reader may read out on the telephone; older ones of theirs lapse."
    )
    async def create_support_pin(self, info: Info) -> SupportPinResult:
        made = await create_support_pin(info.context.actor)
        return SupportPin(digits=made.digits.reveal(), expires_at=made.expires_at, level=LEVELS[made.level])

    @strawberry.mutation(description="Record on a ticket that a caller read out the digits of the support PIN.")
    async def record_pin(self, info: Info, number: int, pin: str) -> TicketResult:
        await record_pin(info.context.actor, number, Secret(pin))
        return await ticket_of_number(info, number)
