"""What changes is on the screens of those who may see it within a second, whatever happens to Redis."""

import asyncio
from contextlib import suppress
from dataclasses import replace

import pytest

from backend.actor import Actor
from backend.database import rows, value
from backend.tenants.brand import update_brand
from backend.tests.factories import TestTenant, a_contact, a_department, a_member, a_tenant, within
from backend.tests.graphql.arguments import ARGUMENTS, references, variables_of
from backend.tests.graphql.documents import Operation, operations
from backend.tests.graphql.live.conftest import Running
from backend.tests.graphql.live.socket import Socket, a_socket
from backend.tests.graphql.world import a_world, missing
from backend.tickets.lifecycle.set_status import set_status
from backend.tickets.open import NewTicket, open_ticket
from backend.tickets.reply import add_note, reply
from backend.tickets.transfer import transfer

TICKET = "subscription($n: Int!) { ticketChanged(number: $n) { type number ticket { number status { key } } } }"
QUEUE = "subscription($d: ID) { queueChanged(departmentId: $d) { type number ticket { number department { name } } } }"
MINE = "subscription { myTicketsChanged { type number ticket { number statusSentence } } }"
JUST_BEFORE = "TicketOpened"
"""Who begins to listen is told what happened in the seconds before."""
COMPANY = "subscription { companyChanged { name brand { primaryColor } } }"


async def opened(tenant: TestTenant, contact: Actor, subject: str = "Slow") -> int:
    with within(tenant):
        request = NewTicket(department_id=tenant.support, subject=subject, body="The site is slow.")
        return (await open_ticket(contact, request)).number


async def told(socket: Socket, operation: str, *types: str) -> None:
    """These changes are told, in any order, each once and in time."""
    assert sorted([(await socket.data(operation))["type"] for _ in types]) == sorted(types)


async def test_a_new_ticket_is_in_the_queue_and_an_answer_with_the_client_within_a_second(running: Running) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    async with a_socket(running.port, tenant, agent) as desk, a_socket(running.port, tenant, contact) as portal:
        everything, support = await desk.start(QUEUE), await desk.start(QUEUE, d=str(tenant.support))
        mine = await portal.start(MINE)
        await desk.listening()
        await portal.listening()
        number = await opened(tenant, contact)
        for socket, operation in ((desk, everything), (desk, support), (portal, mine)):
            change = await socket.data(operation)
            assert (change["type"], change["number"], change["ticket"]["number"]) == ("TicketOpened", number, number)
        page = await portal.start(TICKET, n=number)
        await portal.listening()
        await told(portal, page, JUST_BEFORE)
        with within(tenant):
            await reply(agent, number, "We are looking.", status="pending")
        await told(portal, page, "StaffReplied", "StatusChanged")
        await told(portal, mine, "StaffReplied", "StatusChanged")
        await told(desk, support, "StaffReplied", "StatusChanged")
        await told(desk, everything, "StaffReplied", "StatusChanged")


async def test_the_company_s_new_look_is_told_to_everyone_on_its_portal_and_to_nobody_elsewhere(
    running: Running,
) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    admin = await a_member(tenant, "owner")
    async with a_socket(running.port, tenant) as guest, a_socket(running.port, other) as elsewhere:
        here, there = await guest.start(COMPANY), await elsewhere.start(COMPANY)
        await guest.listening()
        await elsewhere.listening()
        with within(tenant):
            await update_brand(admin, name="New name", primary_color="#aa0000", secondary_color=None, font="serif")
        assert await guest.data(here) == {"name": "New name", "brand": {"primaryColor": "#aa0000"}}
        assert await elsewhere.silent(there)


