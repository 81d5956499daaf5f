"""What comes in for a department that was archived: it goes to an open one that the writer may use, on every way in."""

import asyncio
from pathlib import Path
from uuid import UUID

import pytest

from backend.actor import Actor
from backend.database import row, rows, transaction, value
from backend.errors import Refusal
from backend.files import open_files
from backend.intake.kinds import create_kind
from backend.mailboxes.addresses import reply_address
from backend.mailboxes.receive import receive
from backend.tenants.departments import archive_department, move_department, restore_department
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import reply


async def a_closed_ticket(tenant: TestTenant, contact: Actor, department: UUID, *, kind: UUID | None = None) -> int:
    """A ticket that is closed for good, in a department that is archived then."""
    agent = await a_member(tenant)
    with within(tenant):
        new = NewTicket(department_id=department, kind_id=kind, subject="Invoice", body="Please.")
        number = (await open_ticket(contact, new)).number
        await reply(agent, number, "Done.", status="solved")
        await rows("update tickets set status = 'closed', meaning = 'closed' where number = $1", number)
    return number


async def place_of(tenant: TestTenant, number: int) -> tuple[UUID, UUID | None, str]:
    with within(tenant):
        found = await row("select department_id, kind_id, required_level from tickets where number = $1", number)
    assert found is not None
    return found["department_id"], found["kind_id"], found["required_level"]


async def in_order(tenant: TestTenant, *departments: UUID) -> None:
    with within(tenant):
        for position, department in enumerate(departments):
            await move_department(tenant.actor, department, position)


async def test_a_follow_up_of_a_ticket_in_an_archived_department_goes_to_the_first_open_one_that_its_writer_may_use() -> (
    None
):
    tenant = await a_tenant()
    billing = await a_department(tenant)
    approvers = await a_department(tenant, "Cancellations", audience="approvers")
    domains = await a_department(tenant, "Domains", proof_level="password")
    await in_order(tenant, approvers, domains, tenant.support, billing)
    contact = await a_contact(tenant, "member")
    with within(tenant):
        kind = await create_kind(tenant.actor, billing, name="Question", description="", proof_level="none")
    number = await a_closed_ticket(tenant, contact, billing, kind=kind)
    with within(tenant):
        again = await reply(contact, number, "It is back.")
    assert again.follow_up
    assert await place_of(tenant, again.number) == (billing, kind, "none")
    with within(tenant):
        await archive_department(tenant.actor, billing)
        moved = await reply(contact, number, "And again.")
    assert await place_of(tenant, moved.number) == (domains, None, "password")
    with within(tenant):
        told = await rows("select data->>'department_id' as id from events where type = 'TicketOpened' order by id")
    assert [UUID(each["id"]) for each in told][-1] == domains, "the staff there is told"


async def test_a_mail_to_a_reply_address_of_an_archived_department_opens_in_the_same_place(tmp_path: Path) -> None:
    open_files(tmp_path)
    tenant = await a_tenant()
    billing = await a_department(tenant)
    clients_alone = await a_department(tenant, "Domains", proof_level="password")
    await in_order(tenant, clients_alone, tenant.support, billing)
    contact = await a_contact(tenant)
    number = await a_closed_ticket(tenant, contact, billing)
    with within(tenant):
        mailbox = await value("select mailbox from departments where id = $1", billing)
        await archive_department(tenant.actor, billing)
    address = reply_address(mailbox, tenant.mail_domain, tenant.id, number)
    opened = {}
    for sender in (contact.email, "stranger@else.example"):
        raw = f"From: {sender}\r\nSubject: Re\r\nMessage-ID: <{sender}>\r\n\r\nIt is back.\r\n"
        opened[sender] = await receive(address, sender, raw.encode())
    follow_up, new = opened.values()
    assert (follow_up.outcome, new.outcome) == ("replied", "opened")
    assert follow_up.number is not None
    assert new.number is not None
    assert await place_of(tenant, follow_up.number) == (clients_alone, None, "password")
    assert await place_of(tenant, new.number) == (tenant.support, None, "none"), "clients alone may use the other"


async def test_where_its_writer_may_use_none_the_first_open_one_takes_it() -> None:
    tenant = await a_tenant()
    billing = await a_department(tenant)
    approvers = await a_department(tenant, "Cancellations", audience="approvers")
    contact = await a_contact(tenant, "member")
    number = await a_closed_ticket(tenant, contact, billing)
    with within(tenant):
        await archive_department(tenant.actor, billing)
        await archive_department(tenant.actor, tenant.support)
        moved = await reply(contact, number, "It is back.")
    assert (await place_of(tenant, moved.number))[0] == approvers


async def test_the_portal_refuses_an_archived_department_and_a_restored_one_is_the_place_again() -> None:
    tenant = await a_tenant()
    billing = await a_department(tenant)
    contact = await a_contact(tenant)
    number = await a_closed_ticket(tenant, contact, billing)
    with within(tenant):
        await archive_department(tenant.actor, billing)
        with pytest.raises(Refusal, match="takes no requests"):
            await open_ticket(contact, NewTicket(department_id=billing, subject="Invoice", body="Please."))
        await restore_department(tenant.actor, billing)
        moved = await reply(contact, number, "It is back.")
    assert (await place_of(tenant, moved.number))[0] == billing


async def test_a_department_that_is_archived_just_then_takes_no_follow_up() -> None:
    tenant = await a_tenant()
    billing = await a_department(tenant)
    contact = await a_contact(tenant)
    number = await a_closed_ticket(tenant, contact, billing)
    half_archived = asyncio.Event()

    async def again() -> int:
        await half_archived.wait()
        with within(tenant):
            return (await reply(contact, number, "It is back.")).number

    writing = asyncio.create_task(again())
    with within(tenant):
        async with transaction():
            await rows("update departments set archived_at = now() where id = $1", billing)
            half_archived.set()
            await asyncio.wait([writing], timeout=0.3)
            assert not writing.done(), "it waits for what becomes of the department"
    assert (await place_of(tenant, await writing))[0] == tenant.support
