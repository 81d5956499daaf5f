"""Who hears of a ticket, at which address and in which language."""

from dataclasses import dataclass
from uuid import UUID

from backend.clock import now
from backend.database import row, rows
from backend.tenants.presence.queries import presence_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Someone to whom a mail goes."""

    account_id: UUID
    kind: str
    email: str
    language: str


async def requester_of(ticket_id: UUID | None) -> Reader | None:
    """Who opened the ticket; None where that account was disabled."""
    found = await row(
        """select a.id as account_id, a.kind, a.email, coalesce(a.language, c.language) as language
             from tickets t
             join accounts a on a.tenant_id = t.tenant_id and a.id = t.requester_id
             join tenants c on c.id = t.tenant_id
            where t.id = $1 and a.disabled_at is null""",
        ticket_id,
    )
    return Reader(**dict(found)) if found else None


async def requester_of_number(number: int) -> Reader | None:
    """As `requester_of`, by the ticket's number."""
    found = await row("select id from tickets where number = $1", number)
    return await requester_of(found["id"]) if found else None


async def also_asked(ticket_id: UUID | None) -> list[Reader]:
    """Who opened the tickets that were merged into this one, where they are the client's people still: they asked too."""
    found = await rows(
        """with recursive merged as (
               select s.id, s.requester_id from tickets s where s.merged_into = $1
               union all
               select s.id, s.requester_id from merged m join tickets s on s.tenant_id = current_tenant() and s.merged_into = m.id
           )
           select distinct a.id as account_id, a.kind, a.email, coalesce(a.language, c.language) as language
             from merged m
             join tickets t on t.tenant_id = current_tenant() and t.id = $1 and t.requester_id <> m.requester_id
             join contacts p on p.tenant_id = t.tenant_id and p.client_id = t.client_id and p.account_id = m.requester_id
             join accounts a on a.tenant_id = t.tenant_id and a.id = m.requester_id and a.disabled_at is null
             join tenants c on c.id = t.tenant_id
            order by a.id""",
        ticket_id,
    )
    return [Reader(**dict(each)) for each in found]


async def copied(ticket_id: UUID | None) -> list[Reader]:
    """Who gets copies of the answers on a ticket."""
    found = await rows(
        """select a.id as account_id, a.kind, a.email, coalesce(a.language, c.language) as language
             from ticket_copies p
             join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id and a.disabled_at is null
             join tenants c on c.id = p.tenant_id
            where p.ticket_id = $1 and p.removed_at is null and a.kind <> 'member' order by a.id""",
        ticket_id,
    )
    return [Reader(**dict(each)) for each in found]


async def first_asked(ticket_id: UUID | None) -> UUID | None:
    """The client's first public message on a ticket."""
    found = await row(
        "select id from messages where ticket_id = $1 and side = 'client' and kind = 'message' order by at, id limit 1",
        ticket_id,
    )
    return found["id"] if found else None


async def account(account_id: UUID) -> Reader | None:
    """Someone by account; None where it was disabled."""
    found = await row(
        """select a.id as account_id, a.kind, a.email, coalesce(a.language, c.language) as language
             from accounts a join tenants c on c.id = a.tenant_id
            where a.id = $1 and a.disabled_at is null""",
        account_id,
    )
    return Reader(**dict(found)) if found else None


async def members_of(department_id: UUID, *, but_not: UUID | None) -> list[Reader]:
    """The active members who work in a department, without the one who acted."""
    found = await rows(
        """select a.id as account_id, a.kind, a.email, coalesce(a.language, c.language) as language
             from department_members d
             join accounts a on a.tenant_id = d.tenant_id and a.id = d.account_id
             join tenants c on c.id = a.tenant_id
            where d.department_id = $1 and a.disabled_at is null and a.kind = 'member' and a.id is distinct from $2
            order by a.id""",
        department_id,
        but_not,
    )
    return [Reader(**dict(each)) for each in found]


async def who_can_act(ticket_id: UUID | None) -> list[Reader]:
    """Who can do something about a ticket now: its assignee where they are in, else those of its department who are.
    Where nobody is, all of them: somebody may look before they are due.
    """
    found = await row("select assignee_id, department_id from tickets where id = $1", ticket_id)
    if found is None:
        return []
    assignee = await account(found["assignee_id"]) if found["assignee_id"] is not None else None
    members = await members_of(found["department_id"], but_not=None)
    presence = await presence_of([each.account_id for each in (*members, *([assignee] if assignee else []))], now())
    in_now = {each.account_id for each in presence.values() if each.state == "in"}
    if assignee is not None and assignee.account_id in in_now:
        return [assignee]
    return [each for each in members if each.account_id in in_now] or members or ([assignee] if assignee else [])


async def last_answer(ticket_id: UUID | None) -> UUID | None:
    """The staff's latest public message on a ticket."""
    found = await row(
        "select id from messages where ticket_id = $1 and side = 'staff' and kind = 'message' order by at desc, id desc limit 1",
        ticket_id,
    )
    return found["id"] if found else None


async def mailed_before(ticket_id: UUID | None) -> int:
    """How many tickets the requester of this one opened by mail in the hour before it."""
    found = await row(
        """select count(*) as number from tickets t
             join tickets b on b.tenant_id = t.tenant_id and b.requester_id = t.requester_id and b.channel = 'email'
              and b.opened_at > t.opened_at - interval '1 hour' and b.last_activity_at > t.opened_at - interval '1 hour'
              and (b.opened_at, b.id) < (t.opened_at, t.id)
            where t.id = $1""",
        ticket_id,
    )
    return found["number"] if found else 0