async def test_a_department_s_queue_hears_of_what_comes_and_goes_and_of_nothing_else(running: Running) -> None:
    tenant = await a_tenant()
    billing = await a_department(tenant)
    contact, agent = await a_contact(tenant), await a_member(tenant)
    number = await opened(tenant, contact)
    async with a_socket(running.port, tenant, agent) as desk:
        queue = await desk.start(QUEUE, d=str(billing))
        await desk.listening()
        with within(tenant):
            await add_note(agent, number, "Between us.")
        assert await desk.silent(queue)
        with within(tenant):
            await transfer(agent, number, billing)
            await transfer(agent, number, tenant.support)
        await told(desk, queue, "TicketTransferred", "TicketTransferred")
        assert await desk.silent(queue)


async def test_the_client_s_side_hears_nothing_of_a_note(running: Running) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    number = await opened(tenant, contact)
    async with a_socket(running.port, tenant, contact) as portal, a_socket(running.port, tenant, agent) as desk:
        page, mine, seen = (
            await portal.start(TICKET, n=number),
            await portal.start(MINE),
            await desk.start(TICKET, n=number),
        )
        await portal.listening()
        await desk.listening()
        for socket, operation in ((portal, page), (portal, mine), (desk, seen)):
            await told(socket, operation, JUST_BEFORE)
        with within(tenant):
            await add_note(agent, number, "Between us.")
        assert (await desk.data(seen))["type"] == "NoteAdded"
        assert await portal.silent(page)
        assert await portal.silent(mine)


async def test_a_client_hears_of_no_other_client_s_tickets(running: Running) -> None:
    tenant = await a_tenant()
    contact, stranger = await a_contact(tenant), await a_contact(tenant)
    async with a_socket(running.port, tenant, stranger) as portal:
        mine = await portal.start(MINE)
        await portal.listening()
        number = await opened(tenant, contact)
        assert await portal.silent(mine)
        refused = await portal.next(await portal.start(TICKET, n=number))
        nowhere = await portal.next(await portal.start(TICKET, n=999_999))
        assert refused["payload"] == nowhere["payload"]


async def test_no_company_hears_of_another_s_tickets(running: Running) -> None:
    tenant, other = await a_tenant(), await a_tenant(first_ticket_number=7001)
    contact, admin = await a_contact(other), await a_member(tenant, "owner")
    async with a_socket(running.port, tenant, admin) as desk:
        queue, theirs = await desk.start(QUEUE), await desk.start(QUEUE, d=str(other.support))
        await desk.listening()
        await opened(other, contact)
        assert await desk.silent(queue)
        assert await desk.silent(theirs)


@pytest.mark.parametrize("role", ["guest", "contact", "agent", "admin"])
@pytest.mark.parametrize("asked", operations("Subscription"), ids=lambda each: each.path)
async def test_a_subscription_to_what_another_company_has_is_answered_like_what_is_nowhere(
    running: Running, asked: Operation, role: str
) -> None:
    mine, other = await a_world(proved=False), await a_world(proved=False, first_ticket_number=7001)
    async with a_socket(running.port, mine.tenant, mine.people[role]) as socket:
        for key in references(asked):
            argument = ARGUMENTS[key]
            assert hasattr(argument, "kind")
            answers = []
            for named in (other.refs[argument.kind], missing(argument.kind, mine)):
                operation = await socket.start(asked.document, **variables_of(asked, mine, instead={key: named}))
                try:
                    message = await socket.next(operation, seconds=0.5)
                    answers.append((message["type"], message["payload"]))
                except TimeoutError:
                    answers.append(("nothing", None))
            assert answers[0] == answers[1]
            assert role == "guest" or key != "Subscription.ticketChanged.number" or answers[0][0] != "nothing"


