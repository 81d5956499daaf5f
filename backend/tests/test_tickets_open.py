"""Opening a ticket beside changes of the company's set-up."""

import asyncio

from backend.database import rows, value
from backend.errors import Refusal
from backend.tenants.departments import archive_department
from backend.tests.factories import a_contact, a_department, a_member, a_tenant, within
from backend.tickets.open import NewTicket, open_ticket


async def test_no_ticket_comes_into_a_department_that_was_archived_meanwhile() -> None:
    tenant = await a_tenant()
    contact, admin = await a_contact(tenant), await a_member(tenant, "admin")
    billing = await a_department(tenant)

    async def ask(number: int) -> str:
        await asyncio.sleep(number * 0.002)
        try:
            await open_ticket(contact, NewTicket(department_id=billing, subject=f"No. {number}", body="Please."))
        except Refusal as refusal:
            return refusal.code
        return "opened"

    with within(tenant):
        found = await asyncio.gather(*(ask(n) for n in range(20)), archive_department(admin, billing))
        late = await rows(
            "select t.number from tickets t join departments d on d.tenant_id = t.tenant_id and d.id = t.department_id "
            "where t.opened_at > d.archived_at"
        )
        assert late == []
        assert await value("select count(*) from tickets") == found.count("opened")
        assert set(found[:-1]) <= {"opened", "department_closed"}
