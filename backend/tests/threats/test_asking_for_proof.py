"""Attacks on asking for proof: links that are replayed or another's, enumeration by words and by time, guesses at once."""

import asyncio
import statistics
import time
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from backend.actor import Actor
from backend.database import count_queries, rows, system_rows, value
from backend.keys import link_token
from backend.tests.client import Browser, a_browser
from backend.tests.factories import PASSWORD, TestTenant, a_contact, a_department, a_member, a_tenant, signed_in, within
from backend.tickets.ask_for_proof import ask_for_proof
from backend.tickets.open import NewTicket, open_ticket
from backend.verification.tries import MOST_TRIES

REQUEST = "query($t: String!) { proofRequest(token: $t) { number subject missing } }"
GO_ON = "mutation($t: String!) { goOnByLink(token: $t) { __typename ... on Problem { code message field } } }"
PROVE = """mutation($t: String!, $p: ProofInput!) { proveByLink(token: $t, proof: $p) {
    __typename ... on Problem { code message field } } }"""
OPEN = """mutation($input: OpenTicketInput!) { openTicket(input: $input) {
    ... on OpenTicketSuccess { number receiptTo ticket { number } } ... on Problem { code message field } } }"""


async def an_asked_ticket(tenant: TestTenant, contact: Actor) -> tuple[int, str]:
    """A ticket that needs the password, and the token that was mailed about it."""
    agent = await a_member(tenant)
    with within(tenant):
        opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="MX", body="Change it."))
        await rows("update tickets set required_level = 'password' where id = $1", opened.id)
        await ask_for_proof(agent, opened.number)
        link = await value("select id from one_time_links where ticket_id = $1 and used_at is null", opened.id)
    return opened.number, link_token(tenant.id, link)


async def level_of(tenant: TestTenant, number: int) -> str:
    with within(tenant):
        found: str = await value("select level from tickets where number = $1", number)
    return found


async def test_a_replayed_an_expired_a_foreign_and_an_invented_link_get_the_same_bytes(app: Litestar) -> None:
    tenant, other = await a_tenant(), await a_tenant()
    contact = await a_contact(tenant)
    number, replayed = await an_asked_ticket(tenant, contact)
    _, expired = await an_asked_ticket(tenant, contact)
    _, lapsed = await an_asked_ticket(tenant, contact)
    _, foreign = await an_asked_ticket(other, await a_contact(other))
    with within(tenant):
        ids = {link_token(tenant.id, each["id"]): each["id"] for each in await rows("select id from one_time_links")}
    for token, column in ((expired, "expires_at"), (lapsed, "used_at")):
        await system_rows(
            f"update one_time_links set {column} = created_at where tenant_id = $1 and id = $2",
            tenant.id,
            ids[token],
        )
    proof = {"method": "PASSWORD", "secret": PASSWORD}
    answers: dict[str, set[bytes]] = {REQUEST: set(), GO_ON: set(), PROVE: set()}
    async with a_browser(app, tenant) as browser:
        assert (await browser.ask(PROVE, t=replayed, p=proof))["__typename"] == "Done"
        invented = link_token(tenant.id, UUID(int=7))
        for token in (replayed, expired, lapsed, foreign, invented, "", "x" * 500, replayed[:-1] + "!"):
            for document in (REQUEST, GO_ON, PROVE):
                variables = {"t": token} | ({"p": proof} if document == PROVE else {})
                answer = await browser.post("/graphql", {"query": document, "variables": variables})
                answers[document].add(answer.content)
    assert answers[REQUEST] == {b'{"data":{"proofRequest":null}}'}
    for document in (GO_ON, PROVE):
        assert len(answers[document]) == 1
        assert b'"code":"link_expired"' in next(iter(answers[document]))
    assert await level_of(tenant, number) == "password"