async def test_a_session_that_was_revoked_ends_its_streams_and_is_a_guest_on_its_socket(running: Running) -> None:
    tenant = await a_tenant()
    contact, admin = await a_contact(tenant), await a_member(tenant, "owner")
    number = await opened(tenant, contact)
    viewer = "{ viewer { email } }"
    async with a_socket(running.port, tenant, admin) as desk:
        page, queue = await desk.start(TICKET, n=number), await desk.start(QUEUE)
        await desk.listening()
        assert (await desk.ask(viewer))["email"] == admin.email
        with within(tenant):
            await rows("update sessions set revoked_at = now() where account_id = $1", admin.account_id)
            await set_status(await a_member(tenant), number, "on_hold")
        for operation in (page, queue):
            # The ticket's opening may still have been on its way when the streams began.
            while (message := await desk.next(operation))["type"] != "complete":
                assert next(iter(message["payload"]["data"].values()))["type"] == "TicketOpened"
        assert await desk.ask(viewer) is None
        refused = await desk.ask('mutation { createDepartment(input: {name: "X", description: "", audience: CLIENTS, proofLevel: NONE}) '
                                 "{ ... on Problem { code } } }")  # fmt: skip
        assert refused == {"code": "sign_in_needed"}
        again = await desk.next(await desk.start(QUEUE))
        assert "sign_in_needed" in str(again)


async def test_a_role_that_was_lost_is_lost_on_an_open_socket(running: Running) -> None:
    tenant = await a_tenant()
    owner = await a_member(tenant, "owner")
    create = (
        'mutation { createDepartment(input: {name: "X", description: "", audience: CLIENTS, proofLevel: NONE}) '
        "{ __typename ... on Problem { code } } }"
    )
    async with a_socket(running.port, tenant, owner) as desk:
        assert await desk.ask(create) == {"__typename": "Department"}
        with within(tenant):
            await rows("update members set role = 'agent' where account_id = $1", owner.account_id)
        assert await desk.ask(create) == {"__typename": "Problem", "code": "not_allowed"}


async def test_what_happens_while_redis_is_away_is_told_when_it_is_back(running: Running) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    async with a_socket(running.port, tenant, agent) as desk:
        queue = await desk.start(QUEUE)
        await desk.listening()
        numbers = {await opened(tenant, contact, "before")}
        assert (await desk.data(queue))["number"] in numbers
        await asyncio.to_thread(running.redis.kill_redis)
        numbers |= {await opened(tenant, contact, f"while it is away {turn}") for turn in range(5)}
        await asyncio.to_thread(running.redis.start_redis)
        numbers.add(await opened(tenant, contact, "after"))
        seen: set[int] = set()
        async with asyncio.timeout(30):
            while not numbers - {min(numbers)} <= seen:
                seen.add((await desk.data(queue, seconds=30))["number"])
        assert seen <= numbers


async def test_a_guest_who_names_an_account_does_not_hear_whether_there_is_one(running: Running) -> None:
    tenant = await a_tenant()
    owner, agent = await a_contact(tenant), await a_member(tenant)
    with within(tenant):
        taken = await value("select number from clients where id = $1", owner.client_id)
        first = NewTicket(
            department_id=tenant.support, subject="Hi", body="Hello.", name="Eve", email="eve@else.example"
        )
        await open_ticket(tenant.guest, first)
        account = await value("select id from accounts where email = 'eve@else.example'")
    eve = replace(tenant.guest, account_id=account, email="eve@else.example")
    for named in (taken, taken + 77):
        async with a_socket(running.port, tenant, eve) as portal, a_socket(running.port, tenant, agent) as desk:
            queue = await desk.start(QUEUE)
            await desk.listening()
            with within(tenant):
                number = (await open_ticket(tenant.guest, replace(first, account_named=str(named)))).number
            page = await portal.start(TICKET, n=number)
            heard = ["TicketOpened", "AccountNamed", *(["ProofAsked"] if named == taken else [])]
            seen: list[str] = []
            while set(seen) < set(heard):
                change = await desk.data(queue, seconds=10)
                seen += [change["type"]] if change["number"] == number else []
            told_to_eve = set()
            with suppress(TimeoutError):
                while True:
                    told_to_eve.add((await portal.data(page))["type"])
            assert told_to_eve == {"TicketOpened"}
