"""Fairness as a simulation: a thousand tickets, and an agent who always takes the first (FIELD.md A4, A7, A10, D4).

The model knows nothing of places: it numbers the first question of each client that nobody has answered, in the order in
which they were asked. Whatever happens to the tickets by the real verbs, nobody of the same urgency and channel who asked
later may be answered before. The list that the agent works through is the real one.
"""

import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest

from backend.actor import Actor
from backend.clock import now
from backend.database import rows, value
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tickets.assign import assign
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.priorities import PRIORITY
from backend.tickets.queries import queue
from backend.tickets.reply import add_note, reply
from backend.tickets.set_priority import set_priority
from backend.tickets.thanks.take_as_reply import take_as_reply
from backend.tickets.timers.keep_open import keep_open
from backend.tickets.timers.snooze import snooze
from backend.tickets.transfer import transfer

TICKETS = 1000
LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
HAPPENINGS = 400 if LONG else 140
ANSWERED_FOR_REAL = 1 if LONG else 9
"""Of so many answers one is sent by the verb; the others are written as it writes them, all at once."""

INSERT = """
    insert into tickets (tenant_id, id, number, department_id, client_id, requester_id, policy_id, subject, status, meaning, urgency,
                         channel, opened_at, waiting_since, last_activity_at)
    select t.id, gen_random_uuid(), n.number, n.department_id, $6, $5, t.policy_id, 'Slow', 'open', 'open', n.urgency, n.channel,
           n.at, n.at, $7
      from tenants t, unnest($1::int[], $2::uuid[], $3::int[], $4::text[], $8::timestamptz[]) n (number, department_id, urgency, channel, at)
"""
ANSWER = """
    update tickets set waiting_since = null, status = 'pending', meaning = 'waiting_for_client', last_activity_at = $2,
                       first_responded_at = coalesce(first_responded_at, $2) where number = any($1)
"""


@dataclass(slots=True)
class Ticket:
    """`asked` is the place of the first unanswered question among all questions; None: nobody waits."""

    number: int
    department: UUID
    urgency: int
    by_mail: bool
    asked: int | None
    status: str = "open"
    thanked: list[tuple[UUID, int]] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return self.status == "open" and self.asked is not None


