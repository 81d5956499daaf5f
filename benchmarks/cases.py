"""What is measured: four things that people do all day, on the tenants in turn."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol
from uuid import uuid4

from benchmarks.documents import COUNTS, DESK_QUEUE, OPEN, QUEUE, SEARCH, TICKET
from benchmarks.floor import Floor
from benchmarks.http_client import Connection, Failed, Visitor, data_of
from benchmarks.load import PASSWORD, host_of, slug_of
from benchmarks.sizes import FIRST_NUMBER, MEASURED_TENANTS, RARE_WORD, Sizes, rare_tickets

PAGE: Final = 50
_SEARCH_PAGE: Final = 25
_TICKETS: Final = 40
"""Tickets of a tenant that are opened in turn."""


@dataclass(frozen=True, slots=True)
class Company:
    """A measured tenant with an agent and a client signed in."""

    number: int
    tickets: int
    agent: Visitor
    client: Visitor
    support: str
    floor: Floor


class Case(Protocol):
    """Requests without end, each checked, and the floor under each."""

    name: str
    title: str

    def request(self, turn: int) -> bytes: ...

    async def floor(self, turn: int) -> None: ...

    async def verify(self, connection: Connection) -> None:
        """Raises: Failed where an answer is not what the loaded data says."""


async def sign_in(connection: Connection, sizes: Sizes, floors: Sequence[Floor]) -> list[Company]:
    """The measured tenants, each with its people signed in."""
    companies = []
    for number, (tickets, floor) in enumerate(zip(sizes.of_tenants(), floors, strict=False), start=1):
        agent = await Visitor(host_of(number)).sign_in(connection, f"agent4@{slug_of(number)}.example", PASSWORD)
        client = await Visitor(host_of(number)).sign_in(connection, "owner@client1.example", PASSWORD)
        found = data_of(await connection.expect(agent.ask("{ departments { id name } }")))["departments"]
        support = next(each["id"] for each in found if each["name"] == "Support")
        companies.append(Company(number, tickets, agent, client, support, floor))
        if number == MEASURED_TENANTS:
            break
    return companies


def check(body: bytes) -> None:
    """Raises: Failed where the answer has errors or a problem."""
    if not body.startswith(b'{"data":{') or b'"errors":' in body[-2000:] or b'"Problem"' in body[:200]:
        raise Failed(repr(body[:500]))


class QueuePage:
    """The first page of a department's queue, with who asks, who has it and what is proved."""

    name = "queue_page"
    title = f"queue page of {PAGE}"
    document = QUEUE

    def __init__(self, companies: Sequence[Company]) -> None:
        self._companies = companies
        self._requests = [
            each.agent.ask(self.document, departmentId=each.support, view="WAITING", first=PAGE) for each in companies
        ]

    def request(self, turn: int) -> bytes:
        return self._requests[turn % len(self._requests)]

    async def floor(self, turn: int) -> None:
        company = self._companies[turn % len(self._companies)]
        await company.floor.queue_page(company.support, PAGE)

    async def verify(self, connection: Connection) -> None:
        for turn, company in enumerate(self._companies):
            page = data_of(await connection.expect(self.request(turn)))["queue"]
            ids = [each["node"]["id"] for each in page["edges"]]
            rows = await company.floor.queue_page(company.support, PAGE)
            if ids != [str(each["id"]) for each in rows[:PAGE]] or len(ids) != PAGE:
                raise Failed(f"The queue page of tenant {company.number} is not the floor's.")


class DeskQueuePage(QueuePage):
    """The same page as the desk asks for it: every field that it shows and every `__typename` of its cache."""

    name = "desk_queue_page"
    title = f"queue page of {PAGE} as on the desk"
    document = DESK_QUEUE


class ViewCounts:
    """How many tickets are in each view of each department, as the desk asks for its whole side bar."""

    name = "view_counts"
    title = "counts of all views"

    def __init__(self, companies: Sequence[Company]) -> None:
        self._companies = companies
        self._requests = [each.agent.ask(COUNTS) for each in companies]

    def request(self, turn: int) -> bytes:
        return self._requests[turn % len(self._requests)]

    async def floor(self, turn: int) -> None:
        await self._companies[turn % len(self._companies)].floor.view_counts()

    async def verify(self, connection: Connection) -> None:
        for turn, company in enumerate(self._companies):
            found = data_of(await connection.expect(self.request(turn)))["viewCounts"]
            told = {
                (each["departmentId"], each["view"].lower(), each["unassigned"], each["count"])
                for each in found
                if not each["mine"]
            }
            counted = {
                (str(each["department_id"]), each["view"], unassigned, each["unassigned" if unassigned else "count"])
                for each in await company.floor.tickets_counted()
                for unassigned in (False, True)
                if each["unassigned"] or not unassigned
            }
            if told != counted or not told:
                raise Failed(f"The counts of tenant {company.number} are not those of its tickets.")


