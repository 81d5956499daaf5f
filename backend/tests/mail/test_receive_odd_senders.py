"""Senders that no person has: of bytes that are no text, and machines that pass for people."""

from backend.database import value
from backend.jobs.drain import drain
from backend.mailboxes.receive import receive
from backend.notifications.client import MOST_RECEIPTS
from backend.tests.factories import a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.test_receive import mail


async def test_a_sender_of_bytes_that_are_no_text_does_not_keep_the_mail_out() -> None:
    tenant = await a_tenant()
    raw = mail("joel@client.example", "Down.", "Site down")
    outcome = await receive(f"support@{tenant.mail_domain}", "j\udcff\0@client.example", raw)
    assert outcome.outcome == "opened"
    with within(tenant):
        assert await value("select sender from incoming_mails") == "j@client.example"


async def test_a_machine_that_answers_each_receipt_and_does_not_say_so_is_answered_no_more(catcher: Catcher) -> None:
    tenant = await a_tenant()
    for number in range(MOST_RECEIPTS + 3):
        raw = mail("away@client.example", f"I am away, {number}.", "Away")
        await receive(f"support@{tenant.mail_domain}", "away@client.example", raw)
        await drain(tenant.id)
    await receive(f"support@{tenant.mail_domain}", "joel@client.example", mail("joel@client.example", "Down.", "Help"))
    await drain(tenant.id)
    assert len(catcher.to("away@client.example")) == MOST_RECEIPTS
    assert len(catcher.to("joel@client.example")) == 1
    with within(tenant):
        assert await value("select count(*) from tickets") == MOST_RECEIPTS + 4
