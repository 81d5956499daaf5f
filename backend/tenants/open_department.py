"""Where something new goes that was meant for a department: there, or to another one where it was archived."""

from dataclasses import dataclass
from uuid import UUID

from backend.actor import Actor
from backend.database import row, rows
from backend.errors import Refusal
from backend.tenants.calendars import TERMS, Terms, terms_from
from backend.tenants.queries import may_submit

_TERMS = TERMS.format(department="d.id")


@dataclass(frozen=True, slots=True)
class Place:
    """A department that is open, the level that it asks for, what a request without a kind is there, and which hours and
    promises hold."""

    department_id: UUID
    proof_level: str
    category: str
    terms: Terms


async def hold_open_department(actor: Actor, department_id: UUID) -> Place:
    """The department where it is open, else the first open one that the actor may use, else the first open one at all:
    whoever writes is heard. Inside the caller's transaction, until whose end it is not archived.

    Raises:
        Refusal: it is not of this company.
    """
    if (place := await _hold(department_id)) is not None:
        return place
    if await row("select 1 from departments where id = $1", department_id) is None:
        raise Refusal("not_found", "departmentId")
    others = await rows("select id, audience from departments where archived_at is null order by position, id")
    # Each is asked for again under its lock: one may be archived meanwhile, never the last.
    for each in sorted(others, key=lambda found: not may_submit(actor, found["audience"])):
        if (place := await _hold(each["id"])) is not None:
            return place
    raise Refusal("department_closed", "departmentId")


async def _hold(department_id: UUID) -> Place | None:
    found = await row(
        f"select d.id, d.proof_level, d.category, {_TERMS} from departments d "  # noqa: S608 (ours)
        "where d.id = $1 and d.archived_at is null for share of d",
        department_id,
    )
    return None if found is None else Place(found["id"], found["proof_level"], found["category"], terms_from(found))
