"""Set the opening hours and the promises of the company or of a department. Each change is a new version."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from backend.actor import Actor, require_admin
from backend.clock import now
from backend.database import row, rows, transaction
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.public_holidays import countries, subdivisions
from backend.tenants.calendars import Hours, read_hours
from backend.tenants.events import HoursChanged, TargetsChanged
from backend.tenants.tables import CalendarRow, TargetsRow
from backend.tenants.targets import MOST_MINUTES, PROMISES, Targets, read_targets
from backend.text import one_line

MOST_OWN_DAYS: Final = 200
MOST_SPANS: Final = 8


async def set_hours(actor: Actor, department_id: UUID | None, hours: Hours | None) -> None:
    """Set when people are there: the company's, or with a department that department's alone.

    With None nothing is set there any more: a department has the company's hours, the company is always open.

    Raises:
        Refusal: not an admin, the department is not here, or hours that make no sense.
    """
    require_admin(actor)
    async with transaction():
        await write_hours(actor, department_id, hours)


async def write_hours(actor: Actor, department_id: UUID | None, hours: Hours | None) -> None:
    """As `set_hours`, inside the caller's transaction; who may is asked by the caller."""
    zone = await _hold(department_id)
    if hours is not None:
        hours = msgspec.structs.replace(
            hours,
            days=tuple(msgspec.structs.replace(each, name=one_line(each.name, "days", 120)) for each in hours.days),
        )
        require_sense(hours, zone)
    await _replace("calendars", actor, department_id)
    if hours is not None:
        await CalendarRow.insert(CalendarRow(**_row(actor, department_id, hours)))
    await record(actor, HoursChanged(department_id=department_id))


async def set_targets(actor: Actor, department_id: UUID | None, targets: Targets | None) -> None:
    """Set what is promised: by the company, or with a department there alone. With None nothing is set there any more.

    Raises:
        Refusal: not an admin, the department is not here, or a promise that cannot be kept.
    """
    require_admin(actor)
    async with transaction():
        await write_targets(actor, department_id, targets)


async def write_targets(actor: Actor, department_id: UUID | None, targets: Targets | None) -> None:
    """As `set_targets`, inside the caller's transaction; who may is asked by the caller."""
    if targets is not None:
        _require_promises(targets)
    await _hold(department_id)
    await _replace("targets", actor, department_id)
    if targets is not None:
        await TargetsRow.insert(TargetsRow(**_row(actor, department_id, targets)))
    await record(actor, TargetsChanged(department_id=department_id))


async def hours_and_targets() -> list[tuple[UUID | None, Hours | None, Targets | None]]:
    """What is set now: by the company (first, always there), and by each department that has its own of either."""
    hours = {
        each["department_id"]: read_hours(each["definition"])
        for each in await rows("select department_id, definition from calendars where replaced_at is null")
    }
    targets = {
        each["department_id"]: read_targets(each["definition"])
        for each in await rows("select department_id, definition from targets where replaced_at is null")
    }
    departments = [each for each in dict.fromkeys((*hours, *targets)) if each is not None]
    return [(each, hours.get(each), targets.get(each)) for each in (None, *departments)]


def _row(actor: Actor, department_id: UUID | None, definition: Hours | Targets) -> dict[str, Any]:
    return {
        "tenant_id": actor.tenant_id, "id": new_id(), "department_id": department_id, "created_at": now(),
        "definition": msgspec.json.encode(definition).decode(),
    }  # fmt: skip


async def _hold(department_id: UUID | None) -> str:
    """Changes at once go one after the other. Returns the company's zone."""
    company = await row("select time_zone from tenants for no key update")
    if company is None:
        raise Refusal("not_found")
    if department_id is not None and await row("select 1 from departments where id = $1", department_id) is None:
        raise Refusal("not_found", "departmentId")
    zone: str = company["time_zone"]
    return zone


async def _replace(table: str, actor: Actor, department_id: UUID | None) -> None:
    await rows(
        f"update {table} set replaced_at = $3 where tenant_id = $1 and department_id is not distinct from $2 "  # noqa: S608 (ours)
        "and replaced_at is null",
        actor.tenant_id,
        department_id,
        now(),
    )


def require_sense(hours: Hours, company_zone: str) -> None:
    """Raises: Refusal, at its field, where hours make no sense."""
    if hours.zone is not None and not _is(ZoneInfo, hours.zone):
        raise Refusal("not_a_time_zone", "zone")
    if hours.country is not None and hours.country not in countries():
        raise Refusal("not_a_country", "country")
    if hours.subdivision is not None and hours.subdivision not in subdivisions(hours.country or ""):
        raise Refusal("not_a_subdivision", "subdivision")
    if len(hours.days) > MOST_OWN_DAYS or _twice([each.day for each in hours.days]):
        raise Refusal("own_days_wrong", "days", most=MOST_OWN_DAYS)
    if any(len(spans) > MOST_SPANS for spans in hours.weekly):
        raise Refusal("hours_wrong", "weekly")
    if not _is(lambda days: msgspec.structs.replace(hours, days=days).calendar(company_zone), ()):
        raise Refusal("hours_wrong", "weekly")
    if not _is(hours.calendar, company_zone):
        raise Refusal("hours_wrong", "days")


def _require_promises(targets: Targets) -> None:
    if len(targets.urgencies) != 5:
        raise Refusal("target_wrong", "targets", most=MOST_MINUTES // 60)
    for each in targets.urgencies:
        for promise in PROMISES:
            minutes = each.of(promise)
            if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
                raise Refusal("target_wrong", "targets", most=MOST_MINUTES // 60)
        if each.aim is not None and each.answer is not None and _same_count(targets) and each.aim > each.answer:
            raise Refusal("aim_after_rule", "targets")
    if not all(0 <= targets.rule(promise).warn_minutes <= MOST_MINUTES for promise in PROMISES):
        raise Refusal("target_wrong", "warnMinutes", most=MOST_MINUTES // 60)


def _same_count(targets: Targets) -> bool:
    return targets.aim.count == targets.answer.count


def _twice(days: Collection[Any]) -> bool:
    return len(set(days)) < len(days)


def _is(make: Any, given: Any) -> bool:
    """Whether something can be made of what was given."""
    try:
        make(given)
    except (ValueError, KeyError, OSError):
        return False
    return True
