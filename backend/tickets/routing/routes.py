"""The company's routes: for which tickets, and when, whom to look for in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from backend.actor import Actor, require_admin, require_staff
from backend.database import Row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.tenants.categories import CATEGORIES
from backend.tenants.events import CompanyChanged
from backend.tickets.routing.choose import STEPS
from backend.tickets.routing.tables import Route

MOMENTS: Final = ("opened", "replied", "replied_away", "transferred", "changed")
"""When rules choose: a ticket opens; a client replies (at any time, or where nobody has the ticket or who has it is
away); it came to a department; its project or category changed."""
MOST_ROUTES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoute:
    """A route: no department means all, no category all."""

    department_id: UUID | None
    category: str | None
    moments: tuple[str, ...]
    steps: tuple[str, ...]
    off_shift: bool = False


async def list_routes(actor: Actor) -> list[Row]:
    """The routes in their order. Raises: Refusal: not on the staff."""
    require_staff(actor)
    return await rows("select * from routes order by position, id")


async def set_routes(actor: Actor, routes: Sequence[NewRoute]) -> None:
    """Have exactly these routes, in this order; they hold for what happens from now on.

    Raises:
        Refusal: not an admin, too many, one without a moment or a rule, or a department that is not here.
    """
    require_admin(actor)
    if len(routes) > MOST_ROUTES:
        raise Refusal("too_many", "routes", most=MOST_ROUTES)
    for each in routes:
        if not _chosen(each.moments, MOMENTS) or not _chosen(each.steps, STEPS):
            raise Refusal("route_incomplete", "routes")
        if each.category is not None and each.category not in CATEGORIES:
            raise Refusal("not_found", "routes")
    async with transaction():
        # One change after the other.
        await rows("select id from tenants for no key update")
        known = {each["id"] for each in await rows("select id from departments")}
        if not {each.department_id for each in routes} - {None} <= known:
            raise Refusal("not_found", "routes")
        await Route.delete().where(Route.tenant_id == actor.tenant_id)
        if routes:
            await Route.insert(
                *(
                    Route(
                        tenant_id=actor.tenant_id, id=new_id(), position=position, department_id=each.department_id,
                        category=each.category, moments=list(each.moments), steps=list(each.steps), off_shift=each.off_shift,
                    )
                    for position, each in enumerate(routes)
                )
            )  # fmt: skip
        await record(actor, CompanyChanged(what="routing"))


def _chosen(given: Sequence[str], offered: Sequence[str]) -> bool:
    """Whether at least one is given, each of them is offered, and none twice."""
    return 0 < len(given) == len(set(given)) and set(given) <= set(offered)
