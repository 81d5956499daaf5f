"""Say what a ticket is, and to which project it belongs (FIELD.md B2); its rules then find who works on it (B4)."""

from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now
from backend.database import row, transaction
from backend.errors import Refusal
from backend.events import record
from backend.tickets.change import LockedTicket, lock_ticket
from backend.tickets.events import CategoryChanged, ProjectChosen
from backend.tickets.routing.route import route
from backend.tickets.tables import Ticket


async def set_category(actor: Actor, number: int, category: str) -> None:
    """Say what a ticket is. Its project, if it has one, stays.

    Raises:
        Refusal: not on the staff, or not there.
    """
    require_staff(actor)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        if category == ticket.category:
            return
        await _write(actor, ticket, category, ticket.project_id)
        await _record_category(actor, ticket, category)
        await route(actor, ticket.id, number, "changed")


async def set_project(actor: Actor, number: int, project_id: UUID | None) -> None:
    """Say to which project a ticket belongs, or with None to none. A question becomes a message on the project.

    Raises:
        Refusal: not on the staff, not there, or the project of another client.
    """
    require_staff(actor)
    async with transaction():
        ticket = await lock_ticket(actor, number)
        name: str | None = None
        if project_id is not None:
            project = await row("select client_id, name from projects where id = $1 for key share", project_id)
            if project is None:
                raise Refusal("not_found", "projectId")
            if project["client_id"] != ticket.client_id:
                raise Refusal("project_of_another", "projectId")
            name = project["name"]
        if project_id == ticket.project_id:
            return
        category = "project_message" if project_id and ticket.category == "question" else ticket.category
        await _write(actor, ticket, category, project_id)
        await record(actor, ProjectChosen(ticket_id=ticket.id, number=number, project_id=project_id, project=name))
        if category != ticket.category:
            await _record_category(actor, ticket, category)
        await route(actor, ticket.id, number, "changed")


async def _write(actor: Actor, ticket: LockedTicket, category: str, project_id: UUID | None) -> None:
    await Ticket.update(
        {Ticket.category: category, Ticket.project_id: project_id, Ticket.last_activity_at: now()}
    ).where(Ticket.tenant_id == actor.tenant_id, Ticket.id == ticket.id)


async def _record_category(actor: Actor, ticket: LockedTicket, category: str) -> None:
    await record(
        actor,
        CategoryChanged(ticket_id=ticket.id, number=ticket.number, old_category=ticket.category, category=category),
    )
