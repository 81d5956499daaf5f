"""Mutations of what proves something here."""

import strawberry

from backend.graphql.context import Info
from backend.graphql.mutations.company import CompanyResult
from backend.graphql.types.company import CompanyType
from backend.graphql.types.enums import ProofMethod
from backend.tenants.queries import get_company
from backend.verification.methods import set_methods


@strawberry.type
class ProofPolicyMutation:
    @strawberry.mutation(description="Switch the ways of proving on; those that are not named are off.")
    async def set_proof_methods(self, info: Info, methods: list[ProofMethod]) -> CompanyResult:
        await set_methods(info.context.actor, [each.value for each in methods])
        return CompanyType.of(await get_company(), info.context.environment)
