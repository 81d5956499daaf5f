"""Make a tenant, as the operator: the company, its host name, its lifecycle and its first department."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from backend.actor import Actor, system
from backend.clock import real_now
from backend.database import bind, system_connection, transaction
from backend.ids import new_id
from backend.tenants.departments import insert_department
from backend.tenants.tables import Tenant

_FIRST_DEPARTMENT = {"en": "Support", "nl": "Ondersteuning"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTenant:
    """What a company starts with. `policy` is a lifecycle as data (see tickets/lifecycle/)."""

    slug: str
    name: str
    hosts: tuple[str, ...]
    mail_domain: str
    language: str
    time_zone: str
    policy_name: str
    policy: dict[str, Any]
    primary_color: str = "#2f56a8"
    secondary_color: str | None = None
    font: str = "inter"
    priority_choice: bool = False
    first_ticket_number: int = 1001


async def create_tenant(new: NewTenant) -> Actor:
    """Make the tenant with one department, for support, open to everyone. Returns the system as an actor within it."""
    tenant_id, policy_id = new_id(), new_id()
    async with system_connection() as connection, connection.transaction():
        await connection.execute(
            """insert into tenants (id, slug, name, language, time_zone, mail_domain, primary_color, secondary_color,
                                    font, priority_choice, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
            tenant_id, new.slug, new.name, new.language, new.time_zone, new.mail_domain.lower(), new.primary_color,
            new.secondary_color, new.font, new.priority_choice, real_now(),
        )  # fmt: skip
        await connection.executemany(
            "insert into host_names (tenant_id, id, host, is_primary) values ($1, $2, $3, $4)",
            [(tenant_id, new_id(), host.lower(), index == 0) for index, host in enumerate(new.hosts)],
        )
        await connection.executemany(
            "insert into counters (tenant_id, id, last_number) values ($1, $2, $3)",
            [(tenant_id, "ticket", new.first_ticket_number - 1), (tenant_id, "client", 4000), (tenant_id, "turn", 0)],
        )
        await connection.execute(
            "insert into lifecycle_policies (tenant_id, id, name, definition, created_at) values ($1, $2, $3, $4, $5)",
            tenant_id, policy_id, new.policy_name, msgspec.json.encode(new.policy).decode(), real_now(),
        )  # fmt: skip
    actor = system(tenant_id, new.language, "a new company")
    with bind(tenant_id):
        async with transaction():
            await Tenant.update({Tenant.policy_id: policy_id}).where(Tenant.id == tenant_id)
            await insert_department(
                actor,
                name=_FIRST_DEPARTMENT[new.language],
                description="",
                audience="everyone",
                proof_level="none",
                mailbox="support",
            )
    return actor


async def tenant_id_of_slug(slug: str) -> UUID | None:
    """The tenant with that short name, as the operator."""
    async with system_connection() as connection:
        found: UUID | None = await connection.fetchval("select id from tenants where slug = $1", slug)
        return found
