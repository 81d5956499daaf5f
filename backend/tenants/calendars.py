"""The hours of a company and of its departments, as they are kept: one row each, a department without its own has the company's."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias
from uuid import UUID

import msgspec

from backend.business_time import Calendar, Span
from backend.database import Row, row, rows

TERMS: Final = """
    (select time_zone from tenants) as time_zone,
    (select c.id from calendars c where (c.department_id = {department} or c.department_id is null) and c.replaced_at is null
      order by c.department_id nulls last limit 1) as calendar_version,
    (select g.id from targets g where (g.department_id = {department} or g.department_id is null) and g.replaced_at is null
      order by g.department_id nulls last limit 1) as targets_version
"""
"""Columns that say which hours and which targets hold in a department; see `calendar_of_version`."""

Key: TypeAlias = tuple[UUID, UUID | None, str]
_MOST_READ: Final = 4096
_calendars: OrderedDict[Key, Calendar] = OrderedDict()


class OwnDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the company's own: closed where it has no spans."""

    day: date
    name: str
    spans: tuple[Span, ...] = ()


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """Opening hours as an admin sets them. Without a zone of its own it is the company's."""

    weekly: tuple[tuple[Span, ...], ...]
    zone: str | None = None
    country: str | None = None
    subdivision: str | None = None
    days: tuple[OwnDay, ...] = ()

    def calendar(self, company_zone: str) -> Calendar:
        """Raises: ValueError where they make no sense."""
        return Calendar(
            zone=self.zone or company_zone,
            weekly=self.weekly,
            country=self.country,
            subdivision=self.subdivision,
            days={each.day: each.spans for each in self.days},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Which version of hours and of targets holds somewhere; None is: nobody has set any. A version is the
    id of its row."""

    time_zone: str
    calendar_version: UUID | None
    targets_version: UUID | None


async def calendar_of(tenant_id: UUID, department_id: UUID) -> Calendar:
    """The hours of a department of the bound tenant: its own, or the company's, or always open."""
    return await calendar_of_version(tenant_id, await terms_of(department_id))


async def terms_of(department_id: UUID) -> Terms:
    """Which hours and targets hold in a department."""
    found = await row("select " + TERMS.format(department="$1::uuid"), department_id)
    if found is None:
        raise LookupError("A select without a table gave no row.")
    return terms_from(found)


async def terms_of_departments(department_ids: Sequence[UUID]) -> dict[UUID, Terms]:
    """As `terms_of`, of several departments at once."""
    found = await rows(
        f"select d.id, {TERMS.format(department='d.id')} from departments d where d.id = any($1)",  # noqa: S608 (ours)
        list(department_ids),
    )
    return {each["id"]: terms_from(each) for each in found}


def terms_from(found: Row) -> Terms:
    """The terms in a row that has the columns TERMS."""
    return Terms(**{name: found[name] for name in Terms.__dataclass_fields__})


async def calendar_of_version(tenant_id: UUID, terms: Terms) -> Calendar:
    """The hours of a version. A version never changes, so each is read once a process."""
    key = (tenant_id, terms.calendar_version, terms.time_zone)
    if (known := _calendars.get(key)) is not None:
        return known
    calendar = Calendar(zone=terms.time_zone)
    if terms.calendar_version is not None:
        found = await row("select definition from calendars where id = $1", terms.calendar_version)
        if found is not None:
            calendar = read_hours(found["definition"]).calendar(terms.time_zone)
    _calendars[key] = calendar
    if len(_calendars) > _MOST_READ:
        _calendars.popitem(last=False)
    return calendar


def read_hours(definition: str | bytes | dict[str, Any]) -> Hours:
    """Hours from their JSON. Raises: ValueError (msgspec.ValidationError is one) where they cannot be read."""
    if isinstance(definition, dict):
        return msgspec.convert(definition, Hours)
    return msgspec.json.decode(definition, type=Hours)
