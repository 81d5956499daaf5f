"""A request with two questions, and what the tests of moves look at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.actor import Actor
from backend.database import row, rows, value
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tickets.moves.split import Part, split_ticket
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A company with a contact and an agent; the contact's ticket asks about DNS and then about an invoice."""

    tenant: TestTenant
    contact: Actor
    agent: Actor
    billing: UUID
    number: int


async def a_story(*, policy: str = "foundry", second: str | None = "And the invoice of May?") -> Story:
    tenant = await a_tenant(policy=policy)
    billing = await a_department(tenant)
    contact, agent = await a_contact(tenant), await a_member(tenant, "lead")
    with within(tenant):
        number = await a_ticket(contact, tenant.support)
        if second is not None:
            await reply(contact, number, second)
    return Story(tenant=tenant, contact=contact, agent=agent, billing=billing, number=number)


async def a_ticket(
    contact: Actor, department: UUID, subject: str = "DNS", body: str = "The MX records are wrong."
) -> int:
    return (await open_ticket(contact, NewTicket(department_id=department, subject=subject, body=body))).number


async def messages(number: int) -> list[str]:
    """The texts of a ticket in their order."""
    found = await rows(
        "select m.body from messages m join tickets t on t.tenant_id = m.tenant_id and t.id = m.ticket_id "
        "where t.number = $1 order by m.at, m.id",
        number,
    )
    return [each["body"] for each in found]


async def message_id(text: str) -> UUID:
    found: UUID = await value("select id from messages where body = $1", text)
    return found


async def ticket(number: int) -> Any:
    found = await row("select * from tickets where number = $1", number)
    assert found is not None
    return found


async def at_of(text: str) -> datetime:
    found: datetime = await value("select at from messages where body = $1", text)
    return found


async def split(story: Story, *texts: str, subject: str = "Invoice", department: UUID | None = None) -> int:
    return await split_ticket(
        story.agent,
        story.number,
        Part(
            message_ids=[await message_id(each) for each in texts],
            department_id=department or story.billing,
            subject=subject,
        ),
    )


async def everything(*numbers: int) -> dict[str, list[Any]]:
    """The rows of tickets and of all that is theirs, as they are compared before and after."""
    ids = [(await ticket(each))["id"] for each in numbers]
    found: dict[str, list[Any]] = {}
    for name, sql in (
        ("tickets", "select * from tickets where id = any($1) order by id"),
        ("messages", "select * from messages where ticket_id = any($1) order by id"),
        ("secrets", "select * from secrets where ticket_id = any($1) order by id"),
        ("search", "select * from search_entries where ticket_id = any($1) order by id"),
        (
            "timers",
            "select id, ticket_id, step, action, due_at, secret_id from timers where ticket_id = any($1) "
            "and done_at is null and cancelled_at is null order by id",
        ),
    ):
        found[name] = [tuple(each.values()) for each in await rows(sql, ids)]
    return found
