"""Departments: create, describe, order, archive. Every change is an event and shows on the portal at once."""

import re
from collections.abc import Collection
from uuid import UUID

from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.clock import now
from backend.database import Row, row, rows, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.tenants.events import DepartmentChanged
from backend.tenants.proof_levels import hold_proof_level
from backend.tenants.tables import Department
from backend.text import folded, one_line, optional_lines

AUDIENCES = ("everyone", "clients", "approvers")


async def create_department(
    actor: Actor, *, name: str, description: str, audience: str, proof_level: str, category: str = "question"
) -> UUID:
    """A new department, last in the order. Its mail address follows from its name.

    Raises:
        Refusal: not an admin, a name in use, a proof that cannot be asked for, or a field that cannot be kept.
    """
    require_admin(actor)
    async with transaction():
        await hold_proof_level(proof_level)
        await _lock_names()
        name = one_line(name, "name", 200)
        department_id = await insert_department(
            actor,
            name=name,
            description=optional_lines(description, "description", 2000),
            audience=audience,
            proof_level=proof_level,
            mailbox=await _free_mailbox(name),
            category=category,
        )
        await record(actor, DepartmentChanged(department_id=department_id, what="created"))
    return department_id


async def update_department(
    actor: Actor, department_id: UUID, *, name: str, description: str, audience: str, proof_level: str,
    category: str | None = None,
) -> None:  # fmt: skip
    """Rename or describe a department, or change who may submit to it and what proof it needs.

    `category` is what a request without a kind is here; left out, it stays.

    Raises:
        Refusal: not an admin, not here, a name in use, or a proof that cannot be asked for; or it would need another proof
            and the actor was not signed in a short while ago.
    """
    require_admin(actor)
    async with transaction():
        await hold_proof_level(proof_level)
        await _lock_names()
        name = one_line(name, "name", 200)
        before = await _lock_department(department_id)
        if before["proof_level"] != proof_level:
            require_recent_sign_in(actor)
        await _require_free_name(name, department_id)
        await Department.update(
            {
                Department.name: name,
                Department.description: optional_lines(description, "description", 2000),
                Department.audience: audience,
                Department.proof_level: proof_level,
                Department.category: category or before["category"],
            }
        ).where(Department.tenant_id == actor.tenant_id, Department.id == department_id)
        await record(actor, DepartmentChanged(department_id=department_id, what="updated"))


async def move_department(actor: Actor, department_id: UUID, position: int) -> None:
    """Put a department at a place (0 is first) in the order in which the portal shows them.

    Raises:
        Refusal: not an admin, or not here.
    """
    require_admin(actor)
    async with transaction():
        # Locked by id: two moves at once would lock by two orders, and wait for each other.
        await rows("select id from departments where archived_at is null order by id for update")
        found = await rows("select id from departments where archived_at is null order by position, id")
        order = [each["id"] for each in found]
        if department_id not in order:
            raise Refusal("not_found", "id")
        order.remove(department_id)
        order.insert(max(0, min(position, len(order))), department_id)
        await rows(
            "update departments d set position = o.place from unnest($2::uuid[]) with ordinality as o(id, place) "
            "where d.tenant_id = $1 and d.id = o.id",
            actor.tenant_id,
            order,
        )
        await record(actor, DepartmentChanged(department_id=department_id, what="moved"))


async def archive_department(actor: Actor, department_id: UUID) -> None:
    """Close a department for new tickets; its tickets stay.

    Raises:
        Refusal: not an admin, not here, or the last open one.
    """
    require_admin(actor)
    async with transaction():
        found = await rows("select id from departments where archived_at is null order by id for update")
        if department_id not in [each["id"] for each in found]:
            raise Refusal("not_found", "id")
        if len(found) == 1:
            raise Refusal("last_department", "id")
        await Department.update({Department.archived_at: now()}).where(
            Department.tenant_id == actor.tenant_id, Department.id == department_id
        )
        await record(actor, DepartmentChanged(department_id=department_id, what="archived"))


async def restore_department(actor: Actor, department_id: UUID) -> None:
    """Open an archived department again.

    Raises:
        Refusal: not an admin, not here, its name is in use by now, or nothing gives the proof that it or a kind needs.
    """
    require_admin(actor)
    async with transaction():
        await _lock_names()
        found = await _lock_department(department_id)
        for each in await rows(
            "select proof_level from departments where id = $1 union "
            "select proof_level from kinds where department_id = $1 and archived_at is null",
            department_id,
        ):
            await hold_proof_level(each["proof_level"])
        await _require_free_name(found["name"], department_id)
        await Department.update({Department.archived_at: None}).where(
            Department.tenant_id == actor.tenant_id, Department.id == department_id
        )
        await record(actor, DepartmentChanged(department_id=department_id, what="restored"))


async def hold_departments(department_ids: Collection[UUID]) -> None:
    """Mark exactly these departments; inside the caller's transaction.

    Raises:
        Refusal: one of them is not here.
    """
    known = {each["id"] for each in await rows("select id from departments order by id for no key update")}
    if not set(department_ids) <= known:
        raise Refusal("not_found", "departmentIds")
    await rows(
        "update departments set holds_transfers = id = any($1) where holds_transfers <> (id = any($1))",
        list(department_ids),
    )


async def insert_department(
    actor: Actor,
    *,
    name: str,
    description: str,
    audience: str,
    proof_level: str,
    mailbox: str,
    category: str = "question",
) -> UUID:
    """Write a department, last in the order, inside the caller's transaction.

    Raises:
        Refusal: the name is in use.
    """
    await _require_free_name(name, None)
    department_id = new_id()
    await Department.insert(
        Department(
            tenant_id=actor.tenant_id,
            id=department_id,
            name=name,
            description=description,
            position=await value("select coalesce(max(position), 0) + 1 from departments"),
            audience=audience,
            proof_level=proof_level,
            mailbox=mailbox,
            holds_transfers=False,
            category=category,
        )
    )
    return department_id


async def _lock_department(department_id: UUID) -> Row:
    found = await row("select id, name, proof_level, category from departments where id = $1 for update", department_id)
    if found is None:
        raise Refusal("not_found", "id")
    return found


async def _lock_names() -> None:
    """Two departments that are named at once are named one after the other, so that the second sees the first."""
    await row("select id from tenants for no key update")


async def _require_free_name(name: str, department_id: UUID | None) -> None:
    taken = await value("select id from departments where name = $1 and archived_at is null", name)
    if taken is not None and taken != department_id:
        raise Refusal("name_taken", "name")


async def _free_mailbox(name: str) -> str:
    """The name as the local part of an address, with a number behind it where that is in use."""
    base = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:50] or "department"
    taken = {each["mailbox"] for each in await rows("select mailbox from departments")}
    return next(c for c in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if c not in taken)
