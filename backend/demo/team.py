"""Who is in at a demo company, its clients' projects, and by which rules it gives tickets to people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.actor import Actor
from backend.clock import now, real_now
from backend.database import rows
from backend.demo.content import TenantText, read_span
from backend.demo.scene import Place
from backend.demo.stored import insert
from backend.ids import new_id


async def set_up_team(
    actor: Actor, text: TenantText, members: Mapping[str, Actor], places: Mapping[str, Place]
) -> dict[str, UUID]:
    """Write hours, absences, projects and routes. Returns the projects' ids by name."""
    tenant_id = actor.tenant_id
    for each in text.staff:
        if each.capacity is not None:
            await rows(
                "update members set capacity = $1 where account_id = $2", each.capacity, members[each.key].account
            )
    await insert(
        "shifts",
        [
            {"tenant_id": tenant_id, "id": new_id(), "account_id": members[each.key].account, **shift}
            for each in text.staff
            for hours in each.hours
            for shift in read_hours(hours)
        ],
    )
    await insert(
        "absences",
        [
            {
                "tenant_id": tenant_id, "id": new_id(), "account_id": members[each.key].account, "reason": each.away_because,
                "set_by": members[each.key].account, "created_at": real_now(), **read_absence(each.away, now()),
            }
            for each in text.staff
            if each.away is not None
        ],
    )  # fmt: skip
    clients = {each["name"]: each["id"] for each in await rows("select id, name from clients")}
    projects = {each.name: new_id() for each in text.projects}
    await insert(
        "projects",
        [
            {
                "tenant_id": tenant_id, "id": projects[each.name], "client_id": clients[each.client], "name": each.name,
                "lead_id": members[each.lead].account, "state": each.state, "created_at": real_now(),
            }
            for each in text.projects
        ],
    )  # fmt: skip
    await insert(
        "routes",
        [
            {
                "tenant_id": tenant_id, "id": new_id(), "position": position, "category": each.category,
                "department_id": places[each.department].id if each.department else None, "moments": each.moments,
                "steps": each.steps, "off_shift": each.off_shift,
            }
            for position, each in enumerate(text.routes)
        ],
    )  # fmt: skip
    return projects


def read_hours(text: str) -> list[dict[str, Any]]:
    """Shifts of a line such as `0-4 08:30-17:00`.

    Raises:
        ValueError: it is not one.
    """
    days, _, times = text.partition(" ")
    first, _, last = days.partition("-")
    begins, ends = (int(each[:2]) * 60 + int(each[3:]) for each in times.split("-"))
    return [{"weekday": day, "begins": begins, "ends": ends} for day in range(int(first), int(last or first) + 1)]


def read_absence(text: str, at: datetime) -> dict[str, datetime]:
    """Since how long and for how long from now, as in `2h, 3d`."""
    since, until = (read_span(each.strip()) for each in text.split(","))
    return {"from_at": at - since, "until_at": at + until}
