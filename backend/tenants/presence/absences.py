"""When a member is away: said by the member or by a lead. Rules give nothing to who is away (FIELD.md A3)."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.actor import Actor, require_staff
from backend.clock import now, real_now
from backend.database import row, transaction, value
from backend.errors import Refusal
from backend.events import record
from backend.ids import new_id
from backend.tenants.events import MemberChanged
from backend.tenants.presence.tables import Absence
from backend.text import one_line

MOST_DAYS: Final = 3660
MOST_AHEAD: Final = 100
"""Absences of one member that are not over."""


async def set_absence(
    actor: Actor, member_id: UUID, *, from_at: datetime, until_at: datetime | None, reason: str = ""
) -> UUID:
    """Say that a member is away from a moment until another, or until they are back. Returns the absence's id.

    Raises:
        Refusal: neither the member nor a lead, the member is not here, an end before its begin or in the past, or times
            more than ten years away.
    """
    require_staff(actor)
    text = one_line(reason, "reason", 200) if reason.strip() else ""
    soon = now() - timedelta(days=MOST_DAYS), now() + timedelta(days=MOST_DAYS)
    if not soon[0] <= from_at <= soon[1] or (until_at is not None and not from_at < until_at <= soon[1]):
        raise Refusal("not_a_span", "from" if until_at is None else "until")
    if until_at is not None and until_at <= now():
        raise Refusal("not_a_span", "until")
    async with transaction():
        account_id = await account_to_change(actor, member_id)
        ahead = await value(
            "select count(*) from absences where account_id = $1 and (until_at is null or until_at > $2)",
            account_id,
            now(),
        )
        if ahead >= MOST_AHEAD:
            raise Refusal("too_many", "from", most=MOST_AHEAD)
        absence_id = new_id()
        await Absence.insert(
            Absence(
                tenant_id=actor.tenant_id, id=absence_id, account_id=account_id, from_at=from_at, until_at=until_at,
                reason=text, set_by=actor.account, created_at=real_now(),
            )
        )  # fmt: skip
        await record(actor, MemberChanged(account_id=account_id, what="absence"))
    return absence_id


async def end_absence(actor: Actor, absence_id: UUID) -> UUID:
    """The member is back: an absence that runs ends now, one that is still to come is off. Returns the member's id.

    Raises:
        Refusal: neither the member nor a lead, or no such absence that is not over.
    """
    require_staff(actor)
    async with transaction():
        found = await row(
            "select b.account_id, b.from_at, b.until_at, m.id as member_id from absences b "
            "join members m on m.tenant_id = b.tenant_id and m.account_id = b.account_id where b.id = $1 for update of b",
            absence_id,
        )
        at = now()
        if found is None or (found["until_at"] is not None and found["until_at"] <= at):
            raise Refusal("not_found", "id")
        member_id: UUID = found["member_id"]
        await account_to_change(actor, member_id)
        this = (Absence.tenant_id == actor.tenant_id) & (Absence.id == absence_id)
        if found["from_at"] >= at:
            await Absence.delete().where(this)
        else:
            await Absence.update({Absence.until_at: at}).where(this)
        await record(actor, MemberChanged(account_id=found["account_id"], what="absence"))
    return member_id


async def account_to_change(actor: Actor, member_id: UUID) -> UUID:
    """The account of a member whose hours the actor may change: their own, or anybody's for who leads.

    Raises:
        Refusal: the member is not here, or another's.
    """
    account_id: UUID | None = await value("select account_id from members where id = $1", member_id)
    if account_id is None:
        raise Refusal("not_found", "memberId")
    if account_id != actor.account_id and not (actor.leads or actor.administers):
        raise Refusal("not_allowed")
    return account_id
