"""The staff: invite, change role and departments, deactivate."""

from collections.abc import Sequence
from uuid import UUID

from backend.actor import Actor, require_admin
from backend.database import value
from backend.errors import Refusal
from backend.ids import new_id
from backend.tenants.tables import DepartmentMember, Member


async def insert_member(actor: Actor, account_id: UUID, role: str, department_ids: Sequence[UUID]) -> UUID:
    """Make an account a member of the staff, inside the caller's transaction. Returns the member's id.

    Raises:
        Refusal: a department is not here.
    """
    require_admin(actor)
    member_id = new_id()
    await Member.insert(Member(tenant_id=actor.tenant_id, id=member_id, account_id=account_id, role=role, last_turn=0))
    await set_departments(actor, account_id, department_ids)
    return member_id


async def set_departments(actor: Actor, account_id: UUID, department_ids: Sequence[UUID]) -> None:
    """Say in which departments someone works, inside the caller's transaction.

    Raises:
        Refusal: a department is not here.
    """
    wanted = list(dict.fromkeys(department_ids))
    known = await value("select count(*) from departments where id = any($1::uuid[])", wanted)
    if known != len(wanted):
        raise Refusal("not_found", "departmentIds")
    await DepartmentMember.delete().where(
        DepartmentMember.tenant_id == actor.tenant_id, DepartmentMember.account_id == account_id
    )
    if wanted:
        await DepartmentMember.insert(
            *(
                DepartmentMember(tenant_id=actor.tenant_id, id=new_id(), department_id=each, account_id=account_id)
                for each in wanted
            )
        )