class OrdinaryQueuePage(QueuePage):
    """The page by graphql-core's own execution; for a web server that runs without the compiled one."""

    name = "ordinary_queue_page"
    title = f"queue page of {PAGE}, ordinary execution"


class TicketPage:
    """One ticket with its conversation and all that the desk shows beside it."""

    name = "ticket_page"
    title = "ticket with its conversation"

    def __init__(self, companies: Sequence[Company]) -> None:
        self._companies = companies
        drawn = random.Random(4)
        self._numbers = [[FIRST_NUMBER + drawn.randrange(each.tickets) for _ in range(_TICKETS)] for each in companies]
        self._requests = [
            [each.agent.ask(TICKET, number=number) for number in numbers]
            for each, numbers in zip(companies, self._numbers, strict=True)
        ]

    def request(self, turn: int) -> bytes:
        tenant, place = self._place(turn)
        return self._requests[tenant][place]

    async def floor(self, turn: int) -> None:
        tenant, place = self._place(turn)
        await self._companies[tenant].floor.ticket_page(self._numbers[tenant][place])

    async def verify(self, connection: Connection) -> None:
        for turn in range(len(self._companies) * _TICKETS):
            tenant, place = self._place(turn)
            found = data_of(await connection.expect(self.request(turn)))["ticket"]
            messages = [each["node"] for each in found["timeline"]["edges"] if each["node"]["__typename"] == "Message"]
            if found["number"] != self._numbers[tenant][place] or len(messages) != 3:
                raise Failed(f"Ticket {self._numbers[tenant][place]} has {len(messages)} messages.")

    def _place(self, turn: int) -> tuple[int, int]:
        count = len(self._companies)
        return turn % count, turn // count % _TICKETS


class OpenTicket:
    """A signed-in client opens a ticket."""

    name = "open_ticket"
    title = "opening a ticket"

    def __init__(self, companies: Sequence[Company]) -> None:
        self._companies = companies

    def request(self, turn: int) -> bytes:
        company = self._companies[turn % len(self._companies)]
        return company.client.ask(
            OPEN,
            input={
                "departmentId": company.support,
                "subject": "The certificate expires tomorrow",
                "body": "Hello,\n\nthe certificate of client1-1.example expires tomorrow. Could you renew it, please?",
                "idempotencyKey": str(uuid4()),
            },
        )

    async def floor(self, turn: int) -> None:
        company = self._companies[turn % len(self._companies)]
        await company.floor.open_ticket(FIRST_NUMBER + turn % company.tickets)

    async def verify(self, connection: Connection) -> None:
        for turn, company in enumerate(self._companies):
            opened: Any = data_of(await connection.expect(self.request(turn)))["openTicket"]
            if opened["receiptTo"] != "owner@client1.example" or opened["ticket"]["number"] <= company.tickets:
                raise Failed(f"The ticket was not opened as asked: {opened}")


class Search:
    """A word that is in 0.5 % of the tickets."""

    name = "search"
    title = "search for a word in 0.5 %"

    def __init__(self, companies: Sequence[Company]) -> None:
        self._companies = companies
        self._requests = [each.agent.ask(SEARCH, query=RARE_WORD, first=_SEARCH_PAGE) for each in companies]

    def request(self, turn: int) -> bytes:
        return self._requests[turn % len(self._requests)]

    async def floor(self, turn: int) -> None:
        await self._companies[turn % len(self._companies)].floor.search(RARE_WORD, _SEARCH_PAGE)

    async def verify(self, connection: Connection) -> None:
        """Every hit is found, once, by paging through in small steps."""
        for company in self._companies:
            numbers: list[int] = []
            after = None
            while True:
                asked = company.agent.ask(SEARCH, query=RARE_WORD, first=7, after=after)
                page = data_of(await connection.expect(asked))["search"]
                numbers += [each["node"]["number"] for each in page["edges"]]
                if not page["pageInfo"]["hasNextPage"]:
                    break
                after = page["pageInfo"]["endCursor"]
            if len(set(numbers)) != len(numbers) or len(numbers) != rare_tickets(company.tickets):
                expected = rare_tickets(company.tickets)
                raise Failed(f"Tenant {company.number}: {len(numbers)} hits found, {expected} are there.")
