"""Redis is killed amid the tries of a proof and comes back empty: the day still has five."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from backend.database import rows
from backend.redis import another_redis, redis_answers
from backend.tests.client import Browser, a_browser
from backend.tests.factories import PASSWORD, a_contact, a_tenant, within
from backend.tests.folders import server_folder
from backend.verification.tries import MOST_TRIES
from infra.dev.services import Services, start_services

PROVE = """mutation($n: Int!, $method: ProofMethod!, $secret: String!) {
    prove(number: $n, proof: {method: $method, secret: $secret}) {
        ... on Ticket { level } ... on Problem { code } } }"""
OPEN = """mutation($department: ID!) { openTicket(input: {departmentId: $department, subject: "DNS", body: "Please."}) {
    ... on OpenTicketSuccess { number } } }"""
CARD = "4817"
RIGHT = {"CARD": CARD, "PASSWORD": PASSWORD}


@pytest.fixture(scope="module")
async def own_redis(database: None) -> AsyncIterator[Services]:
    """A Redis of this test's own, which the application uses and the test may kill."""
    servers = start_services(server_folder("proofs"), only={"redis"})
    async with another_redis(servers.redis_url):
        yield servers
    servers.stop()


async def tried(browser: Browser, number: int, method: str, secret: str) -> str:
    found = await browser.ask(PROVE, n=number, method=method, secret=secret)
    return str(found.get("code") or found["level"])


@pytest.mark.parametrize("method", RIGHT)
async def test_redis_killed_between_the_tries_frees_none_of_them(
    app: Litestar, own_redis: Services, method: str
) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant, card=CARD)
    async with a_browser(app, tenant) as browser:
        await browser.carry_on(contact)
        number = (await browser.ask(OPEN, department=str(tenant.support)))["number"]
        assert await redis_answers()
        assert [await tried(browser, number, method, "0000") for _ in range(3)] == ["proof_refused"] * 3

        own_redis.kill_redis()
        assert not await redis_answers()
        at_once = await asyncio.gather(*(tried(browser, number, method, "0000") for _ in range(20)))
        assert (at_once.count("proof_refused"), at_once.count("proof_locked")) == (2, 18)
        assert await tried(browser, number, method, RIGHT[method]) == "proof_locked", "right, and not looked at"

        own_redis.start_redis()
        assert await redis_answers()
        at_once = await asyncio.gather(*(tried(browser, number, method, RIGHT[method]) for _ in range(20)))
        assert at_once == ["proof_locked"] * 20
    with within(tenant):
        tries = await rows("select outcome from proof_attempts where client_id = $1", contact.client_id)
    assert [each["outcome"] for each in tries] == ["failed"] * MOST_TRIES
