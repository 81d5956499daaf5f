"""The staff: invite, change, deactivate, reactivate. Someone must always keep the role of owner."""

from collections.abc import Sequence
from typing import TypedDict
from uuid import UUID

import asyncpg

from backend.accounts.create import create_account
from backend.accounts.links import create_link, lapse_links
from backend.accounts.sessions import revoke_sessions
from backend.accounts.set_password import LAPSING
from backend.accounts.tables import Account
from backend.actor import Actor, require_admin, require_recent_sign_in
from backend.clock import real_now
from backend.database import Row, row, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.tenants.events import MemberChanged, MemberInvited
from backend.tenants.members import insert_member, set_departments
from backend.tenants.tables import Member
from backend.text import email_address, one_line


class MemberFields(TypedDict):
    """What an admin says of a member."""

    name: str
    email: str
    role: str
    department_ids: Sequence[UUID]


async def invite_member(actor: Actor, *, name: str, email: str, role: str, department_ids: Sequence[UUID]) -> UUID:
    """Make a member who sets a password by a mailed link. Returns the member's id.

    Someone who was invited before and has set no password yet is invited anew, with what is said now.

    Raises:
        Refusal: not an admin, the address in use, a department not here, or a field that cannot be kept.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    _require_owner_for_owner(actor, role)
    async with transaction():
        waiting = await row(
            "select m.id from members m join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id "
            "where a.email = $1 and a.password_hash is null and a.disabled_at is null",
            email_address(email),
        )
        if waiting is not None:
            return await _invite_anew(actor, waiting["id"], one_line(name, "name", 200), role, department_ids)
        account_id = await create_account(actor, kind="member", email=email, name=name)
        member_id = await insert_member(actor, account_id, role, department_ids)
        await _invite(actor, account_id)
    return member_id


async def update_member(
    actor: Actor, member_id: UUID, *, name: str, email: str, role: str, department_ids: Sequence[UUID]
) -> None:
    """Change a member's name, address, role or departments.

    A new address ends the links that were mailed to the old one; who has no password yet is invited anew.

    Raises:
        Refusal: not an admin, an owner changed by another than an owner, not here, the address in use, or nobody would
            be owner.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    async with transaction():
        member = await _lock_member(member_id)
        _require_owner_for_owner(actor, member["role"])
        if role != member["role"]:
            _require_owner_for_owner(actor, role)
            await _require_other_owner(member)
        address = email_address(email)
        taken = await value("select id from accounts where email = $1", address)
        if taken is not None and taken != member["account_id"]:
            raise Refusal("email_taken", "email")
        try:
            await Account.update({Account.name: one_line(name, "name", 200), Account.email: address}).where(
                Account.tenant_id == actor.tenant_id, Account.id == member["account_id"]
            )
        except asyncpg.UniqueViolationError:
            # Someone took the address between the question and the change.
            raise Refusal("email_taken", "email") from None
        await Member.update({Member.role: role}).where(Member.tenant_id == actor.tenant_id, Member.id == member_id)
        await set_departments(actor, member["account_id"], department_ids)
        await record(actor, MemberChanged(account_id=member["account_id"], what="updated"))
        if address != member["email"]:
            for purpose in LAPSING:
                await lapse_links(member["account_id"], purpose, real_now())
            if not member["has_password"]:
                await _invite(actor, member["account_id"])


async def deactivate_member(actor: Actor, member_id: UUID) -> None:
    """End a member's access at once: every session ends. What the member wrote stays.

    Raises:
        Refusal: not an admin, not here, or nobody would be owner.
    """
    require_admin(actor)
    require_recent_sign_in(actor)
    async with transaction():
        member = await _lock_member(member_id)
        _require_owner_for_owner(actor, member["role"])
        await _require_other_owner(member)
        await _set_disabled(actor, member, disabled=True)
        await revoke_sessions(member["account_id"])


async def reactivate_member(actor: Actor, member_id: UUID) -> None:
    """Give a member access again. Raises: Refusal where the actor is no admin or the member is not here."""
    require_admin(actor)
    require_recent_sign_in(actor)
    async with transaction():
        member = await _lock_member(member_id)
        _require_owner_for_owner(actor, member["role"])
        await _set_disabled(actor, member, disabled=False)


async def _invite_anew(actor: Actor, member_id: UUID, name: str, role: str, department_ids: Sequence[UUID]) -> UUID:
    """The mail was lost or its link ran out: what is said now holds, and the links mailed before work no more."""
    member = await _lock_member(member_id)
    _require_owner_for_owner(actor, member["role"])
    await Account.update({Account.name: name}).where(
        Account.tenant_id == actor.tenant_id, Account.id == member["account_id"]
    )
    await Member.update({Member.role: role}).where(Member.tenant_id == actor.tenant_id, Member.id == member_id)
    await set_departments(actor, member["account_id"], department_ids)
    await lapse_links(member["account_id"], "set_password", real_now())
    await _invite(actor, member["account_id"])
    return member_id


async def _invite(actor: Actor, account_id: UUID) -> None:
    link_id = await create_link(actor, "set_password", account_id)
    await record(actor, MemberInvited(account_id=account_id, link_id=link_id))


async def _set_disabled(actor: Actor, member: Row, *, disabled: bool) -> None:
    await Account.update({Account.disabled_at: real_now() if disabled else None}).where(
        Account.tenant_id == actor.tenant_id, Account.id == member["account_id"]
    )
    what = "deactivated" if disabled else "reactivated"
    await record(actor, MemberChanged(account_id=member["account_id"], what=what))


async def _lock_member(member_id: UUID) -> Row:
    # All members are locked in the same order, so that two admins cannot each remove the other as the last owner.
    await row("select count(*) from (select id from members where role = 'owner' order by id for update) as owners")
    found = await row(
        "select m.id, m.account_id, m.role, a.email, a.password_hash is not null as has_password, a.disabled_at from members m "
        "join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id where m.id = $1 for update of m",
        member_id,
    )
    if found is None:
        raise Refusal("not_found", "id")
    return found


async def _require_other_owner(member: Row) -> None:
    if member["role"] != "owner" or member["disabled_at"] is not None:
        return
    others = await value(
        "select count(*) from members m join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id "
        "where m.role = 'owner' and a.disabled_at is null and m.id <> $1",
        member["id"],
    )
    if others == 0:
        raise Refusal("last_owner", "role")


def _require_owner_for_owner(actor: Actor, role: str) -> None:
    """Owners alone make, change and remove owners. Raises: Refusal."""
    if role == "owner" and actor.kind != "system" and actor.role != "owner":
        raise Refusal("not_allowed", "role")
