"""Reads of the kinds of request."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Row, row, rows


async def list_kinds(department_ids: Sequence[UUID]) -> list[Row]:
    """The kinds of these departments in their order, archived ones last."""
    return await rows(
        "select * from kinds where department_id = any($1) order by department_id, archived_at is not null, position, id",
        list(department_ids),
    )


async def get_kind(kind_id: UUID) -> Row | None:
    """A kind of request of the bound tenant."""
    return await row("select * from kinds where id = $1", kind_id)
