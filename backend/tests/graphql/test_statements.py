"""A page asks the database the same number of times, however many rows it has."""

import pytest
from litestar import Litestar

from backend.database import count_queries
from backend.tests.client import a_browser
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tickets.open import NewTicket, open_ticket

STAFF = "query { members(includeInactive: true) { role person { name } departments { name mailAddress } } }"
QUEUE = """query { queue { edges { node { number subject statusSentence timers { dueAt } department { name mailAddress
    kinds { name } waitingCount } requester { name } assignee { name } client { name } attestation { method }
    abilities { reply statuses { key } } } } } }"""


async def more(tenant: TestTenant, name: str) -> None:
    """One more of everything that the pages list."""
    department = await a_department(tenant, name)
    await a_member(tenant, departments=[tenant.support, department])
    contact = await a_contact(tenant)
    with within(tenant):
        await open_ticket(contact, NewTicket(department_id=department, subject=name, body="Please."))


@pytest.mark.parametrize("document", [STAFF, QUEUE], ids=["staff", "queue"])
async def test_more_rows_are_no_more_statements(app: Litestar, document: str) -> None:
    tenant = await a_tenant()
    admin = await a_member(tenant, "admin")
    counts = []
    async with a_browser(app, tenant) as browser:
        await browser.carry_on(admin)
        await browser.ask(document)
        for name in ("Billing", "Domains", "Mail", "Servers"):
            await more(tenant, name)
            with count_queries() as count:
                await browser.ask(document)
            counts.append(len(count))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 8
