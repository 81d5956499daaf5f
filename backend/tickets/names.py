"""The names of departments and people that a ticket's history speaks of."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from backend.database import rows

_FIELDS = ("from_department_id", "to_department_id", "assignee_id", "previous_id", "account_id", "department_id")


async def names_in_history(data: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Names by id, in one statement for a whole page of history."""
    ids = {UUID(each[field]) for each in data for field in _FIELDS if each.get(field)}
    if not ids:
        return {}
    found = await rows(
        "select id, name from departments where id = any($1) union all select id, name from accounts where id = any($1)",
        list(ids),
    )
    return {str(each["id"]): each["name"] for each in found}
