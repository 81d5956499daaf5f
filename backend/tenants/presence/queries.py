"""Reads of who is in: everybody's hours and absences, for the staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

import msgspec

from backend.database import Row, rows
from backend.tenants.presence.shifts import Shift, is_in, next_in

State: TypeAlias = Literal["in", "away", "off_shift", "left"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Whether a member is in now, until when that holds, and what is known of their hours.

    `left` is somebody whose access has ended. `until` is when they are back; None: not known, or they are in.
    """

    account_id: UUID
    state: State
    until: datetime | None
    reason: str
    time_zone: str | None
    capacity: int | None
    load: int
    shifts: tuple[Shift, ...]
    absences: tuple[Row, ...]


async def presence_of(account_ids: Sequence[UUID], at: datetime) -> dict[UUID, Presence]:
    """The presence of members at a moment, with absences that are not over; two statements however many they are."""
    found = await rows(
        """
        select m.account_id, m.time_zone, m.capacity, c.time_zone as company_zone, a.disabled_at is not null as has_left,
               (select jsonb_agg(jsonb_build_array(s.weekday, s.begins, s.ends) order by s.weekday, s.begins) from shifts s
                 where s.tenant_id = m.tenant_id and s.account_id = m.account_id)::text as shifts,
               (select count(*) from (select from tickets k where k.tenant_id = m.tenant_id and k.assignee_id = m.account_id
                   and k.meaning in ('new', 'open') limit 1000) mine) as load
          from members m
          join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
          join tenants c on c.id = m.tenant_id
         where m.account_id = any($1)
        """,
        list(account_ids),
    )
    absences: dict[UUID, list[Row]] = {each["account_id"]: [] for each in found}
    for absence in await rows(
        "select id, account_id, from_at, until_at, reason from absences where account_id = any($1) "
        "and (until_at is null or until_at > $2) order by from_at, id",
        list(account_ids),
        at,
    ):
        absences[absence["account_id"]].append(absence)
    return {each["account_id"]: _presence(each, absences[each["account_id"]], at) for each in found}


def _presence(member: Row, absences: list[Row], at: datetime) -> Presence:
    shifts = tuple(Shift(*each) for each in msgspec.json.decode(member["shifts"] or "[]"))
    zone = member["time_zone"] or member["company_zone"]
    running = next((each for each in absences if each["from_at"] <= at), None)
    state: State = "in"
    until: datetime | None = None
    if member["has_left"]:
        state = "left"
    elif running is not None:
        state, until = "away", _back(absences, at)
    elif not is_in(shifts, zone, at):
        state, until = "off_shift", next_in(shifts, zone, at)
    return Presence(
        account_id=member["account_id"], state=state, until=until, reason=running["reason"] if running else "",
        time_zone=member["time_zone"], capacity=member["capacity"], load=member["load"], shifts=shifts,
        absences=tuple(absences),
    )  # fmt: skip


def _back(absences: list[Row], at: datetime) -> datetime | None:
    """When the absence that runs is over, with those that follow without a gap. They are ordered by their begin."""
    end = at
    for each in absences:
        if each["from_at"] > end:
            break
        if each["until_at"] is None:
            return None
        end = max(end, each["until_at"])
    return end
