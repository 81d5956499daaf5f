"""A mail to a ticket that takes no more messages: not taken, and its sender is told why."""

import msgspec

from backend.database import row, value
from backend.jobs.drain import drain
from backend.mailboxes.receive import receive
from backend.tests.factories import a_contact, a_member, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.test_receive import mail, messages, opened, reply_to
from backend.tickets.lifecycle.presets import FOUNDRY
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.lifecycle.versions import save_policy


async def test_its_sender_gets_an_explanation_once_and_the_history_tells_it(catcher: Catcher) -> None:
    tenant = await a_tenant()
    admin, contact = await a_member(tenant, "admin"), await a_contact(tenant)
    definition = {**FOUNDRY, "client_message": {**FOUNDRY["client_message"], "closed": "refuse"}}
    with within(tenant):
        base = await value("select policy_id from tenants")
        await save_policy(admin, base=base, name="Ours", definition=msgspec.json.encode(definition).decode())
    ticket = await opened(tenant, contact)
    with within(tenant):
        await set_status(admin, ticket.number, "closed")
    await drain(tenant.id)
    catcher.mails.clear()
    address, raw = reply_to(tenant, ticket.number), mail(contact.email, "It is back.")
    for expected in ("refused", "repeated"):
        outcome = await receive(address, contact.email, raw)
        assert outcome.outcome == expected
        await drain(tenant.id)
    told = catcher.one_to(contact.email)
    assert "Not taken up: DNS" in str(told.message["Subject"])
    assert f"ticket {ticket.number}" in told.part("plain")
    assert await messages(tenant, ticket.number) == ["Please help."]
    with within(tenant):
        assert await value("select count(*) from tickets") == 1
        found = await row("select status, waiting_since is null as answered from tickets")
        assert found is not None
        assert await value("select count(*) from events where type = 'MessageRefused'") == 1
