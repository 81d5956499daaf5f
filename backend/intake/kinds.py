"""Kinds of request within a department ("change MX records"): their words and the proof that they need (FIELD.md C1)."""

from uuid import UUID

from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.clock import now
from backend.database import Row, row, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.intake.events import KindChanged
from backend.intake.tables import Kind
from backend.tenants.proof_levels import hold_proof_level
from backend.text import one_line, optional_lines


async def create_kind(
    actor: Actor, department_id: UUID, *, name: str, description: str, proof_level: str, category: str = "question"
) -> UUID:
    """A new kind of request, last in its department; `category` is what its requests are (FIELD.md B2).

    Raises:
        Refusal: not an admin, the department is not here, a name in use, a proof that cannot be asked for, or a field
            that cannot be kept.
    """
    require_admin(actor)
    async with transaction():
        await hold_proof_level(proof_level)
        await _lock_names(department_id)
        name = one_line(name, "name", 200)
        await _require_free_name(department_id, name, None)
        kind_id = new_id()
        await Kind.insert(
            Kind(
                tenant_id=actor.tenant_id,
                id=kind_id,
                department_id=department_id,
                name=name,
                description=optional_lines(description, "description", 2000),
                position=await value(
                    "select coalesce(max(position), 0) + 1 from kinds where department_id = $1", department_id
                ),
                proof_level=proof_level,
                category=category,
            )
        )
        await record(actor, KindChanged(kind_id=kind_id, department_id=department_id, what="created"))
    return kind_id


async def update_kind(
    actor: Actor, kind_id: UUID, department_id: UUID, *, name: str, description: str, proof_level: str,
    category: str | None = None,
) -> None:  # fmt: skip
    """Change the words of a kind, the proof that it needs, its category (left out, it stays) or its department.

    Raises:
        Refusal: not an admin, not here, a name in use, a proof that cannot be asked for, or a field that cannot be
            kept; or it would need another proof and the actor was not signed in a short while ago.
    """
    require_admin(actor)
    async with transaction():
        await hold_proof_level(proof_level)
        before = await _lock_kind(kind_id)
        if before["proof_level"] != proof_level:
            require_recent_sign_in(actor)
        await _lock_names(department_id)
        name = one_line(name, "name", 200)
        await _require_free_name(department_id, name, kind_id)
        await Kind.update(
            {
                Kind.department_id: department_id,
                Kind.name: name,
                Kind.description: optional_lines(description, "description", 2000),
                Kind.proof_level: proof_level,
                Kind.category: category or before["category"],
            }
        ).where(Kind.tenant_id == actor.tenant_id, Kind.id == kind_id)
        await record(actor, KindChanged(kind_id=kind_id, department_id=department_id, what="updated"))


async def archive_kind(actor: Actor, kind_id: UUID) -> None:
    """Offer a kind no longer; its tickets stay. Raises: Refusal where it is not here or the actor is no admin."""
    require_admin(actor)
    async with transaction():
        kind = await _lock_kind(kind_id)
        await Kind.update({Kind.archived_at: now()}).where(Kind.tenant_id == actor.tenant_id, Kind.id == kind_id)
        await record(actor, KindChanged(kind_id=kind_id, department_id=kind["department_id"], what="archived"))


async def restore_kind(actor: Actor, kind_id: UUID) -> None:
    """Offer an archived kind again.

    Raises:
        Refusal: it is not here, its name is in use by now, or nothing gives the proof that it needs.
    """
    require_admin(actor)
    async with transaction():
        await hold_proof_level(await value("select proof_level from kinds where id = $1", kind_id) or "none")
        kind = await _lock_kind(kind_id)
        await _lock_names(kind["department_id"])
        await _require_free_name(kind["department_id"], kind["name"], kind_id)
        await Kind.update({Kind.archived_at: None}).where(Kind.tenant_id == actor.tenant_id, Kind.id == kind_id)
        await record(actor, KindChanged(kind_id=kind_id, department_id=kind["department_id"], what="restored"))


async def _lock_kind(kind_id: UUID) -> Row:
    found = await row(
        "select id, name, department_id, proof_level, category from kinds where id = $1 for update", kind_id
    )
    if found is None:
        raise Refusal("not_found", "id")
    return found


async def _lock_names(department_id: UUID) -> None:
    """Two kinds that are named at once in a department are named one after the other. Raises: Refusal: it is not here."""
    if await row("select id from departments where id = $1 for no key update", department_id) is None:
        raise Refusal("not_found", "departmentId")


async def _require_free_name(department_id: UUID, name: str, kind_id: UUID | None) -> None:
    taken = await value(
        "select id from kinds where department_id = $1 and name = $2 and archived_at is null", department_id, name
    )
    if taken is not None and taken != kind_id:
        raise Refusal("name_taken", "name")
