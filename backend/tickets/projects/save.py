"""Projects: made and changed by leads (FIELD.md B2, B4)."""

from typing import Final
from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import real_now
from backend.database import row, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.text import one_line
from backend.tickets.projects.events import ProjectChanged
from backend.tickets.projects.tables import Project

STATES: Final = ("active", "on_hold", "done")


async def create_project(actor: Actor, *, client_number: int, name: str, lead_id: UUID | None, state: str) -> UUID:
    """A new project for a client; `lead_id` is a member's id.

    Raises:
        Refusal: not a lead, the client or an active member is not here, or a name that cannot be kept.
    """
    require_lead(actor)
    name = one_line(name, "name", 200)
    async with transaction():
        client_id = await value("select id from clients where number = $1 for key share", client_number)
        if client_id is None:
            raise Refusal("not_found", "clientNumber")
        project_id = new_id()
        await Project.insert(
            Project(
                tenant_id=actor.tenant_id, id=project_id, client_id=client_id, name=name, lead_id=await _lead(lead_id),
                state=state, created_at=real_now(),
            )
        )  # fmt: skip
        await record(actor, ProjectChanged(project_id=project_id, what="created"))
    return project_id


async def update_project(actor: Actor, project_id: UUID, *, name: str, lead_id: UUID | None, state: str) -> None:
    """Rename a project, give it to another lead, or say that it rests or is done. Its tickets stay with whom they are.

    Raises:
        Refusal: not a lead, the project or an active member is not here, or a name that cannot be kept.
    """
    require_lead(actor)
    name = one_line(name, "name", 200)
    async with transaction():
        if await row("select id from projects where id = $1 for no key update", project_id) is None:
            raise Refusal("not_found", "id")
        await Project.update({Project.name: name, Project.lead_id: await _lead(lead_id), Project.state: state}).where(
            Project.tenant_id == actor.tenant_id, Project.id == project_id
        )
        await record(actor, ProjectChanged(project_id=project_id, what="updated"))


def require_lead(actor: Actor) -> None:
    """Raises: Refusal unless the actor leads or administers."""
    require_staff(actor)
    if not (actor.leads or actor.administers):
        raise Refusal("not_allowed")


async def _lead(member_id: UUID | None) -> UUID | None:
    if member_id is None:
        return None
    account_id: UUID | None = await value(
        "select m.account_id from members m join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id "
        "where m.id = $1 and a.disabled_at is null",
        member_id,
    )
    if account_id is None:
        raise Refusal("not_found", "leadId")
    return account_id
