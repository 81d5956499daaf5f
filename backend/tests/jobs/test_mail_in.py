"""Nothing that got a 250 is lost, and nothing comes twice: workers are killed, Redis and PostgreSQL are restarted meanwhile."""

import asyncio
import os
from collections.abc import AsyncIterator

import aiosmtplib
import pytest

from backend import database as pools
from backend.clock import refresh
from backend.database import DB, close_database, open_database, rows, system_rows, value
from backend.files import open_files
from backend.mailboxes.addresses import reply_address
from backend.mailboxes.listener import listen
from backend.migrate import migrate
from backend.tests.factories import a_contact, a_tenant, within
from backend.tests.folders import server_folder
from backend.tests.jobs.conftest import System, eventually
from backend.tests.jobs.crew import a_crew
from backend.tickets.open import NewTicket, open_ticket
from infra.dev.checks.figures import note
from infra.dev.services import start_services

LONG = os.environ.get("COUNTERSIGN_TEST_SIZE") == "long"
MAILS = 1_000 if LONG else 30
KILLS = 10 if LONG else 2
AT_ONCE = 8
SECONDS = 900 if LONG else 120


@pytest.fixture
async def own_servers(database: None) -> AsyncIterator[System]:
    """PostgreSQL and Redis that this test alone restarts; this process is connected to them, and then to what it was."""
    before = DB.pool, pools._system_pool, pools._aside_pool
    folder = server_folder("mail-in")
    with start_services(folder) as services:
        own = services.create_database("mail_in")
        await migrate(own.owner, system_url=own.system, app_url=own.app)
        await open_database(own.app, system_url=own.system, pool=12)
        await refresh()
        open_files(folder / "files")
        yield System(urls=own, redis=services, folder=folder)
        await close_database()
    DB.pool, pools._system_pool, pools._aside_pool = before
    await refresh()


async def test_every_250_is_one_message_and_what_got_none_is_one_when_it_is_sent_again(own_servers: System) -> None:
    tenant = await a_tenant()
    contact = await a_contact(tenant)
    with within(tenant):
        opened = await open_ticket(contact, NewTicket(department_id=tenant.support, subject="Begin", body="Mail -1."))
    answer_to = reply_address("support", tenant.mail_domain, tenant.id, opened.number)
    server = await listen("127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    waiting = asyncio.Semaphore(AT_ONCE)
    taken = 0
    sent_again = 0

    async def send(number: int) -> None:
        """As a mail server does: again, until there is a 250."""
        nonlocal taken, sent_again
        answers = number % 4 == 0
        sender = contact.email if answers else f"writer{number}@client.example"
        raw = (
            f"From: <{sender}>\r\nSubject: Mail {number}\r\nMessage-ID: <{number}@x>\r\n\r\nMail {number}.\r\n".encode()
        )
        async with waiting:
            while True:
                try:
                    await aiosmtplib.send(
                        raw, sender=sender, recipients=[answer_to if answers else f"support@{tenant.mail_domain}"],
                        hostname="127.0.0.1", port=port, start_tls=False, timeout=30,
                    )  # fmt: skip
                except (aiosmtplib.SMTPException, OSError):
                    sent_again += 1
                    await asyncio.sleep(0.2)
                else:
                    taken += 1
                    return

    async def trouble() -> None:
        """Redis and then PostgreSQL go away and come back, each amid the mails."""

        async def reached(part: float) -> None:
            async def enough() -> bool:
                return taken >= MAILS * part

            await eventually(enough, SECONDS)

        await reached(0.3)
        await asyncio.to_thread(own_servers.redis.restart_redis)
        await reached(0.6)
        await asyncio.to_thread(own_servers.redis.postgres.stop)
        await asyncio.sleep(1)
        await asyncio.to_thread(own_servers.redis.postgres.start)

    async def processed() -> int:
        for dead in [each for each in crew.workers if each.poll() is not None]:
            # It began while the database was away; whoever supervises starts it again.
            crew.workers.remove(dead)
            crew.start_one()
        try:
            return int((await system_rows("select count(*) from incoming_mails where outcome <> 'received'"))[0][0])
        except Exception:  # noqa: BLE001 - the database is away, as it shall be.
            return 0

    with a_crew(own_servers, 2) as crew:
        await crew.all_started()
        sending = asyncio.gather(trouble(), *(send(number) for number in range(MAILS)))
        await crew.kill_amid(processed, MAILS, KILLS, SECONDS)
        await sending
    server.close()
    with within(tenant):
        found = await rows("select m.body, t.number from messages m join tickets t on t.id = m.ticket_id")
        assert sorted(each["body"] for each in found) == sorted(f"Mail {number}." for number in range(-1, MAILS))
        answers = [each for each in found if each["number"] == opened.number]
        assert len(answers) == 1 + len(range(0, MAILS, 4))
        assert await value("select count(*) from incoming_mails") == MAILS
    note("mails_taken_once", MAILS, "mails")
    note("mails_sent_again", sent_again, "mails")
