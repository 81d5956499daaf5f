"""Mutations of the company's set-up: departments, kinds of request, staff, brand, language."""

from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import ID

from backend.accounts import members as staff
from backend.accounts.secret import Secret
from backend.graphql.context import Info, id_of
from backend.graphql.types.common import Done, Problem
from backend.graphql.types.company import CompanyType, Department, Kind, Member
from backend.graphql.types.enums import Audience, Category, Font, Level, MemberRole
from backend.intake import kinds
from backend.intake.queries import get_kind
from backend.secrets.questions import Question, set_secret_questions
from backend.tenants import brand, departments
from backend.tenants import set_language as setting
from backend.tenants.queries import get_company, get_department, list_members
from backend.verification.use_link import use_link

DepartmentResult = Annotated[Department | Problem, strawberry.union("DepartmentResult")]
KindResult = Annotated[Kind | Problem, strawberry.union("KindResult")]
MemberResult = Annotated[Member | Problem, strawberry.union("MemberResult")]
CompanyResult = Annotated[CompanyType | Problem, strawberry.union("CompanyResult")]
DoneResult = Annotated[Done | Problem, strawberry.union("DoneResult")]


@strawberry.input(description="A department's words, who may submit to it and what proof that needs.")
class DepartmentInput:
    name: str
    description: str
    audience: Audience
    proof_level: Level
    category: Category | None = None


@strawberry.input(description="A secret that the form asks for; without an id it is a new one.")
class SecretQuestionInput:
    label: str
    required: bool
    id: ID | None = None


@strawberry.input(description="A kind of request: its words and the proof that it needs.")
class KindInput:
    department_id: ID
    name: str
    description: str
    proof_level: Level
    category: Category | None = None


@strawberry.input(description="Someone on the staff.")
class MemberInput:
    name: str
    email: str
    role: MemberRole
    department_ids: list[ID]


@strawberry.input(description="How the portal looks; colours as #rrggbb.")
class BrandInput:
    name: str
    primary_color: str
    font: Font
    secondary_color: str | None = None


