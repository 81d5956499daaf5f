"""A ticket whose receipt is to be sent, and what stands in the headers of a mail."""

from backend.actor import Actor
from backend.tests.factories import TestTenant, within
from backend.tests.mail.conftest import Caught
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.write_ticket import OpenedTicket


async def opened(
    tenant: TestTenant, actor: Actor, subject: str = "Mailbox is full", body: str = "Please help."
) -> OpenedTicket:
    with within(tenant):
        return await open_ticket(actor, NewTicket(department_id=tenant.support, subject=subject, body=body))


def ids(mail: Caught, header: str) -> list[str]:
    return str(mail.message[header] or "").split()