async def test_a_link_raises_no_other_ticket_of_the_same_client(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    one, token = await an_asked_ticket(tenant, contact)
    two, _ = await an_asked_ticket(tenant, contact)
    async with a_browser(app, tenant) as browser:
        proof = {"method": "PASSWORD", "secret": PASSWORD}
        assert (await browser.ask(PROVE, t=token, p=proof))["__typename"] == "Done"
    assert (await level_of(tenant, one), await level_of(tenant, two)) == ("password", "none")


async def test_a_mail_scanner_that_opens_links_changes_nothing(app: Litestar) -> None:
    tenant = await a_tenant()
    number, token = await an_asked_ticket(tenant, await a_contact(tenant))
    async with a_browser(app, tenant) as scanner:
        for _ in range(3):
            assert (await scanner.http.get(f"/link/{token}")).status_code in (200, 404)
            assert (await scanner.ask(REQUEST, t=token))["missing"] is True
            # A query over GET may read, never write.
            over_get = await scanner.http.get("/graphql", params={"query": GO_ON, "variables": f'{{"t": "{token}"}}'})
            assert over_get.status_code in (400, 403, 405)
    assert await level_of(tenant, number) == "none"
    with within(tenant):
        assert await value("select count(*) from attestations") == 0


async def test_twenty_guesses_at_once_by_link_from_many_addresses_are_five(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    number, token = await an_asked_ticket(tenant, contact)
    _, another = await an_asked_ticket(tenant, contact)
    async with a_browser(app, tenant) as browser:
        await browser.csrf()

        async def guess(turn: int) -> Any:
            browser.http.headers["X-Forwarded-For"] = f"192.0.2.{turn}"
            proof = {"method": "PASSWORD", "secret": f"guess {turn}"}
            return (await browser.ask(PROVE, t=(token, another)[turn % 2], p=proof))["code"]

        codes = Counter(await asyncio.gather(*(guess(turn) for turn in range(20))))
        assert codes == {"proof_refused": MOST_TRIES, "proof_locked": 20 - MOST_TRIES}
        right = {"method": "PASSWORD", "secret": PASSWORD}
        assert (await browser.ask(PROVE, t=token, p=right))["code"] == "proof_locked"
    assert await level_of(tenant, number) == "none"
    with within(tenant):
        assert await value("select count(*) from proof_attempts") == MOST_TRIES


async def test_a_link_proves_nothing_for_who_is_signed_in_as_somebody_else(app: Litestar) -> None:
    tenant = await a_tenant()
    contact, thief = await a_contact(tenant), await a_contact(tenant)
    number, token = await an_asked_ticket(tenant, contact)
    async with a_browser(app, tenant) as browser:
        await browser.carry_on(thief)
        assert (await browser.ask(GO_ON, t=token))["__typename"] == "ProofRequest"
        assert await browser.ask("query($n: Int!) { ticket(number: $n) { number } }", n=number) is None
        assert await browser.ask("{ viewer { id } }") == {"id": str(thief.account_id)}
    with within(tenant):
        by = await rows("select p.account_id from attestation_persons p")
        assert {each["account_id"] for each in by} == {contact.account_id}


def a_guest_s_request(tenant: TestTenant, named: str, turn: int = 0) -> dict[str, str]:
    return {
        "departmentId": str(tenant.support), "subject": "Move it", "body": "Please.", "name": "Eve",
        "email": f"eve{turn}@else.example", "accountNamed": named,
    }  # fmt: skip


async def test_no_answer_tells_whether_the_named_account_exists(app: Litestar) -> None:
    tenant = await a_tenant()
    owner = await a_contact(tenant)
    with within(tenant):
        number = await value("select number from clients where id = $1", owner.client_id)
    answers = set()
    counts = set()
    async with a_browser(app, tenant) as browser:
        await browser.ask(OPEN, input=a_guest_s_request(tenant, "warm up"))
        for named in (owner.email, str(number), "nobody@client.example", "999999", "neither of both"):
            with count_queries() as count:
                found = await browser.ask(OPEN, input=a_guest_s_request(tenant, named))
            counts.add(len(count))
            answers.add(str({**found, "number": 0}))
    assert len(answers) == 1
    assert len(counts) == 1, "the account is looked up after the answer"


async def test_no_time_tells_whether_the_named_account_exists(app: Litestar) -> None:
    tenant = await a_tenant()
    owner = await a_contact(tenant)
    seconds: dict[str, list[float]] = {owner.email: [], "nobody@client.example": []}
    async with a_browser(app, tenant) as browser:
        await browser.ask(OPEN, input=a_guest_s_request(tenant, "warm up"))
        for turn in range(20):
            for named in seconds:
                began = time.perf_counter()
                await browser.ask(OPEN, input=a_guest_s_request(tenant, named, turn))
                seconds[named].append(time.perf_counter() - began)
    known, unknown = (statistics.median(each) for each in seconds.values())
    assert abs(known - unknown) < max(0.5 * min(known, unknown), 0.01), seconds


async def test_the_link_s_page_takes_as_long_for_a_wrong_password_as_for_a_role_whose_password_does_not_count(
    app: Litestar,
) -> None:
    tenant = await a_tenant()
    seconds: dict[str, list[float]] = {"owner": [], "member": []}
    async with a_browser(app, tenant) as browser:
        for _ in range(4):
            for role, taken in seconds.items():
                contact = await a_contact(tenant, role)  # type: ignore[arg-type]
                _, token = await an_asked_ticket(tenant, contact)
                for _ in range(3):
                    began = time.process_time()
                    proof = {"method": "PASSWORD", "secret": PASSWORD if role == "member" else "wrong"}
                    assert (await browser.ask(PROVE, t=token, p=proof))["code"] == "proof_refused"
                    taken.append(time.process_time() - began)
    medians = [statistics.median(each) for each in seconds.values()]
    assert max(medians) < 1.6 * min(medians), medians


@pytest.mark.parametrize("method", ["CARD", "PASSWORD"])
async def test_what_was_typed_behind_a_link_stands_in_no_event(app: Litestar, method: str) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant, card="4817")
    _, token = await an_asked_ticket(tenant, contact)
    typed = "Zq7-vole-WRONG" if method == "PASSWORD" else "9358"
    async with a_browser(app, tenant) as browser:
        await browser.ask(PROVE, t=token, p={"method": method, "secret": typed})
    with within(tenant):
        written = str([tuple(each) for each in await rows("select type, data::text from events")])
    assert typed not in written
    assert token not in written


async def test_a_held_act_that_races_with_a_proof_is_done_only_after_it(app: Litestar) -> None:
    tenant = await a_tenant()
    contact = await signed_in(await a_contact(tenant))
    admin, agent = await a_member(tenant, "admin"), await a_member(tenant)
    sysadmin = await a_department(tenant, "System administration")
    mark = "mutation($s: [String!]!, $d: [ID!]!) { setProofNeeds(statuses: $s, departmentIds: $d) { __typename } }"
    solve = """mutation($n: Int!) { setStatus(number: $n, status: "solved") { __typename ... on Problem { code } } }"""
    async with (
        a_browser(app, tenant, admin) as desk,
        a_browser(app, tenant, agent) as other,
        a_browser(app, tenant) as at_home,
    ):
        assert (await desk.ask(mark, s=["solved"], d=[str(sysadmin)]))["__typename"] == "ProofNeeds"
        for _ in range(5):
            number, token = await an_asked_ticket(tenant, contact)
            await at_home.csrf()

            async def prove(token: str = token) -> Any:
                return await at_home.ask(PROVE, t=token, p={"method": "PASSWORD", "secret": PASSWORD})

            async def press(number: int = number, browser: Browser = other) -> Any:
                return await browser.ask(solve, n=number)

            proved, *pressed = await asyncio.gather(prove(), press(), press(), press())
            assert proved["__typename"] == "Done"
            for each in pressed:
                assert each.get("code") in (None, "held_back"), each
            with within(tenant):
                order = [
                    each["type"]
                    for each in await rows(
                        "select e.type from events e join tickets t on t.id = e.ticket_id where t.number = $1 "
                        "and e.type in ('LevelRaised', 'StatusChanged') order by e.at, e.id",
                        number,
                    )
                ]
                assert await value("select level from tickets where number = $1", number) == "password"
            assert "StatusChanged" not in order or order.index("LevelRaised") < order.index("StatusChanged"), order
