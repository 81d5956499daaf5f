"""Every statement that a page waits for finds its rows by an index, as the role and with the plans of the application."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest

from backend import database
from backend.accounts.sessions import find_actor
from backend.actor import Actor
from backend.clients.queries import (
    card_on_file,
    count_contacts,
    count_services,
    get_client,
    list_contacts,
    list_services,
    role_of,
)
from backend.clock import now
from backend.database import DB, bind, rows, value
from backend.mailboxes.outgoing.queries import receipt_of
from backend.tenants.queries import tenant_of_host
from backend.tickets import queries
from backend.tickets.pages import cursor_of
from backend.tickets.queue.counts import department_counts, view_counts, waiting_counts
from backend.tickets.queue.first_response import usual_answers
from backend.tickets.queue.place import places
from backend.tickets.search import search_tickets
from backend.tickets.timeline import get_message, timeline
from backend.tickets.write_message import sent_before
from backend.verification.attestations import session_level
from backend.verification.queries import list_locks
from benchmarks.load import host_of
from benchmarks.sizes import FIRST_NUMBER, RARE_WORD
from infra.dev.services import ServiceUrls

LARGE = {
    "tickets", "messages", "events", "deliveries", "outgoing_mails", "search_entries", "attestations", "attestation_persons",
    "timers", "sessions",
}  # fmt: skip


@dataclass(slots=True)
class Desk:
    """An agent and a client of one tenant of the loaded database, and the statements that they make."""

    agent: Actor
    client: Actor
    support: UUID
    statements: dict[str, tuple[Any, ...]] = field(default_factory=dict)


class Listening(database._Connection):
    """Notes each statement with its first arguments."""

    heard: dict[str, tuple[Any, ...]] = {}  # noqa: RUF012 (given anew for each test)

    async def fetch(self, query: str, *arguments: Any, **options: Any) -> Any:
        self.heard.setdefault(query, arguments)
        return await super().fetch(query, *arguments, **options)


@pytest.fixture
async def desk(loaded: ServiceUrls) -> AsyncIterator[Desk]:
    kept = DB.pool
    DB.pool = await asyncpg.create_pool(
        loaded.app, min_size=1, max_size=2, connection_class=Listening, setup=database._bind_connection
    )
    try:
        tenant_id = await tenant_of_host(host_of(1))
        assert tenant_id is not None
        with bind(tenant_id):
            member = await value("select id from accounts where email = 'agent4@company1.example'")
            contact = await rows(
                "select c.account_id, c.client_id from contacts c join clients k on k.id = c.client_id where k.number = 4001"
            )
            support = await value("select id from departments where name = 'Support'")
            agent = Actor(tenant_id=tenant_id, kind="member", language="en", account_id=member, role="agent")
            client = Actor(
                tenant_id=tenant_id, kind="contact", language="en", account_id=contact[0]["account_id"],
                client_id=contact[0]["client_id"], contact_role="owner", session_id=support,
            )  # fmt: skip
            Listening.heard = {}
            yield Desk(agent, client, support, Listening.heard)
    finally:
        await DB.pool.close()
        DB.pool = kept


async def plans(desk: Desk) -> dict[str, list[str]]:
    """For each statement that was made, the large tables that its plan reads from end to end."""
    found = {}
    made = dict(desk.statements)
    assert made
    for statement, arguments in made.items():
        explained = await value(f"explain (format json) {statement}", *arguments)
        found[statement] = whole_reads(orjson.loads(explained)[0]["Plan"])
    return found


def whole_reads(plan: dict[str, Any]) -> list[str]:
    own = [plan["Relation Name"]] if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in LARGE else []
    return own + [each for inner in plan.get("Plans", []) for each in whole_reads(inner)]


async def check(desk: Desk) -> None:
    slow = {statement: tables for statement, tables in (await plans(desk)).items() if tables}
    assert slow == {}


def test_a_plan_that_reads_a_large_table_from_end_to_end_is_seen() -> None:
    scan = {"Node Type": "Seq Scan", "Relation Name": "tickets"}

    assert whole_reads({"Node Type": "Limit", "Plans": [{"Node Type": "Sort", "Plans": [scan]}]}) == ["tickets"]


@pytest.mark.parametrize("view", ["waiting", "breach_near", "waiting_for_client", "on_hold", "solved", "closed", "all"])
async def test_the_queue_in_every_view(desk: Desk, view: queries.View) -> None:
    for department_id in (None, desk.support):
        for mine, unassigned in ((False, False), (True, False), (False, True)):
            page = await queries.queue(
                desk.agent, department_id=department_id, view=view, mine=mine, unassigned=unassigned, first=5
            )
            if page.more:
                await queries.queue(
                    desk.agent, department_id=department_id, view=view, mine=mine, unassigned=unassigned, first=5,
                    after=page.cursors[-1],
                )  # fmt: skip
    await check(desk)


async def test_the_counts_beside_the_queue(desk: Desk) -> None:
    await view_counts(desk.agent)
    await department_counts(desk.agent, [desk.support])
    await waiting_counts()
    await check(desk)


async def test_where_a_client_stands_in_the_queue_and_how_far_a_request_is(desk: Desk) -> None:
    page = await queries.queue(desk.agent, department_id=desk.support, first=25)
    ids = [each["id"] for each in page.rows]
    found = await places(desk.client, ids)
    assert [found[each].ahead for each in ids if each in found] == list(range(len(found)))
    await usual_answers([desk.support], now())
    await queries.last_steps(ids)
    [statement] = [each for each in desk.statements if "queue_rank < 100" in each]
    await check(desk)
    plan = orjson.loads(await value(f"explain (format json) {statement}", ids))[0]["Plan"]
    # Those ahead are a stretch of the index that the agents' list is read by.
    assert [each for each in index_conditions(plan) if "queue_rank" in each]


def index_conditions(plan: dict[str, Any]) -> list[str]:
    own = [plan["Index Cond"]] if plan.get("Index Name") == "tickets_queue" else []
    return own + [each for inner in plan.get("Plans", []) for each in index_conditions(inner)]


async def test_a_ticket_with_all_that_is_shown_beside_it(desk: Desk) -> None:
    for actor in (desk.agent, desk.client):
        for number in range(FIRST_NUMBER, FIRST_NUMBER + 60):
            found = await queries.get_ticket(actor, number)
            if found is not None:
                page = await timeline(actor, found["id"], first=1)
                await timeline(actor, found["id"], first=1, after=page.cursors[0])
                await get_message(page.rows[0]["id"])
                await queries.pending_timers([found["id"]])
                await queries.follow_ups(actor, found["id"])
                await receipt_of(found["id"])
                break
    assert desk.client.client_id is not None
    await queries.client_tickets(desk.agent, desk.client.client_id, 5)
    await get_client(desk.agent, desk.client.client_id)
    await list_contacts(desk.client.client_id, 20)
    await list_services(desk.client.client_id, 20)
    await count_contacts(desk.client.client_id)
    await count_services(desk.client.client_id)
    await role_of(desk.client.client_id, desk.client.account)
    await card_on_file(desk.client.client_id)
    await list_locks(desk.agent, desk.client.client_id)
    await check(desk)


async def test_the_own_tickets_of_a_client_page_after_page(desk: Desk) -> None:
    page = await queries.my_tickets(desk.client, first=2)
    assert page.more
    await queries.my_tickets(desk.client, first=2, after=page.cursors[-1])
    await check(desk)


async def test_who_asks_and_what_was_sent_before(desk: Desk) -> None:
    await tenant_of_host(host_of(2))
    await find_actor("a token that nobody has", "192.0.2.1")
    await session_level(desk.client)
    await sent_before(desk.client.account, "a key")
    await check(desk)


async def test_search_and_the_tickets_that_it_finds(desk: Desk, loaded: ServiceUrls) -> None:
    assert (await search_tickets(desk.agent, RARE_WORD)).rows
    await search_tickets(desk.client, RARE_WORD, after=cursor_of(desk.support))
    await check(desk)
    # The function's own statement, which a plan of its caller does not show.
    owner = await asyncpg.connect(loaded.owner)
    try:
        [(names, body)] = await owner.fetch("select proargnames, prosrc from pg_proc where proname = 'search_tickets'")
        types = ("regconfig", "text", "bool", "uuid", "uuid", "uuid", "int")
        for number, (name, type_) in enumerate(zip(names, types, strict=False), start=1):
            body = re.sub(rf"(?<![.\w]){name}(?!\w)", f"${number}::text::{type_}", body)
        await owner.execute("select set_config('app.tenant_id', $1, false)", str(desk.agent.tenant_id))
        for staff in ("true", "false"):
            client, account = str(desk.client.client_id), str(desk.client.account)
            plan = orjson.loads(
                await owner.fetchval(
                    f"explain (format json) {body}", "english", RARE_WORD, staff, client, account, None, "26"
                )
            )
            assert whole_reads(plan[0]["Plan"]) == []
            assert "search_entries_vector" in str(plan)
    finally:
        await owner.close()
