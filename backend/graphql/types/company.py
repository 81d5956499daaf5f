"""The company as its portal shows it, its departments and kinds of request, its staff."""

from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry
from strawberry import ID

from backend.clock import now
from backend.database import Row
from backend.graphql.context import Info
from backend.graphql.types.common import Node
from backend.graphql.types.enums import (
    AUDIENCES,
    CATEGORIES,
    LEVELS,
    METHODS,
    Audience,
    AuthorSide,
    Category,
    Font,
    Level,
    MemberRole,
    Priority,
    ProofMethod,
)
from backend.graphql.types.presence import Presence
from backend.graphql.types.promises import Promise
from backend.tenants.brand import logo_url
from backend.tenants.calendars import calendar_of_version
from backend.tenants.queries import Company
from backend.tenants.stylesheet import stylesheet_hash
from backend.tenants.targets import targets_of_version
from backend.tickets.priorities import URGENCY
from backend.tickets.promises.words import promise_before


@strawberry.type(description="How the portal looks. The colours of the stylesheet are readable whatever was chosen.")
class Brand:
    name: str
    logo_url: str | None
    primary_color: str
    secondary_color: str | None
    font: Font
    stylesheet_url: str


@strawberry.type(name="Company", description="The hosting company whose portal this is.")
class CompanyType:
    id: ID
    name: str
    slug: str
    language: str
    time_zone: str
    brand: Brand
    priority_choice: bool
    proof_methods: list[ProofMethod] = strawberry.field(
        description="The ways of proving that are on; to be signed in needs no switch."
    )
    secret_days: int
    reply_wait_seconds: int = strawberry.field(description="How long an answer of the staff can be taken back.")
    staff_second_factor: bool
    mail_domain: str
    environment: str

    @classmethod
    def of(cls, company: Company, environment: str) -> Self:
        return cls(
            id=ID(str(company.id)),
            name=company.name,
            slug=company.slug,
            language=company.language,
            time_zone=company.time_zone,
            brand=Brand(
                name=company.name,
                logo_url=logo_url(company.logo_key),
                primary_color=company.primary_color,
                secondary_color=company.secondary_color,
                font=Font(company.font),
                stylesheet_url=f"/brand/{stylesheet_hash(company)}.css",
            ),
            priority_choice=company.priority_choice,
            proof_methods=[METHODS[each] for each in company.proof_methods],
            secret_days=company.secret_days,
            reply_wait_seconds=company.reply_wait_seconds,
            staff_second_factor=company.staff_second_factor,
            mail_domain=company.mail_domain,
            environment=environment,
        )


@strawberry.type(description="A secret that the form of a kind of request asks for.")
class SecretQuestion(Node):
    label: str
    required: bool


@strawberry.type(description="A kind of request within a department, with the proof that it needs.")
class Kind(Node):
    department_id: ID
    name: str
    description: str
    proof_level: Level
    category: Category = strawberry.field(description="What its requests are.")
    archived_at: datetime | None
    position: int

    @strawberry.field(description="The secrets that its form asks for.")
    async def secret_questions(self, info: Info) -> list[SecretQuestion]:
        found = await info.context.secret_questions.load(UUID(self.id))
        return [
            SecretQuestion(id=ID(str(each["id"])), label=each["label"], required=each["required"]) for each in found
        ]

    @classmethod
    def of(cls, row: Row, prefix: str = "") -> Self:
        return cls(
            id=ID(str(row[f"{prefix}id"])),
            department_id=ID(str(row[f"{prefix}department_id"])),
            name=row[f"{prefix}name"],
            description=row[f"{prefix}description"],
            proof_level=LEVELS[row[f"{prefix}proof_level"]],
            category=CATEGORIES[row[f"{prefix}category"]],
            archived_at=row[f"{prefix}archived_at"],
            position=row[f"{prefix}position"],
        )


@strawberry.type(description="Where requests go.")
class Department(Node):
    name: str
    description: str
    position: int
    audience: Audience
    proof_level: Level
    category: Category = strawberry.field(description="What a request without a kind is.")
    archived_at: datetime | None
    mailbox: strawberry.Private[str]

    @strawberry.field(description="The address that takes mail for this department.")
    async def mail_address(self, info: Info) -> str:
        return f"{self.mailbox}@{(await info.context.company.load(0)).mail_domain}"

    @strawberry.field(description="The kinds of request, in their order; archived ones for staff alone.")
    async def kinds(self, info: Info) -> list[Kind]:
        found = await info.context.kinds.load(UUID(self.id))
        return [Kind.of(each) for each in found if each["archived_at"] is None or info.context.actor.is_staff]

    @strawberry.field(
        description="What is promised to a request of that priority that is sent now; null where nothing is."
    )
    async def promise(self, info: Info, priority: Priority = Priority.MEDIUM) -> Promise | None:
        actor = info.context.actor
        terms = await info.context.terms.load(UUID(self.id))
        targets = await targets_of_version(actor.tenant_id, terms.targets_version)
        calendar = await calendar_of_version(actor.tenant_id, terms)
        found = promise_before(targets, calendar, URGENCY[priority.value], language=actor.language, at=now())
        return Promise(sentence=found[0], until=found[1]) if found else None

    @strawberry.field(description="How many tickets wait for an answer; for staff alone.")
    async def waiting_count(self, info: Info) -> int | None:
        return await info.context.waiting.load(UUID(self.id)) if info.context.actor.is_staff else None

    @classmethod
    def of(cls, row: Row, prefix: str = "") -> Self:
        return cls(
            id=ID(str(row[f"{prefix}id"])),
            name=row[f"{prefix}name"],
            description=row[f"{prefix}description"],
            position=row[f"{prefix}position"],
            audience=AUDIENCES[row[f"{prefix}audience"]],
            proof_level=LEVELS[row[f"{prefix}proof_level"]],
            category=CATEGORIES[row[f"{prefix}category"]],
            archived_at=row[f"{prefix}archived_at"],
            mailbox=row[f"{prefix}mailbox"],
        )


@strawberry.type(description="Someone on one side of a ticket. Clients never see an address of the staff.")
class Person:
    id: ID
    name: str
    email: str | None
    side: AuthorSide


@strawberry.type(description="Someone on the staff.")
class Member(Node):
    person: Person
    role: MemberRole
    active: bool
    you: bool
    department_ids: strawberry.Private[list[UUID]]

    @strawberry.field(description="Where this member works.")
    async def departments(self, info: Info) -> list[Department]:
        found = await info.context.departments.load(0)
        return [Department.of(each) for each in found if each["id"] in self.department_ids]

    @strawberry.field(description="Whether they are in, with their hours and absences.")
    async def presence(self, info: Info) -> Presence:
        return Presence.of(await info.context.presence.load(UUID(self.person.id)))

    @classmethod
    def of(cls, row: Row, reader: UUID | None) -> Self:
        return cls(
            id=ID(str(row["id"])),
            person=Person(id=ID(str(row["account_id"])), name=row["name"], email=row["email"], side=AuthorSide.STAFF),
            role=MemberRole(row["role"]),
            active=row["active"],
            you=row["account_id"] == reader,
            department_ids=list(row["department_ids"]),
        )


@strawberry.type(description="How readable a colour is as text on white, and the nearest colour that is.")
class ContrastCheck:
    ratio: float
    passes: bool
    corrected: str
