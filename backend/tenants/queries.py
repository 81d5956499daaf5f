"""Reads of the company's set-up."""

from dataclasses import dataclass
from uuid import UUID

from backend.actor import Actor
from backend.database import Row, row, rows, value
from backend.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The tenant as its portal shows it."""

    id: UUID
    slug: str
    name: str
    language: str
    time_zone: str
    mail_domain: str
    primary_color: str
    secondary_color: str | None
    font: str
    logo_key: str | None
    logo_type: str | None
    priority_choice: bool
    secret_days: int
    reply_wait_seconds: int
    staff_second_factor: bool
    policy_id: UUID
    proof_methods: list[str]
    host: str


async def tenant_of_host(host: str) -> UUID | None:
    """The tenant whose portal is on that host name; before any tenant is bound."""
    found: UUID | None = await value("select tenant_by_host($1)", host.lower())
    return found


async def tenant_of_mail_domain(domain: str) -> UUID | None:
    """The tenant that takes mail for that domain; before any tenant is bound."""
    found: UUID | None = await value("select tenant_by_mail_domain($1)", domain.lower())
    return found


async def get_company() -> Company:
    """The bound tenant. Raises: Refusal where none is bound."""
    found = await row(
        """select t.id, t.slug, t.name, t.language, t.time_zone, t.mail_domain, t.primary_color, t.secondary_color, t.font,
                  t.logo_key, t.logo_type, t.priority_choice, t.secret_days, t.reply_wait_seconds, t.staff_second_factor, t.policy_id, t.proof_methods,
                  (select h.host from host_names h where h.tenant_id = t.id order by not h.is_primary, h.host limit 1) as host
             from tenants t"""
    )
    if found is None:
        raise Refusal("not_found")
    return Company(**dict(found))


async def list_departments(actor: Actor, *, include_archived: bool = False) -> list[Row]:
    """The departments in their order: for staff all, for others those to which they may submit (FIELD.md A6).

    Archived ones are for staff alone, and only where asked for.
    """
    found = await rows("select * from departments order by archived_at is not null, position, id")
    return [
        each
        for each in found
        if (each["archived_at"] is None and may_submit(actor, each["audience"]))
        or (include_archived and actor.is_staff)
    ]


def may_submit(actor: Actor, audience: str) -> bool:
    """Whether the actor may open tickets in a department with this audience; staff may in all."""
    if actor.is_staff or audience == "everyone":
        return True
    if actor.kind != "contact":
        return False
    return audience == "clients" or actor.contact_role in ("owner", "may_approve")


async def list_members(actor: Actor, *, include_inactive: bool = False) -> list[Row]:
    """The staff, by name, with the ids of their departments. For staff alone; others get none."""
    if not actor.is_staff:
        return []
    return await rows(
        """select m.id, m.account_id, m.role, a.name, a.email, a.disabled_at is null as active,
                  coalesce((select array_agg(d.department_id order by d.department_id) from department_members d
                             where d.tenant_id = m.tenant_id and d.account_id = m.account_id), '{}') as department_ids
             from members m join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
            where $1 or a.disabled_at is null
            order by a.name, m.id""",
        include_inactive,
    )


async def get_department(department_id: UUID) -> Row:
    """A department of the bound tenant. Raises: Refusal where it is not there."""
    found = await row("select * from departments where id = $1", department_id)
    if found is None:
        raise Refusal("not_found", "id")
    return found


async def get_language() -> str:
    """The language of the bound tenant."""
    found: str = await value("select language from tenants")
    return found
