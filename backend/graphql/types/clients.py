"""Clients with their contacts, services and locks; for the staff, and for a client's own people."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

import strawberry
from strawberry import ID

from backend.clients.queries import card_on_file, count_contacts, count_services, list_contacts, list_services
from backend.database import Row
from backend.graphql.context import Info
from backend.graphql.types.common import Node
from backend.graphql.types.company import Person
from backend.graphql.types.enums import AuthorSide, ContactRole, ProofMethod
from backend.tickets.queries import client_tickets
from backend.verification.queries import list_locks

if TYPE_CHECKING:
    from backend.graphql.types.tickets import Ticket


@strawberry.type(description="Someone who signs in for a client.")
class Contact:
    id: ID
    person: Person
    role: ContactRole


@strawberry.type(description="A domain or package that a client has.")
class Service:
    id: ID
    name: str
    plan: str
    server: str


@strawberry.type(description="Too many wrong tries: this way of proving is locked for the client until then.")
class ProofLock:
    method: ProofMethod
    tries: int
    locked_until: datetime


@strawberry.type(description="A customer account of the company.")
class Client(Node):
    number: int
    name: str

    @strawberry.field(
        description="The first of the people who sign in for it, by name; `contactCount` says how many there are."
    )
    async def contacts(self, first: int = 20) -> list[Contact]:
        return [
            Contact(
                id=ID(str(each["id"])),
                person=Person(
                    id=ID(str(each["account_id"])), name=each["name"], email=each["email"], side=AuthorSide.CLIENT
                ),
                role=ContactRole(each["role"]),
            )
            for each in await list_contacts(UUID(self.id), first)
        ]

    @strawberry.field(description="How many people sign in for it.")
    async def contact_count(self) -> int:
        return await count_contacts(UUID(self.id))

    @strawberry.field(
        description="The first of its domains and packages, by name; `serviceCount` says how many there are."
    )
    async def services(self, first: int = 20) -> list[Service]:
        return [
            Service(id=ID(str(each["id"])), name=each["name"], plan=each["plan"], server=each["server"])
            for each in await list_services(UUID(self.id), first)
        ]

    @strawberry.field(description="How many domains and packages it has.")
    async def service_count(self) -> int:
        return await count_services(UUID(self.id))

    @strawberry.field(description="Whether a card is known whose last four digits can prove something.")
    async def card_on_file(self) -> bool:
        return await card_on_file(UUID(self.id))

    @strawberry.field(description="Ways of proving that are locked after too many wrong tries.")
    async def locks(self, info: Info) -> list[ProofLock]:
        return [
            ProofLock(method=ProofMethod(each.method), tries=each.tries, locked_until=each.locked_until)
            for each in await list_locks(info.context.actor, UUID(self.id))
        ]

    @strawberry.field(description="Its latest tickets; for staff alone.")
    async def recent_tickets(
        self, info: Info, first: int = 5
    ) -> list[Annotated["Ticket", strawberry.lazy("backend.graphql.types.tickets")]]:
        from backend.graphql.types.tickets import tickets_of

        if not info.context.actor.is_staff:
            return []
        return await tickets_of(info, await client_tickets(info.context.actor, UUID(self.id), first))

    @classmethod
    def of(cls, row: Row, prefix: str = "") -> Self:
        return cls(id=ID(str(row[f"{prefix}id"])), number=row[f"{prefix}number"], name=row[f"{prefix}name"])
