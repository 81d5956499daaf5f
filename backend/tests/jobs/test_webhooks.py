"""What Stripe told of is done once, whatever is killed in between."""

import asyncio
import signal
from collections.abc import Iterator

import pytest

from backend.app import create_app
from backend.cards.stripe_gateway import configure_stripe
from backend.database import system_rows
from backend.settings import Settings
from backend.tests.cards.connected import Company, a_company, post
from backend.tests.conftest import SECRET_KEY
from backend.tests.jobs.conftest import System, eventually
from backend.tests.simulators.stripe import StripeSimulator


@pytest.fixture
def slow_stripe() -> Iterator[StripeSimulator]:
    with StripeSimulator() as simulator:
        configure_stripe(simulator.address)
        yield simulator
    configure_stripe("")


@pytest.fixture
async def company(system: System, slow_stripe: StripeSimulator) -> Company:
    return await a_company(slow_stripe)


async def waiting(company: Company) -> int:
    found = await system_rows(
        "select count(*) from webhook_events where tenant_id = $1 and done_at is null", company.tenant.id
    )
    return int(found[0][0])


async def test_a_worker_that_is_killed_at_it_loses_nothing_and_another_goes_on(
    system: System, slow_stripe: StripeSimulator, company: Company
) -> None:
    app = create_app(
        Settings(
            database_url=system.urls.app, system_database_url=system.urls.system, redis_url=system.redis.redis_url,
            secret_key=SECRET_KEY, data_dir=system.folder, log_level="warning", stripe_api_base=slow_stripe.address,
        )
    )  # fmt: skip
    address = {"COUNTERSIGN_STRIPE_API_BASE": slow_stripe.address}
    slow_stripe.seconds = 3.0
    webhooks = slow_stripe.change_card(company.customer, "8731")
    before = len(slow_stripe.calls)
    with system.worker(**address) as worker:
        for webhook in webhooks:
            assert (await post(app, company.tenant.host, webhook)).status_code == 200

        async def under_way() -> bool:
            return len(slow_stripe.calls) > before

        await eventually(under_way)
        worker.send_signal(signal.SIGKILL)
        await asyncio.to_thread(worker.wait)
    assert await waiting(company) == len(webhooks)
    assert not await company.knows("8731")
    slow_stripe.seconds = 0.0
    with system.worker(**address):

        async def done() -> bool:
            return await waiting(company) == 0

        await eventually(done)
    assert await company.knows("8731")
    told = await system_rows(
        "select count(*) from events where tenant_id = $1 and type = 'ClientCardChanged' and (data->>'known')::boolean",
        company.tenant.id,
    )
    assert told[0][0] == 2, "the first card and the changed one, each told of once"


async def test_what_comes_while_redis_is_away_is_done_when_it_is_back(
    system: System, slow_stripe: StripeSimulator, company: Company
) -> None:
    app = create_app(
        Settings(
            database_url=system.urls.app, system_database_url=system.urls.system, redis_url=system.redis.redis_url,
            secret_key=SECRET_KEY, data_dir=system.folder, log_level="warning", stripe_api_base=slow_stripe.address,
        )
    )  # fmt: skip
    with system.worker(COUNTERSIGN_STRIPE_API_BASE=slow_stripe.address):
        system.redis.kill_redis()
        for webhook in slow_stripe.change_card(company.customer, "6502"):
            assert (await post(app, company.tenant.host, webhook)).status_code == 200
        await asyncio.sleep(1)
        assert await waiting(company) == 3
        system.redis.start_redis()

        async def done() -> bool:
            return await waiting(company) == 0

        await eventually(done)
    assert await company.knows("6502")
