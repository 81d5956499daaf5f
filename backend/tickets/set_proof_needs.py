"""Say what needs proof: statuses of the lifecycle, and transfers to departments."""

from collections.abc import Sequence
from uuid import UUID

from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.database import row, transaction
from backend.errors import Refusal
from backend.events import record
from backend.tenants.departments import hold_departments
from backend.tenants.events import CompanyChanged
from backend.tenants.tables import Tenant
from backend.tickets.change import get_policy


async def set_proof_needs(actor: Actor, statuses: Sequence[str], department_ids: Sequence[UUID]) -> None:
    """Mark exactly these statuses and departments. It holds from now on, for the tickets that are open, too.

    Raises:
        Refusal: not an admin, or not signed in a short while ago; or a status or department that the company does not have.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    async with transaction():
        company = await row("select policy_id from tenants for no key update")
        if company is None:
            raise Refusal("not_found")
        policy = await get_policy(actor.tenant_id, company["policy_id"])
        if not all(policy.has(key) for key in statuses):
            raise Refusal("not_found", "statuses")
        await hold_departments(department_ids)
        await Tenant.update({Tenant.held_statuses: sorted(set(statuses))}).where(Tenant.id == actor.tenant_id)
        await record(actor, CompanyChanged(what="proof_needs"))