@strawberry.type
class CompanyMutation:
    @strawberry.mutation(description="Use a mailed link: lift a lock, or set a password. It works once.")
    async def use_link(self, info: Info, token: str, password: str | None = None) -> DoneResult:
        await use_link(info.context.actor, token, Secret(password) if password is not None else None)
        return Done(ok=True)

    @strawberry.mutation(description="Add a department, last in the order.")
    async def create_department(self, info: Info, input: DepartmentInput) -> DepartmentResult:  # noqa: A002
        category = input.category.value if input.category else "question"
        made = await departments.create_department(info.context.actor, **_department(input), category=category)
        return await _get_department(made)

    @strawberry.mutation(description="Change a department's words, audience or proof.")
    async def update_department(self, info: Info, id: ID, input: DepartmentInput) -> DepartmentResult:  # noqa: A002
        category = input.category.value if input.category else None
        await departments.update_department(info.context.actor, id_of(id), **_department(input), category=category)
        return await _get_department(id_of(id))

    @strawberry.mutation(description="Put a department at a place in the order; 0 is first.")
    async def move_department(self, info: Info, id: ID, position: int) -> DepartmentResult:  # noqa: A002
        await departments.move_department(info.context.actor, id_of(id), position)
        return await _get_department(id_of(id))

    @strawberry.mutation(description="Close a department for new tickets; its tickets stay.")
    async def archive_department(self, info: Info, id: ID) -> DepartmentResult:  # noqa: A002
        await departments.archive_department(info.context.actor, id_of(id))
        return await _get_department(id_of(id))

    @strawberry.mutation(description="Open an archived department again.")
    async def restore_department(self, info: Info, id: ID) -> DepartmentResult:  # noqa: A002
        await departments.restore_department(info.context.actor, id_of(id))
        return await _get_department(id_of(id))

    @strawberry.mutation(description="Add a kind of request, last in its department.")
    async def create_kind(self, info: Info, input: KindInput) -> KindResult:  # noqa: A002
        made = await kinds.create_kind(
            info.context.actor,
            id_of(input.department_id),
            name=input.name,
            description=input.description,
            proof_level=input.proof_level.value,
            category=input.category.value if input.category else "question",
        )
        return await _get_kind(made)

    @strawberry.mutation(description="Change a kind of request.")
    async def update_kind(self, info: Info, id: ID, input: KindInput) -> KindResult:  # noqa: A002
        await kinds.update_kind(
            info.context.actor,
            id_of(id),
            id_of(input.department_id),
            name=input.name,
            description=input.description,
            proof_level=input.proof_level.value,
            category=input.category.value if input.category else None,
        )
        return await _get_kind(id_of(id))

    @strawberry.mutation(description="Ask for these secrets in the form of a kind, in this order, and for no others.")
    async def set_secret_questions(self, info: Info, kind_id: ID, questions: list[SecretQuestionInput]) -> KindResult:
        asked = [
            Question(label=each.label, required=each.required, id=id_of(each.id) if each.id else None)
            for each in questions
        ]
        await set_secret_questions(info.context.actor, id_of(kind_id), asked)
        return await _get_kind(id_of(kind_id))

    @strawberry.mutation(description="Offer a kind of request no longer; its tickets stay.")
    async def archive_kind(self, info: Info, id: ID) -> KindResult:  # noqa: A002
        await kinds.archive_kind(info.context.actor, id_of(id))
        return await _get_kind(id_of(id))

    @strawberry.mutation(description="Offer an archived kind of request again.")
    async def restore_kind(self, info: Info, id: ID) -> KindResult:  # noqa: A002
        await kinds.restore_kind(info.context.actor, id_of(id))
        return await _get_kind(id_of(id))

    @strawberry.mutation(description="Ask someone to join the staff; a link to set a password is mailed.")
    async def invite_member(self, info: Info, input: MemberInput) -> MemberResult:  # noqa: A002
        made = await staff.invite_member(info.context.actor, **_member(input))
        return await _get_member(info, made)

    @strawberry.mutation(description="Change someone's name, address, role or departments.")
    async def update_member(self, info: Info, id: ID, input: MemberInput) -> MemberResult:  # noqa: A002
        await staff.update_member(info.context.actor, id_of(id), **_member(input))
        return await _get_member(info, id_of(id))

    @strawberry.mutation(description="End someone's access at once; what they wrote stays.")
    async def deactivate_member(self, info: Info, id: ID) -> MemberResult:  # noqa: A002
        await staff.deactivate_member(info.context.actor, id_of(id))
        return await _get_member(info, id_of(id))

    @strawberry.mutation(description="Give someone access again.")
    async def reactivate_member(self, info: Info, id: ID) -> MemberResult:  # noqa: A002
        await staff.reactivate_member(info.context.actor, id_of(id))
        return await _get_member(info, id_of(id))

    @strawberry.mutation(description="Change name, colours and font; the portal shows it at once.")
    async def update_brand(self, info: Info, input: BrandInput) -> CompanyResult:  # noqa: A002
        await brand.update_brand(
            info.context.actor,
            name=input.name,
            primary_color=input.primary_color,
            secondary_color=input.secondary_color,
            font=input.font.value,
        )
        return await _get_company(info)

    @strawberry.mutation(description="Show the company's name instead of a logo.")
    async def remove_logo(self, info: Info) -> CompanyResult:
        await brand.set_logo(info.context.actor, None, None)
        return await _get_company(info)

    @strawberry.mutation(description="Change the language of portal and mails and the zone in which times are told.")
    async def update_language(self, info: Info, language: str, time_zone: str) -> CompanyResult:
        await setting.set_language(info.context.actor, language, time_zone)
        return await _get_company(info)

    @strawberry.mutation(description="Let clients choose the priority of a request, or not.")
    async def set_priority_choice(self, info: Info, allowed: bool) -> CompanyResult:
        await setting.set_priority_choice(info.context.actor, allowed)
        return await _get_company(info)


def _department(given: DepartmentInput) -> "dict[str, str]":
    return {
        "name": given.name,
        "description": given.description,
        "audience": given.audience.value,
        "proof_level": given.proof_level.value,
    }


def _member(given: MemberInput) -> "staff.MemberFields":
    return {
        "name": given.name,
        "email": given.email,
        "role": given.role.value,
        "department_ids": [id_of(each) for each in given.department_ids],
    }


async def _get_department(department_id: UUID) -> Department:
    return Department.of(await get_department(department_id))


async def _get_kind(kind_id: UUID) -> Kind:
    found = await get_kind(kind_id)
    assert found is not None, "the verb has just seen this kind"
    return Kind.of(found)


async def _get_member(info: Info, member_id: UUID) -> Member:
    found = await list_members(info.context.actor, include_inactive=True)
    return next(Member.of(each, info.context.actor.account_id) for each in found if each["id"] == member_id)


async def _get_company(info: Info) -> CompanyType:
    return CompanyType.of(await get_company(), info.context.environment)