@dataclass(slots=True)
class Company:
    """The simulation: the real company and the model of it."""

    tenant: TestTenant
    contact: Actor
    agent: Actor
    members: list[UUID]
    departments: list[UUID]
    draw: random.Random
    tickets: dict[int, Ticket] = field(default_factory=dict)
    questions: int = 0
    done: Counter[str] = field(default_factory=Counter)

    async def fill(self) -> None:
        """A thousand who wait since different moments, numbered in no order."""
        numbers = self.draw.sample(range(1, 10 * TICKETS), TICKETS)
        for number in numbers:
            self.questions += 1
            self.tickets[number] = Ticket(
                number, self.draw.choice(self.departments), self.draw.choice((0, 2, 3, 3, 3, 4)), self.draw.random() < 0.3,
                self.questions,
            )  # fmt: skip
        made, began = list(self.tickets.values()), now() - timedelta(days=3)
        await rows(
            INSERT, [each.number for each in made], [each.department for each in made], [each.urgency for each in made],
            ["email" if each.by_mail else "portal" for each in made], self.contact.account, self.contact.client_id, now(),
            [began + timedelta(seconds=each.asked or 0) for each in made],
        )  # fmt: skip
        # The next request gets the next number.
        await rows("update counters set last_number = $1 where id = 'ticket'", 10 * TICKETS)

    async def happen(self) -> None:
        """One thing, on a ticket of any kind: those that wait more often than those that were answered."""
        act = self.draw.choice([*HAPPEN, Company.nudge, Company.move])
        ticket = self.draw.choice(list(self.tickets.values()))
        self.done[act.__name__] += await act(self, ticket)

    async def nudge(self, ticket: Ticket) -> bool:
        answered = await reply(self.contact, ticket.number, "Any news? It is still slow.")
        self.asks(ticket, answered.number)
        return True

    def asks(self, ticket: Ticket, number: int, at: int | None = None) -> None:
        self.questions += 1
        asked = min(each for each in (ticket.asked, at or self.questions) if each is not None)
        if number != ticket.number:
            # Closed for good: the wait, if there was one, goes on in the new ticket, which came by the portal.
            self.tickets[number] = Ticket(number, ticket.department, ticket.urgency, False, asked)
            ticket.asked = None
        else:
            ticket.asked, ticket.status = asked, "open"

    async def move(self, ticket: Ticket) -> bool:
        to = self.draw.choice([each for each in self.departments if each != ticket.department])
        await transfer(self.agent, ticket.number, to)
        ticket.department = to
        return True

    async def note(self, ticket: Ticket) -> bool:
        await add_note(self.agent, ticket.number, "Hm.")
        return True

    async def give(self, ticket: Ticket) -> bool:
        await assign(self.agent, ticket.number, self.draw.choice([None, *self.members]))
        return True

    async def hurry(self, ticket: Ticket) -> bool:
        ticket.urgency = self.draw.choice((0, 2, 3, 4))
        await set_priority(self.agent, ticket.number, PRIORITY[ticket.urgency])
        return True

    async def put_aside(self, ticket: Ticket) -> bool:
        if ticket.status == "closed":
            return False
        status = self.draw.choice(
            [each for each in ("pending", "on_hold", "solved", "closed") if each != ticket.status]
        )
        await set_status(self.agent, ticket.number, status)
        ticket.status = status
        return True

    async def take_up(self, ticket: Ticket) -> bool:
        if ticket.status in ("open", "closed"):
            return False
        await set_status(self.agent, ticket.number, "open")
        ticket.status = "open"
        return True

    async def put_off(self, ticket: Ticket) -> bool:
        if ticket.status not in ("pending", "solved"):
            return False
        # Begins the ladder anew: what was answered all at once has none.
        await keep_open(self.contact, ticket.number)
        await snooze(self.agent, ticket.number, hours=5)
        return True

    async def thank(self, ticket: Ticket) -> bool:
        kept = await reply(self.contact, ticket.number, "Thank you very much!")
        assert (kept.number, kept.follow_up) == (ticket.number, False)
        self.questions += 1
        ticket.thanked.append((kept.message_id, self.questions))
        return True

    async def was_reply(self, ticket: Ticket) -> bool:
        """Somebody sees that it was more than thanks: it is waited on since then."""
        ticket = next((each for each in self.tickets.values() if each.thanked), ticket)
        if not ticket.thanked:
            return False
        thanks_id, at = ticket.thanked.pop()
        self.asks(ticket, await take_as_reply(self.agent, thanks_id), at)
        return True

    async def work(self, most: int, scope: UUID | None) -> int:
        """Answer the first of a list, again and again; nobody who is alike and asked before may be left."""
        found = await queue(self.agent, department_id=scope, first=most)
        listed = [each["number"] for each in found.rows if each["waiting_since"] is not None]
        at_once = []
        for number in listed:
            ticket = self.tickets[number]
            assert ticket.waits, f"#{number} waits for nothing"
            alike = [
                each.asked
                for each in self.tickets.values()
                if each.waits and each.asked is not None
                and (each.urgency, each.by_mail) == (ticket.urgency, ticket.by_mail)
                and scope in (None, each.department)
            ]  # fmt: skip
            assert ticket.asked == min(alike), f"somebody has waited longer than #{number}"
            more_urgent = [
                each.number
                for each in self.tickets.values()
                if each.waits
                and (each.urgency, each.by_mail) < (ticket.urgency, ticket.by_mail)
                and scope in (None, each.department)
            ]
            assert not more_urgent, f"#{number} is less urgent than {more_urgent[0]}"
            if number % ANSWERED_FOR_REAL == 0:
                await reply(self.agent, number, "Here is how.", status="pending")
            else:
                at_once.append(number)
            ticket.asked, ticket.status = None, "pending"
            ticket.thanked.clear()
        if at_once:
            await rows(ANSWER, at_once, now())
        return len(listed)


HAPPEN: Final = (
    Company.nudge, Company.move, Company.note, Company.give, Company.hurry, Company.put_aside, Company.take_up, Company.put_off,
    Company.thank, Company.was_reply,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3) if LONG else [7])
async def test_nobody_who_is_as_urgent_and_waited_longer_is_answered_later(seed: int) -> None:
    tenant = await a_tenant()
    departments = [tenant.support, await a_department(tenant, "Billing"), await a_department(tenant, "Domains")]
    contact, agent = await a_contact(tenant), await a_member(tenant)
    company = Company(tenant, contact, agent, [], departments, random.Random(seed))
    with within(tenant):
        company.members = [each["id"] for each in await rows("select id from members")]
        await company.fill()
        assert len(company.tickets) == TICKETS
        answered = 0
        for _ in range(HAPPENINGS // 7):
            for _ in range(7):
                await company.happen()
            answered += await company.work(40, company.draw.choice([None, *departments]))
        while took := await company.work(100, None):
            answered += took
        assert not [each for each in company.tickets.values() if each.waits]
        assert (
            await value("select count(*) from tickets where meaning in ('new', 'open') and waiting_since is not null")
            == 0
        )
    assert {each.__name__ for each in HAPPEN} == set(+company.done)
    assert answered >= TICKETS * 0.9
