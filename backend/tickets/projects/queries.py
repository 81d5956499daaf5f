"""Reads of projects: for the staff all, for a contact those of its client."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from backend.actor import Actor
from backend.database import Row, row, rows
from backend.errors import Refusal

MOST_ROWS: Final = 200
_PROJECT: Final = """
    select p.id, p.name, p.state, p.client_id, c.name as client_name, c.number as client_number,
           p.lead_id, a.name as lead_name, a.email as lead_email, a.disabled_at is null as lead_active
      from projects p
      join clients c on c.tenant_id = p.tenant_id and c.id = p.client_id
      left join accounts a on a.tenant_id = p.tenant_id and a.id = p.lead_id
"""


async def list_projects(actor: Actor, *, client_id: UUID | None, include_done: bool, first: int) -> Sequence[Row]:
    """Projects by name, those that are done last and only where asked for. Guests have none.

    Raises:
        Refusal: more than `MOST_ROWS` are asked for.
    """
    if not 1 <= first <= MOST_ROWS:
        raise Refusal("page_too_large", "first", most=MOST_ROWS)
    if not actor.is_staff:
        if actor.client_id is None or client_id not in (None, actor.client_id):
            return []
        client_id = actor.client_id
    return await rows(
        _PROJECT + " where ($1::uuid is null or p.client_id = $1) and ($2 or p.state <> 'done') "
        "order by p.state = 'done', p.name, p.id limit $3",
        client_id,
        include_done,
        first,
    )


async def get_project(project_id: UUID) -> Row:
    """A project of the bound tenant. Raises: Refusal where it is not there."""
    found = await row(_PROJECT + " where p.id = $1", project_id)
    if found is None:
        raise Refusal("not_found", "id")
    return found


async def projects_of_ids(ids: Sequence[UUID]) -> dict[UUID, Row]:
    """The projects to which tickets of a page belong."""
    return {each["id"]: each for each in await rows(_PROJECT + " where p.id = any($1)", list(ids))}


async def require_own_project(actor: Actor, project_id: UUID) -> None:
    """Raises: Refusal unless it is a project of the actor's client that is not done."""
    found = await row("select client_id from projects where id = $1 and state <> 'done'", project_id)
    if found is None or actor.client_id is None or found["client_id"] != actor.client_id:
        raise Refusal("not_found", "projectId")
