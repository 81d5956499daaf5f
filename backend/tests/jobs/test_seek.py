"""A worker gives a ticket that waits for somebody to whoever becomes available, without being told."""

from datetime import timedelta

from backend.clock import now
from backend.database import system_rows, value
from backend.tenants.presence.absences import end_absence, set_absence
from backend.tests.factories import a_contact, a_member, a_tenant, within
from backend.tests.jobs.conftest import System, eventually
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.routing.routes import NewRoute, set_routes


async def test_two_workers_give_each_ticket_that_waited_once(system: System) -> None:
    tenant = await a_tenant()
    admin, tessa = await a_member(tenant, "admin", departments=[]), await a_member(tenant, name="Tessa")
    client = await a_contact(tenant)
    with within(tenant):
        await set_routes(
            admin, [NewRoute(department_id=None, category=None, moments=("opened",), steps=("next_available",))]
        )
        member = await value("select id from members where account_id = $1", tessa.account)
        absence = await set_absence(tessa, member, from_at=now() - timedelta(minutes=1), until_at=None)
        for _ in range(5):
            await open_ticket(client, NewTicket(department_id=tenant.support, subject="The site", body="It is slow."))

    async def given() -> bool:
        found = await system_rows(
            "select count(*) from tickets where tenant_id = $1 and assignee_id = $2", tenant.id, tessa.account
        )
        return bool(found[0][0] == 5)

    with system.worker(), system.worker():
        with within(tenant):
            await end_absence(tessa, absence)
        await eventually(given)
    said = await system_rows("select count(*) from events where tenant_id = $1 and type = 'TicketAssigned'", tenant.id)
    assert said[0][0] == 5
