"""A company with one of the five lifecycles, its client and its agent, and the clock in their hands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.actor import Actor
from backend.clock import advance
from backend.database import row, rows, value
from backend.jobs.drain import drain
from backend.tests.factories import TestTenant, a_contact, a_member, a_tenant
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import Replied, reply


@dataclass(frozen=True, slots=True)
class Company:
    """Every verb is the product's own; `later` moves the clock and lets everything happen that is due."""

    tenant: TestTenant
    client: Actor
    agent: Actor

    async def opened(self, subject: str = "Slow") -> int:
        new = NewTicket(department_id=self.tenant.support, subject=subject, body="The site is slow.")
        return (await open_ticket(self.client, new)).number

    async def answers(self, number: int, status: str | None = None) -> None:
        await reply(self.agent, number, "Which site, and since when?", status=status)

    async def writes(self, number: int, *, by_mail: bool = False) -> Replied:
        """The client's side says something that asks for an answer."""
        channel: Any = "email" if by_mail else "portal"
        return await reply(self.client, number, "It is the shop, and the checkout fails.", channel=channel)

    async def sets(self, number: int, status: str) -> None:
        await set_status(self.agent, number, status)

    async def later(self, **time: float) -> None:
        await advance(timedelta(**time))
        await drain(self.tenant.id)

    async def status(self, number: int) -> str:
        found: str = await value("select status from tickets where number = $1", number)
        return found

    async def ticket(self, number: int) -> Any:
        return await row("select * from tickets where number = $1", number)

    async def pending(self, number: int) -> list[tuple[str, datetime | None]]:
        found = await rows(
            "select x.action, x.due_at from timers x join tickets t on t.id = x.ticket_id where t.number = $1 and x.done_at is null "
            "and x.cancelled_at is null and x.action in ('remind', 'set_status', 'tag') order by x.step",
            number,
        )
        return [(each["action"], each["due_at"]) for each in found]

    async def mails(self, number: int) -> list[str]:
        """What the client was mailed about the ticket, in order."""
        found = await rows(
            "select m.template from outgoing_mails m join tickets t on t.id = m.ticket_id where t.number = $1 and m.account_id = $2 "
            "order by m.id",
            number,
            self.client.account_id,
        )
        return [each["template"] for each in found]

    async def queue(self) -> list[int]:
        """Who waits for an answer, in the order of the desk."""
        found = await rows(
            "select number from tickets where meaning in ('new', 'open') order by queue_rank, queue_since"
        )
        return [each["number"] for each in found]


async def a_company(policy: str) -> Company:
    """A company with that lifecycle."""
    tenant = await a_tenant(policy=policy)
    return Company(tenant, await a_contact(tenant), await a_member(tenant))
