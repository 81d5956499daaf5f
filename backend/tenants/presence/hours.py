"""A member's weekly hours, and how many open tickets rules may give them at most."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend.actor import Actor, require_staff
from backend.database import transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.tenants.events import MemberChanged
from backend.tenants.presence.absences import account_to_change
from backend.tenants.presence.shifts import DAY, Shift
from backend.tenants.presence.tables import Shift as ShiftRow
from backend.tenants.tables import Member

MOST_SHIFTS: Final = 42
MOST_CAPACITY: Final = 1000


async def set_hours(
    actor: Actor, member_id: UUID, *, shifts: Sequence[Shift], time_zone: str | None, capacity: int | None
) -> None:
    """Have exactly these weekly hours, in a zone of their own or the company's. Without hours somebody is always in.

    `capacity` is the most open tickets that rules give to the member, None: any number; it is a lead's to say.

    Raises:
        Refusal: neither the member nor a lead, not here, hours that overlap or are no hours, or a zone that is not known.
    """
    require_staff(actor)
    _check(shifts)
    if time_zone is not None:
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Refusal("not_a_time_zone", "timeZone") from None
    if capacity is not None and not 0 <= capacity <= MOST_CAPACITY:
        raise Refusal("too_many", "capacity", most=MOST_CAPACITY)
    async with transaction():
        account_id = await account_to_change(actor, member_id)
        before = await value("select capacity from members where id = $1 for no key update", member_id)
        if capacity != before and not (actor.leads or actor.administers):
            raise Refusal("not_allowed", "capacity")
        await Member.update({Member.time_zone: time_zone, Member.capacity: capacity}).where(
            Member.tenant_id == actor.tenant_id, Member.id == member_id
        )
        await ShiftRow.delete().where(ShiftRow.tenant_id == actor.tenant_id, ShiftRow.account_id == account_id)
        if shifts:
            await ShiftRow.insert(
                *(
                    ShiftRow(
                        tenant_id=actor.tenant_id, id=new_id(), account_id=account_id, weekday=each.weekday,
                        begins=each.begins, ends=each.ends,
                    )
                    for each in shifts
                )
            )  # fmt: skip
        await record(actor, MemberChanged(account_id=account_id, what="hours"))


def _check(shifts: Sequence[Shift]) -> None:
    """Raises: Refusal unless each is within a week and none overlaps another, also from Sunday into Monday."""
    if len(shifts) > MOST_SHIFTS:
        raise Refusal("too_many", "shifts", most=MOST_SHIFTS)
    week = 7 * DAY
    spans = []
    for each in shifts:
        if not (0 <= each.weekday < 7 and 0 <= each.begins < DAY and 0 < each.ends <= DAY and each.begins != each.ends):
            raise Refusal("not_hours", "shifts")
        begin = each.weekday * DAY + each.begins
        spans.append((begin, begin + (each.ends - each.begins) % DAY if each.ends != DAY else (each.weekday + 1) * DAY))
    spans.sort()
    following = [*spans[1:], *((begin + week, end + week) for begin, end in spans[:1])]
    if any(end > begin for (_, end), (begin, _) in zip(spans, following, strict=True)):
        raise Refusal("hours_overlap", "shifts")
