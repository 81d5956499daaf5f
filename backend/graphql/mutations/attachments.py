"""What files a company takes: read, and set. No rule lives here."""

from typing import Annotated

import strawberry

from backend.attachments.rules import get_rules, set_rules
from backend.graphql.context import Info
from backend.graphql.types.attachments import AttachmentRules
from backend.graphql.types.common import Problem

AttachmentRulesResult = Annotated[AttachmentRules | Problem, strawberry.union("AttachmentRulesResult")]


@strawberry.input(description="Sizes in MB; `refusedTypes` are endings of names.")
class AttachmentRulesInput:
    most_mb: int
    space_mb: int
    mail_mb: int
    refused_types: list[str]
    unscanned: bool


@strawberry.type
class AttachmentQuery:
    @strawberry.field(description="What files the company takes.")
    async def attachment_rules(self, info: Info) -> AttachmentRules:
        return await AttachmentRules.read(info.context.actor, await get_rules())


@strawberry.type
class AttachmentMutation:
    @strawberry.mutation(description="Set what files the company takes; for admins. What was taken before stays.")
    async def set_attachment_rules(self, info: Info, input: AttachmentRulesInput) -> AttachmentRulesResult:  # noqa: A002
        await set_rules(
            info.context.actor, most_mb=input.most_mb, space_mb=input.space_mb, mail_mb=input.mail_mb,
            refused_types=input.refused_types, unscanned=input.unscanned,
        )  # fmt: skip
        return await AttachmentRules.read(info.context.actor, await get_rules())
