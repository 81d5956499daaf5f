"""Both hear of it, once, when tickets of who is away change hands, and when they go back."""

from datetime import timedelta

from backend.clock import now
from backend.database import value
from backend.jobs.drain import drain
from backend.tenants.presence.absences import end_absence, set_absence
from backend.tests.factories import a_contact, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.sending import opened
from backend.tickets.assign import assign
from backend.tickets.routing.take_over import hand_back_all, take_over_all


async def test_both_hear_that_work_was_taken_over_and_that_it_went_back(catcher: Catcher) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    jonas = await a_member(tenant, name="Jonas", departments=[])
    tessa = await a_member(tenant, name="Tessa", departments=[])
    numbers = [(await opened(tenant, contact)).number for _ in range(2)]
    with within(tenant):
        member = await value("select id from members where account_id = $1", jonas.account)
        for number in numbers:
            await assign(tessa, number, member)
        absence = await set_absence(jonas, member, from_at=now() - timedelta(hours=1), until_at=None)
        await take_over_all(tessa, member)
    await drain(tenant.id)
    named = ", ".join(f"#{each}" for each in numbers)
    for reader in (jonas, tessa):
        mail = catcher.one_to(reader.email)
        assert mail.message["Subject"] == "Tessa took over from Jonas"
        assert f"While Jonas is away, Tessa works on: {named}" in mail.part("plain")
        assert f"http://{tenant.host}:8080/desk/away" in mail.part("plain")
    with within(tenant):
        await end_absence(jonas, absence)
        await hand_back_all(jonas, member)
    await drain(tenant.id)
    for reader in (jonas, tessa):
        subjects = [each.message["Subject"] for each in catcher.to(reader.email)]
        assert subjects == ["Tessa took over from Jonas", "Handed back to Jonas"]
