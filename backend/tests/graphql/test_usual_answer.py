"""An answer that names no status takes the company's usual one: the same that the desk's key takes, and by mail too."""

from pathlib import Path

import pytest
from litestar import Litestar

from backend.files import open_files
from backend.mailboxes.addresses import reply_address
from backend.mailboxes.receive import receive
from backend.tests.client import Browser, a_browser
from backend.tests.factories import a_contact, a_member, a_tenant, within
from backend.tickets.open import NewTicket, open_ticket

# FIELD.md, the column "agent answers" (B7, D10, E5).
ANSWERED = {"larkspur": "Closed", "foundry": "Solved", "anchor": "Resolved", "polder": "Awaiting", "orchard": "Closed"}
ASKED = "query($n: Int!) { ticket(number: $n) { status { name } abilities { replyStatuses { name } } } }"
REPLY = """mutation($n: Int!) { reply(number: $n, body: "Done.") {
    ... on ReplySuccess { ticket { status { name } } } } }"""


@pytest.mark.parametrize("company", ANSWERED)
async def test_an_answer_without_a_status_is_the_usual_one(app: Litestar, company: str, tmp_path: Path) -> None:
    open_files(tmp_path)
    tenant = await a_tenant(policy=company)
    contact, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        numbers = [
            (await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Slow", body="Slow."))).number
            for _ in range(2)
        ]
    async with a_browser(app, tenant) as browser:
        await browser.carry_on(agent)
        # The desk draws its buttons in this order, and control with Enter is the last of them.
        assert (await browser.ask(ASKED, n=numbers[0]))["abilities"]["replyStatuses"][-1]["name"] == ANSWERED[company]
        answered = await browser.ask(REPLY, n=numbers[0])
        assert answered["ticket"]["status"]["name"] == ANSWERED[company]

        address = reply_address("support", tenant.mail_domain, tenant.id, numbers[1], member_id=agent.account)
        raw = f"From: {agent.email}\r\nSubject: Re: Slow\r\nMessage-ID: <a@{tenant.mail_domain}>\r\n\r\nDone.\r\n"
        assert (await receive(address, agent.email, raw.encode())).outcome == "replied"
        assert await status_of(browser, numbers[1]) == ANSWERED[company]


async def status_of(browser: Browser, number: int) -> str:
    found: str = (await browser.ask(ASKED, n=number))["status"]["name"]
    return found
