"""The main job through the API: a client opens a verified request, an agent answers, the client reads the answer."""

import pytest
import structlog
from litestar import Litestar

from backend.tests.client import a_browser
from backend.tests.factories import PASSWORD, a_contact, a_department, a_member, a_tenant

OPEN = """mutation($input: OpenTicketInput!) { openTicket(input: $input) {
    ... on OpenTicketSuccess { number receiptTo ticket { level statusSentence attestation { method scope } } }
    ... on Problem { code message field } } }"""
QUEUE = """query($d: ID) { queue(departmentId: $d) { edges { cursor node {
    number subject level requester { name email } assignee { name } department { name } client { name number }
    status { key name } attestation { method at } } } pageInfo { hasNextPage } } }"""
REPLY = """mutation($n: Int!, $b: String!, $s: String) { reply(number: $n, body: $b, status: $s) {
    ... on ReplySuccess { followUp sent: message { body author { name email side } } ticket { status { key } } }
    ... on Problem { code field } } }"""
TICKET = """query($n: Int!) { ticket(number: $n) { number statusSentence waitingSince abilities { reply note statuses { key } }
    timers { action dueAt } timeline { edges { node { __typename ... on Message { kind body author { name email side } level }
    ... on HistoryEntry { type sentence } } } } } }"""


async def test_a_verified_request_is_opened_seen_answered_and_read(app: Litestar) -> None:
    tenant = await a_tenant()
    domains = await a_department(tenant, "Domains", proof_level="password")
    contact, agent = await a_contact(tenant, card="4242"), await a_member(tenant, departments=[domains])
    async with a_browser(app, tenant, contact) as portal, a_browser(app, tenant, agent) as desk:
        request = {"departmentId": str(domains), "subject": "Change MX records", "body": "Please use mx1.example."}
        refused = await portal.ask(OPEN, input=request)
        assert (refused["code"], refused["field"]) == ("proof_needed", "proof")
        opened = await portal.ask(OPEN, input={**request, "proof": {"method": "PASSWORD", "secret": PASSWORD}})
        assert opened["ticket"]["level"] == "PASSWORD"
        assert opened["ticket"]["attestation"] == {"method": "PASSWORD", "scope": "ticket"}
        assert opened["receiptTo"] == contact.email

        [edge] = (await desk.ask(QUEUE, d=str(domains)))["edges"]
        assert edge["node"]["subject"] == "Change MX records"
        assert edge["node"]["requester"] == {"name": contact.name, "email": contact.email}
        assert edge["node"]["attestation"]["method"] == "PASSWORD"

        answered = await desk.ask(REPLY, n=opened["number"], b="The records are in place.", s="solved")
        assert answered["ticket"]["status"]["key"] == "solved"

        ticket = await portal.ask(TICKET, n=opened["number"])
        assert ticket["statusSentence"].startswith("Solved, closes tomorrow")
        assert ticket["waitingSince"] is None
        first, history, second = (
            sorted((edge["node"] for edge in ticket["timeline"]["edges"]), key=lambda node: node.get("kind") is None)[
                0
            ],
            None,
            ticket["timeline"]["edges"][1]["node"],
        )
        assert first["level"] == "PASSWORD"
        assert history is None
        assert second["author"] == {"name": agent.name, "email": None, "side": "STAFF"}


async def test_a_note_is_never_shown_to_the_clients_side(app: Litestar) -> None:
    tenant = await a_tenant()
    contact, agent = await a_contact(tenant), await a_member(tenant)
    async with a_browser(app, tenant, contact) as portal, a_browser(app, tenant, agent) as desk:
        request = {"departmentId": str(tenant.support), "subject": "Slow", "body": "The site is slow."}
        number = (await portal.ask(OPEN, input=request))["number"]
        await desk.ask(
            'mutation($n: Int!) { addNote(number: $n, body: "Look at zebrafish") { ... on ReplySuccess { followUp } } }',
            n=number,
        )
        seen = await portal.raw(TICKET, n=number)
        assert "zebrafish" not in str(seen)
        assert "zebrafish" in str(await desk.raw(TICKET, n=number))
        search = 'query { search(query: "zebrafish") { edges { node { number } } } }'
        assert (await portal.ask(search))["edges"] == []
        assert (await desk.ask(search))["edges"] == [{"node": {"number": number}}]


async def test_a_surprise_is_masked_with_an_id_that_the_log_has_too(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one place where a module of ours is broken on purpose: there is no other way to a surprise."""
    tenant = await a_tenant()

    async def broken(*_: object) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr("backend.graphql.queries.viewer_of", broken)
    with structlog.testing.capture_logs() as logs:
        async with a_browser(app, tenant) as portal:
            answer = await portal.raw("{ viewer { name } company { name } }")
    [error] = answer["errors"]
    assert "a secret of the server" not in str(answer)
    assert error["extensions"]["errorId"] in [each.get("error_id") for each in logs]
