"""A mail that another server takes its time over: nobody else sends it meanwhile, and the database is free for others."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg

from backend.database import row, rows, system_rows, value
from backend.jobs.deliver import deliver
from backend.mailboxes.outgoing.send import send_mail
from backend.notifications.consumers import MAIL_CONSUMERS
from backend.tests.factories import TestTenant, a_contact, a_tenant, within
from backend.tests.mail.conftest import Catcher
from backend.tests.mail.sending import opened
from infra.dev.services import ServiceUrls

MANY = 20
"""More than the pool of a process has connections."""
SHORT = timedelta(milliseconds=400)


async def queued(tenant: TestTenant, number: int = 1) -> list[UUID]:
    """Receipts that wait to be sent."""
    contact = await a_contact(tenant)
    for _ in range(number):
        await opened(tenant, contact)
    with within(tenant):
        events = await rows("select id from events where type = 'TicketOpened'")
    for event in events:
        await deliver(MAIL_CONSUMERS, tenant.id, event["id"], "receipt")
    with within(tenant):
        return [each["id"] for each in await rows("select id from outgoing_mails order by id")]


async def until_held(catcher: Catcher, number: int) -> None:
    async with asyncio.timeout(20):
        while catcher.held < number:  # noqa: ASYNC110 - the other server tells nobody.
            await asyncio.sleep(0.01)


async def test_mails_in_flight_hold_no_connection_and_no_transaction(catcher: Catcher, urls: ServiceUrls) -> None:
    tenant = await a_tenant()
    mails = await queued(tenant, MANY)
    catcher.hold = asyncio.Event()
    sending = [asyncio.create_task(send_mail(tenant.id, mail)) for mail in mails]
    await until_held(catcher, MANY)
    async with asyncio.timeout(5):
        with within(tenant):
            assert await value("select count(*) from outgoing_mails where state = 'queued'") == MANY
    owner = await asyncpg.connect(urls.admin)
    begun = await owner.fetchval(
        "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"
    )
    await owner.close()
    assert begun == 0
    catcher.hold.set()
    assert await asyncio.gather(*sending) == [True] * MANY
    assert len({mail.message["Message-ID"] for mail in catcher.mails}) == len(catcher.mails) == MANY
    with within(tenant):
        assert await value("select count(*) from outgoing_mails where state = 'sent' and sending_until is null") == MANY


async def test_a_claim_holds_for_as_long_as_the_other_server_takes(catcher: Catcher) -> None:
    tenant = await a_tenant()
    [mail] = await queued(tenant)
    catcher.hold = asyncio.Event()
    sending = asyncio.create_task(send_mail(tenant.id, mail, lease=SHORT))
    await until_held(catcher, 1)
    # Longer than the claim holds unless it is renewed.
    for _ in range(6):
        await asyncio.sleep(SHORT.total_seconds() / 3)
        assert not await send_mail(tenant.id, mail)
    assert await system_rows("select 1 from outgoing_mails where id = $1 and leased_until > clock_timestamp()", mail)
    catcher.hold.set()
    assert await sending
    assert len(catcher.mails) == 1


async def test_a_claim_that_ran_out_frees_the_mail_and_what_the_late_one_heard_of_it_counts_only_where_it_was_sent(
    catcher: Catcher,
) -> None:
    tenant = await a_tenant()
    [refused_late, sent_late] = await queued(tenant, 2)
    for mail, answer in ((refused_late, ["550 5.7.1 No"]), (sent_late, [])):
        catcher.hold, catcher.held = asyncio.Event(), 0
        late = asyncio.create_task(send_mail(tenant.id, mail))
        await until_held(catcher, 1)
        with within(tenant):
            # As another sender's claim would stand there after this one had slept through its own.
            await rows(
                "update outgoing_mails set sending_until = clock_timestamp() + interval '1 hour' where id = $1", mail
            )
        catcher.answers += answer
        catcher.hold.set()
        assert await late
    with within(tenant):
        assert await value("select state from outgoing_mails where id = $1", refused_late) == "queued"
        assert await value("select state from outgoing_mails where id = $1", sent_late) == "sent"
        await rows("update outgoing_mails set sending_until = clock_timestamp() where id = $1", refused_late)
    catcher.hold = None
    assert await send_mail(tenant.id, refused_late)
    with within(tenant):
        found = await row("select state, last_error from outgoing_mails where id = $1", refused_late)
    assert found is not None
    assert (found["state"], found["last_error"]) == ("sent", None)


async def test_while_the_database_is_away_the_mail_in_flight_is_still_handed_over(
    catcher: Catcher, urls: ServiceUrls
) -> None:
    tenant = await a_tenant()
    [mail] = await queued(tenant)
    catcher.hold = asyncio.Event()
    sending = asyncio.create_task(send_mail(tenant.id, mail, lease=SHORT))
    await until_held(catcher, 1)
    owner = await asyncpg.connect(urls.admin)
    ended = await owner.fetchval(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() "
        "and usename = 'countersign_app'"
    )
    await owner.close()
    assert ended
    await asyncio.sleep(SHORT.total_seconds())
    catcher.hold.set()
    assert await sending
    with within(tenant):
        assert await value("select state from outgoing_mails") == "sent"
